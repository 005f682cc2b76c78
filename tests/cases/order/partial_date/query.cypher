RETURN COLLECT {
  MATCH (n0:Film)
  WITH n0
  ORDER BY n0.released_first_day IS NULL, n0.released_first_day, n0.released_last_day IS NULL, n0.released_last_day, n0.key
  LIMIT $p0
  RETURN [n0.key]
} AS row
