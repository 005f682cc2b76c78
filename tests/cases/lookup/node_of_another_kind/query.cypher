RETURN COLLECT {
  MATCH (n0:Person {key: $p0})
  RETURN []
} AS row
