RETURN COLLECT {
  MATCH (n0:Film)
  WHERE (n0.premiere = $p0) AND (n0.key IS NOT NULL)
  WITH n0
  ORDER BY n0.key
  LIMIT $p1
  RETURN [n0.key, toString(n0.premiere)]
} AS row
