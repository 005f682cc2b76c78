RETURN COLLECT {
  MATCH (n0:Film {key: $p0})
  RETURN [n0.key, n0.name]
} AS row
