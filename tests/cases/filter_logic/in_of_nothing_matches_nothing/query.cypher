RETURN COLLECT {
  UNWIND $p0 AS k1
  MATCH (n0:Film {key: k1})
  WITH n0
  ORDER BY n0.key
  LIMIT $p1
  RETURN [n0.key]
} AS row
