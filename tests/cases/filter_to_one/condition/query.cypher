WITH COLLECT {
  MATCH (n0:Film)
  WHERE n0.genre = $p0
  RETURN n0
  LIMIT 1001
} AS s0
WITH s0, toFloat(COUNT {
  MATCH (z:Film)
}) AS total, CASE WHEN size(s0) > 1000 THEN 1e18 ELSE toFloat(reduce(a = 0, x IN [m IN s0 | COUNT {
  (m)<-[:REMAKE_OF]-()
}] | a + x)) END AS d0
WITH s0, total, d0, d0 AS best
WITH s0, CASE WHEN best > $p1 * (total / (CASE WHEN d0 < total THEN d0 ELSE total END + 1)) THEN -1 WHEN d0 = best THEN 0 END AS w, CASE WHEN best > total THEN -1 WHEN d0 = best THEN 0 END AS t
RETURN COLLECT {
  CALL (w, s0) {
    UNWIND CASE WHEN w = -1 THEN [1] ELSE [] END AS go
    CALL (s0) {
      MATCH (n1:Film)
      WHERE (EXISTS {
        MATCH (n1)-[r3:REMAKE_OF]->(n2)
        WHERE n2.genre = $p0
      }) AND (n1.key IS NOT NULL)
      WITH n1, s0
      ORDER BY n1.key
      LIMIT $p1
      RETURN n1
    }
    RETURN n1
    UNION ALL
    UNWIND CASE WHEN w = 0 THEN s0 ELSE [] END AS m4
    MATCH (m4)<-[r5:REMAKE_OF]-(n1)
    WITH n1, s0
    ORDER BY n1.key
    LIMIT $p1
    RETURN n1
  }
  WITH n1, s0
  ORDER BY n1.key
  LIMIT $p1
  RETURN [n1.key]
} AS row
