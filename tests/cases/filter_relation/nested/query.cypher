RETURN COLLECT {
  MATCH (n0:Film)
  WHERE (EXISTS {
    MATCH (n0)<-[r2:ACTED_IN]-(n1)
    WHERE NOT EXISTS {
      MATCH (n1)-[r4:WORKED_FOR]->(n3)
      WHERE NOT coalesce(EXISTS {
        MATCH (n3)<-[r6:MADE_BY]-(n5)
        WHERE size(COLLECT {
          MATCH (n5)<-[r8:ACTED_IN]-(n7)
          WHERE n7.key = $p0
          RETURN DISTINCT r8
        }) = 1
      }, false)
    }
  }) AND (n0.key IS NOT NULL)
  WITH n0
  ORDER BY n0.key
  LIMIT $p1
  RETURN [n0.key]
} AS row
