RETURN COLLECT {
  MATCH (n0:Studio {key: $p0})
  RETURN [head(COLLECT {
    MATCH (n0)-[r2:SEATED_IN]->(n1)
    WITH n1
    ORDER BY n1.key
    LIMIT 1
    RETURN [n1.key]
  }), [COUNT {
    MATCH (n0)<-[r4:WORKED_FOR]-(n3)
  }]]
} AS row
