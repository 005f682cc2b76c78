RETURN COLLECT {
  MATCH (n0:Film)
  WHERE (((n0.genre = $p0) OR (n0.minutes < $p1)) AND (NOT coalesce(n0.restored = $p2, false))) AND (n0.key IS NOT NULL)
  WITH n0
  ORDER BY n0.key
  LIMIT $p3
  RETURN [n0.key]
} AS row
