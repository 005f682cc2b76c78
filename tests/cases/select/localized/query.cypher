RETURN COLLECT {
  MATCH (n0:Film)
  WHERE n0.key IS NOT NULL
  WITH n0
  ORDER BY n0.key
  LIMIT $p0
  RETURN [n0.key, n0.name, coalesce(n0.name_en, n0.name), coalesce(n0.name_fr, n0.name), coalesce(n0.name_de, n0.name), n0.name]
} AS row
