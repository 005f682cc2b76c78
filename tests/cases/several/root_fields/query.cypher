RETURN COLLECT {
  MATCH (n0:Film)
  WHERE n0.key IS NOT NULL
  WITH n0
  ORDER BY n0.key
  LIMIT $p0
  RETURN [n0.key]
} AS row
;
RETURN COLLECT {
  MATCH (n0:Film {key: $p0})
  RETURN [n0.name]
} AS row
;
RETURN [COUNT {
  MATCH (n0:Person)
  WHERE n0.active = $p0
}] AS row
;
RETURN COLLECT {
  MATCH (n0:Person)
  WHERE (n0.active = $p0) AND (n0.key IS NOT NULL)
  WITH n0
  ORDER BY n0.key
  LIMIT $p1
  RETURN [n0.key]
} AS row
;
RETURN COLLECT {
  MATCH (n0:Award {key: $p0})
  RETURN [n0.key]
} AS row
