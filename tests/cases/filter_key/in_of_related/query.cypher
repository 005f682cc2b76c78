WITH COLLECT {
  UNWIND $p0 AS k1
  MATCH (n0:Person {key: k1})
  RETURN n0
  LIMIT 1001
} AS s0
WITH s0, toFloat(COUNT {
  MATCH (z:Film)
}) AS total, CASE WHEN size(s0) > 1000 THEN 1e18 ELSE toFloat(reduce(a = 0, x IN [m IN s0 | COUNT {
  (m)-[:ACTED_IN]->()
}] | a + x)) END AS d0
WITH s0, total, d0, d0 AS best
WITH s0, CASE WHEN best > $p1 * (total / (CASE WHEN d0 < total THEN d0 ELSE total END + 1)) THEN -1 WHEN d0 = best THEN 0 END AS w, CASE WHEN best > total THEN -1 WHEN d0 = best THEN 0 END AS t
RETURN [COLLECT {
  CALL (w, s0) {
    UNWIND CASE WHEN w = -1 THEN [1] ELSE [] END AS go
    CALL (s0) {
      MATCH (n2:Film)
      WHERE (EXISTS {
        MATCH (n2)<-[r4:ACTED_IN]-(n3)
        WHERE n3.key IN $p0
      }) AND (n2.name_folded IS NOT NULL) AND (n2.key IS NOT NULL)
      WITH n2, s0
      ORDER BY n2.name_folded, n2.key
      LIMIT $p1
      RETURN n2
    }
    RETURN n2
    UNION ALL
    UNWIND CASE WHEN w = 0 THEN s0 ELSE [] END AS m5
    MATCH (m5)-[r6:ACTED_IN]->(n2)
    WITH DISTINCT n2, s0
    ORDER BY n2.name_folded, n2.key
    LIMIT $p1
    RETURN n2
  }
  WITH n2, s0
  ORDER BY n2.name_folded, n2.key
  LIMIT $p1
  RETURN [n2.key]
}, COUNT {
  UNWIND CASE WHEN t = -1 THEN [1] ELSE [] END AS go
  MATCH (n7:Film)
  WHERE EXISTS {
    MATCH (n7)<-[r9:ACTED_IN]-(n8)
    WHERE n8.key IN $p0
  }
  RETURN n7
} + COUNT {
  UNWIND CASE WHEN t = 0 THEN s0 ELSE [] END AS m10
  MATCH (m10)-[r11:ACTED_IN]->(n7)
  RETURN DISTINCT n7
}] AS row
