WITH COLLECT {
  MATCH (n0:City|Land)
  WHERE n0.key IN $p0
  MATCH (n1)-[:LOCATED_IN*0..]->(n0)
  WHERE n1:City
  RETURN DISTINCT n1
} AS s0, COLLECT {
  MATCH (n0:City|Land)
  WHERE n0.key IN $p0
  RETURN n0.key
} AS k0
WITH s0, k0, toFloat(COUNT {
  MATCH (z:City)
}) AS total, toFloat(size(s0)) AS d0
WITH s0, k0, total, d0, d0 AS best
WITH s0, k0, CASE WHEN best > $p1 * (total / (CASE WHEN d0 < total THEN d0 ELSE total END + 1)) THEN -1 WHEN d0 = best THEN 0 END AS w, CASE WHEN best > total THEN -1 WHEN d0 = best THEN 0 END AS t
RETURN COLLECT {
  CALL (w, s0) {
    UNWIND CASE WHEN w = -1 THEN [1] ELSE [] END AS go
    CALL (s0) {
      MATCH (n2:City)
      WHERE (n2 IN s0) AND (n2.key IS NOT NULL)
      WITH n2, s0
      ORDER BY n2.key
      LIMIT $p1
      RETURN n2
    }
    RETURN n2
    UNION ALL
    UNWIND CASE WHEN w = 0 THEN s0 ELSE [] END AS n2
    WITH n2, s0
    WITH n2, s0
    ORDER BY n2.key
    LIMIT $p1
    RETURN n2
  }
  WITH n2, s0
  ORDER BY n2.key
  LIMIT $p1
  RETURN [n2.key]
} AS row, [x IN $p0 WHERE NOT x IN k0] AS u0
