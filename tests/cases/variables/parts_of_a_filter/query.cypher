RETURN COLLECT {
  MATCH (n0:Film)
  WHERE ((n0.genre = $p0) OR (n0.name IN $p1) OR (n0.released_first_day > $p2) OR (n0.minutes = $p3)) AND (n0.key IS NOT NULL)
  WITH n0
  ORDER BY n0.key
  LIMIT $p4
  RETURN [n0.key]
} AS row
