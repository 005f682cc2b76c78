RETURN COLLECT {
  MATCH (n0:Film)
  WHERE (NOT coalesce(n0.minutes > $p0, false)) AND (n0.key IS NOT NULL)
  WITH n0
  ORDER BY n0.key
  LIMIT $p1
  RETURN [n0.key, n0.minutes]
} AS row
