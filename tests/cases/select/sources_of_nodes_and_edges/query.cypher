RETURN COLLECT {
  MATCH (n0:Person {key: $p0})
  RETURN [COLLECT {
    UNWIND n0.sources AS k2
    MATCH (n1:Reference {key: k2})
    WITH n1
    ORDER BY n1.key
    RETURN [n1.key, n1.pages, COLLECT {
      UNWIND n1.sources AS k4
      MATCH (n3:Reference {key: k4})
      WITH n3
      ORDER BY n3.key
      RETURN [n3.key]
    }]
  }, COLLECT {
    MATCH (n0)-[r6:ACTED_IN]->(n5)
    WITH n5, r6
    ORDER BY n5.key, r6.key
    LIMIT $p1
    RETURN [COLLECT {
      UNWIND r6.sources AS k8
      MATCH (n7:Reference {key: k8})
      WITH n7
      ORDER BY n7.key
      RETURN [n7.key, n7.name]
    }, n5.key]
  }]
} AS row
