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
} AS k0, COLLECT {
  MATCH (n2:City|Land)
  WHERE n2.key IN $p1
  MATCH (n3)-[:LOCATED_IN*0..]->(n2)
  RETURN DISTINCT n3
} AS s1, COLLECT {
  MATCH (n2:City|Land)
  WHERE n2.key IN $p1
  RETURN n2.key
} AS k1
RETURN COLLECT {
  MATCH (n4:Person)
  WHERE ((EXISTS {
    MATCH (n4)-[r6:BORN_IN]->(n5)
    WHERE n5 IN s0
  }) OR (EXISTS {
    MATCH (n4)-[r8:ACTED_IN]->(n7)
    WHERE EXISTS {
      MATCH (n7)-[r10:SHOWN_IN]->(n9)
      WHERE n9 IN s1
    }
  })) AND (n4.key IS NOT NULL)
  WITH n4, s0, s1
  ORDER BY n4.key
  LIMIT $p2
  RETURN [n4.key]
} AS row, [x IN $p0 WHERE NOT x IN k0] AS u0, [x IN $p1 WHERE NOT x IN k1] AS u1
