RETURN COLLECT {
  MATCH (n0:Land {key: $p0})
  RETURN [coalesce(n0.name_fr, n0.name)]
} AS row
;
RETURN COLLECT {
  MATCH (n0:Land {key: $p0})
  RETURN [coalesce(n0.name_fr, n0.name)]
} AS row
