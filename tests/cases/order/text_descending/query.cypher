RETURN COLLECT {
  MATCH (n0:Film)
  WHERE (n0.name_folded IS NOT NULL) AND (n0.key IS NOT NULL)
  WITH n0
  ORDER BY n0.name_folded DESC, n0.key
  LIMIT $p0
  RETURN [n0.key]
} AS row
