WITH COLLECT {
  MATCH (n0:City|Land)
  WHERE n0.key IN $p1
  MATCH (n1)-[:LOCATED_IN*0..]->(n0)
  WHERE n1:City
  RETURN DISTINCT n1
} AS s0, COLLECT {
  MATCH (n0:City|Land)
  WHERE n0.key IN $p1
  RETURN n0.key
} AS k0
RETURN COLLECT {
  MATCH (n2:Film)
  WHERE (((n2.genre = $p0) OR (EXISTS {
    MATCH (n2)<-[r4:ACTED_IN]-(n3)
    WHERE EXISTS {
      MATCH (n3)-[r6:BORN_IN]->(n5)
      WHERE n5 IN s0
    }
  })) AND (NOT coalesce(n2.minutes > $p2, false)) AND (NOT coalesce(n2.released IS NULL, false))) AND (n2.key IS NOT NULL)
  WITH n2, s0
  ORDER BY n2.key
  LIMIT $p3
  RETURN [n2.key]
} AS row, [x IN $p1 WHERE NOT x IN k0] AS u0
