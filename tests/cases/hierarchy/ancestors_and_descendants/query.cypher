RETURN COLLECT {
  MATCH (n0:Land {key: $p0})
  RETURN [[COLLECT {
    MATCH (n0)-[:LOCATED_IN*1..]->(n1)
    WITH DISTINCT n1
    ORDER BY n1.key
    LIMIT $p1
    RETURN [n1.key]
  }, size(COLLECT {
    MATCH (n0)-[:LOCATED_IN*1..]->(n2)
    RETURN DISTINCT n2
  })], [COLLECT {
    MATCH (n0)<-[:LOCATED_IN*1..]-(n3)
    WITH DISTINCT n3
    ORDER BY n3.key, CASE WHEN n3:City THEN "City" WHEN n3:Land THEN "Land" END
    LIMIT $p2
    RETURN CASE WHEN n3:City THEN ["City", n3.key] WHEN n3:Land THEN ["Land", n3.key] END
  }, size(COLLECT {
    MATCH (n0)<-[:LOCATED_IN*1..]-(n4)
    RETURN DISTINCT n4
  })], COLLECT {
    MATCH (n0)-[r6:LOCATED_IN]->(n5)
    WITH n5, r6
    ORDER BY n5.key, r6.key
    LIMIT $p3
    RETURN [n5.key]
  }, COLLECT {
    MATCH (n0)<-[r8:LOCATED_IN]-(n7)
    WITH n7, r8
    ORDER BY n7.key, r8.key, CASE WHEN n7:City THEN "City" WHEN n7:Land THEN "Land" END
    LIMIT $p4
    RETURN CASE WHEN n7:City THEN ["City", n7.key] WHEN n7:Land THEN ["Land", n7.key] END
  }]
} AS row
