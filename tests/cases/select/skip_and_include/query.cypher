RETURN COLLECT {
  MATCH (n0:Film {key: $p0})
  RETURN [n0.key, n0.genre, n0.minutes]
} AS row
