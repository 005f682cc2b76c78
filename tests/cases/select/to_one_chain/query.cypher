RETURN COLLECT {
  MATCH (n0:Film {key: $p0})
  RETURN [head(COLLECT {
    MATCH (n0)-[r2:REMAKE_OF]->(n1)
    WITH n1
    ORDER BY n1.key
    LIMIT 1
    RETURN [n1.key, head(COLLECT {
      MATCH (n1)-[r4:REMAKE_OF]->(n3)
      WITH n3
      ORDER BY n3.key
      LIMIT 1
      RETURN [n3.key, head(COLLECT {
        MATCH (n3)-[r6:REMAKE_OF]->(n5)
        WITH n5
        ORDER BY n5.key
        LIMIT 1
        RETURN [n5.key]
      })]
    })]
  })]
} AS row
