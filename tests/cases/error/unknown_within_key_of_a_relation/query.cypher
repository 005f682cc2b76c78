WITH COLLECT {
  MATCH (n0:City|Land)
  WHERE n0.key IN $p1
  MATCH (n1)-[:LOCATED_IN*0..]->(n0)
  RETURN DISTINCT n1
} AS s0, COLLECT {
  MATCH (n0:City|Land)
  WHERE n0.key IN $p1
  RETURN n0.key
} AS k0
RETURN COLLECT {
  MATCH (n2:Film {key: $p0})
  RETURN [COLLECT {
    MATCH (n2)-[r4:SHOWN_IN]->(n3)
    WHERE n3 IN s0
    WITH n3, r4, s0
    ORDER BY n3.key, r4.key, CASE WHEN n3:City THEN "City" WHEN n3:Land THEN "Land" END
    LIMIT $p2
    RETURN CASE WHEN n3:City THEN ["City", n3.key] WHEN n3:Land THEN ["Land", n3.key] END
  }]
} AS row, [x IN $p1 WHERE NOT x IN k0] AS u0
