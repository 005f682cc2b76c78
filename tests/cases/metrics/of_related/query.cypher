RETURN [COLLECT {
  MATCH (n0:Film)
  WHERE (EXISTS {
    MATCH (n0)<-[r2:ACTED_IN]-(n1)
    WHERE $computed_Person_degree[n1.key] >= $p0
  }) AND (n0.key IS NOT NULL)
  WITH n0
  ORDER BY n0.key
  LIMIT $p1
  RETURN [n0.key, COLLECT {
    MATCH (n0)<-[r4:ACTED_IN]-(n3)
    WITH n3, r4, $computed_Person_degree[n3.key] AS n3_0
    WITH n3, r4, n3_0
    ORDER BY n3_0 IS NULL, n3_0 DESC, n3.key, r4.key
    LIMIT $p2
    RETURN [n3.key]
  }]
}, COUNT {
  MATCH (n5:Film)
  WHERE EXISTS {
    MATCH (n5)<-[r7:ACTED_IN]-(n6)
    WHERE $computed_Person_degree[n6.key] >= $p0
  }
}] AS row
