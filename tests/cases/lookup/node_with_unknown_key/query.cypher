RETURN COLLECT {
  MATCH (n0:Film {key: $p0})
  RETURN [n0.key]
} AS row
