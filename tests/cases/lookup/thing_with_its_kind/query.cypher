RETURN COLLECT {
  MATCH (n0:Film {key: $p0})
  RETURN [n0.name]
} AS row
;
RETURN COLLECT {
  MATCH (n0:Award {key: $p0})
  RETURN [n0.name]
} AS row
;
RETURN COLLECT {
  MATCH (n0:Person {key: $p0})
  RETURN ["Person"]
} + COLLECT {
  MATCH (n1:Studio {key: $p0})
  RETURN ["Studio"]
} AS row
