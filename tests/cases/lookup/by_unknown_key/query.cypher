RETURN COLLECT {
  MATCH (n0:Person {key: $p0})
  RETURN [n0.name]
} AS row
