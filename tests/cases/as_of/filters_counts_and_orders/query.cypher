WITH COLLECT {
  MATCH (n0:Person)
  WHERE n0.key = $p0
  RETURN n0
  LIMIT 1001
} AS s0
WITH s0, toFloat(COUNT {
  MATCH (z:Studio)
}) AS total, CASE WHEN size(s0) > 1000 THEN 1e18 ELSE toFloat(reduce(a = 0, x IN [m IN s0 | COUNT {
  (m)-[:WORKED_FOR]->()
}] | a + x)) END AS d0
WITH s0, total, d0, d0 AS best
WITH s0, CASE WHEN best > total THEN -1 WHEN d0 = best THEN 0 END AS w, CASE WHEN best > total THEN -1 WHEN d0 = best THEN 0 END AS t
RETURN [COLLECT {
  CALL (w, s0) {
    UNWIND CASE WHEN w = -1 THEN [1] ELSE [] END AS go
    CALL (s0) {
      MATCH (n1:Studio)
      WHERE (EXISTS {
        MATCH (n1)<-[r7:WORKED_FOR]-(n6)
        WHERE ((r7.since_first_day IS NULL OR r7.since_first_day <= $p4) AND (r7.until_last_day IS NULL OR r7.until_last_day >= $p4)) AND (n6.key = $p0)
      }) AND (COUNT {
        MATCH (n1)<-[r9:WORKED_FOR]-(n8)
        WHERE (r9.since_first_day IS NULL OR r9.since_first_day <= $p4) AND (r9.until_last_day IS NULL OR r9.until_last_day >= $p4)
      } >= $p1)
      WITH n1, COUNT {
        MATCH (n1)<-[r3:WORKED_FOR]-(n2)
        WHERE (r3.since_first_day IS NULL OR r3.since_first_day <= $p4) AND (r3.until_last_day IS NULL OR r3.until_last_day >= $p4)
      } AS n1_0, head(COLLECT {
        MATCH (n1)-[r5:SEATED_IN]->(n4)
        WHERE (r5.since_first_day IS NULL OR r5.since_first_day <= $p4) AND (r5.until_last_day IS NULL OR r5.until_last_day >= $p4)
        RETURN n4.name_folded
        LIMIT 1
      }) AS n1_1, s0
      WITH n1, n1_0, n1_1, s0
      ORDER BY n1_0 DESC, n1_1 IS NULL, n1_1, n1.key
      LIMIT $p2
      RETURN n1, n1_0, n1_1
    }
    RETURN n1, n1_0, n1_1
    UNION ALL
    UNWIND CASE WHEN w = 0 THEN s0 ELSE [] END AS m16
    MATCH (m16)-[r17:WORKED_FOR]->(n1)
    WHERE ((r17.since_first_day IS NULL OR r17.since_first_day <= $p4) AND (r17.until_last_day IS NULL OR r17.until_last_day >= $p4)) AND (COUNT {
      MATCH (n1)<-[r15:WORKED_FOR]-(n14)
      WHERE (r15.since_first_day IS NULL OR r15.since_first_day <= $p4) AND (r15.until_last_day IS NULL OR r15.until_last_day >= $p4)
    } >= $p1)
    WITH DISTINCT n1, COUNT {
      MATCH (n1)<-[r11:WORKED_FOR]-(n10)
      WHERE (r11.since_first_day IS NULL OR r11.since_first_day <= $p4) AND (r11.until_last_day IS NULL OR r11.until_last_day >= $p4)
    } AS n1_0, head(COLLECT {
      MATCH (n1)-[r13:SEATED_IN]->(n12)
      WHERE (r13.since_first_day IS NULL OR r13.since_first_day <= $p4) AND (r13.until_last_day IS NULL OR r13.until_last_day >= $p4)
      RETURN n12.name_folded
      LIMIT 1
    }) AS n1_1, s0
    WITH n1, n1_0, n1_1, s0
    ORDER BY n1_0 DESC, n1_1 IS NULL, n1_1, n1.key
    LIMIT $p2
    RETURN n1, n1_0, n1_1
  }
  WITH n1, n1_0, n1_1, s0
  ORDER BY n1_0 DESC, n1_1 IS NULL, n1_1, n1.key
  LIMIT $p2
  RETURN [n1.key, head(COLLECT {
    MATCH (n1)-[r23:SEATED_IN]->(n22)
    WHERE (r23.since_first_day IS NULL OR r23.since_first_day <= $p4) AND (r23.until_last_day IS NULL OR r23.until_last_day >= $p4)
    WITH n22, s0
    ORDER BY n22.key
    LIMIT 1
    RETURN [n22.key]
  }), COLLECT {
    MATCH (n1)<-[r25:WORKED_FOR]-(n24)
    WHERE (r25.since_first_day IS NULL OR r25.since_first_day <= $p4) AND (r25.until_last_day IS NULL OR r25.until_last_day >= $p4)
    WITH n24, r25, s0
    ORDER BY n24.key, r25.key
    LIMIT $p3
    RETURN [n24.key]
  }]
}, COUNT {
  UNWIND CASE WHEN t = -1 THEN [1] ELSE [] END AS go
  MATCH (n26:Studio)
  WHERE (EXISTS {
    MATCH (n26)<-[r28:WORKED_FOR]-(n27)
    WHERE ((r28.since_first_day IS NULL OR r28.since_first_day <= $p4) AND (r28.until_last_day IS NULL OR r28.until_last_day >= $p4)) AND (n27.key = $p0)
  }) AND (COUNT {
    MATCH (n26)<-[r30:WORKED_FOR]-(n29)
    WHERE (r30.since_first_day IS NULL OR r30.since_first_day <= $p4) AND (r30.until_last_day IS NULL OR r30.until_last_day >= $p4)
  } >= $p1)
  RETURN n26
} + COUNT {
  UNWIND CASE WHEN t = 0 THEN s0 ELSE [] END AS m33
  MATCH (m33)-[r34:WORKED_FOR]->(n26)
  WHERE ((r34.since_first_day IS NULL OR r34.since_first_day <= $p4) AND (r34.until_last_day IS NULL OR r34.until_last_day >= $p4)) AND (COUNT {
    MATCH (n26)<-[r32:WORKED_FOR]-(n31)
    WHERE (r32.since_first_day IS NULL OR r32.since_first_day <= $p4) AND (r32.until_last_day IS NULL OR r32.until_last_day >= $p4)
  } >= $p1)
  RETURN DISTINCT n26
}] AS row
