RETURN COLLECT {
  MATCH (n0:Film)
  WHERE (NOT coalesce(n0.genre IS NULL, false)) AND (n0.key IS NOT NULL)
  WITH n0
  ORDER BY n0.key
  LIMIT $p0
  RETURN [n0.key, n0.genre]
} AS row
