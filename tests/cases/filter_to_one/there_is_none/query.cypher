RETURN COLLECT {
  MATCH (n0:Film)
  WHERE (NOT coalesce(EXISTS {
    MATCH (n0)-[r2:REMAKE_OF]->(n1)
  }, false)) AND (n0.key IS NOT NULL)
  WITH n0
  ORDER BY n0.key
  LIMIT $p0
  RETURN [n0.key]
} AS row
