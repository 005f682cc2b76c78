RETURN COLLECT {
  MATCH (n0:Film {key: $p0})
  RETURN ["Film", n0.name]
} + COLLECT {
  MATCH (n1:Person {key: $p0})
  RETURN ["Person", n1.name]
} + COLLECT {
  MATCH (n2:Studio {key: $p0})
  RETURN ["Studio", n2.name]
} + COLLECT {
  MATCH (n3:City {key: $p0})
  RETURN ["City", n3.name]
} + COLLECT {
  MATCH (n4:Land {key: $p0})
  RETURN ["Land", n4.name]
} + COLLECT {
  MATCH (n5:Award {key: $p0})
  RETURN ["Award", n5.name]
} + COLLECT {
  MATCH (n6:Reference {key: $p0})
  RETURN ["Reference", n6.name]
} AS row
;
RETURN COLLECT {
  MATCH (n0:Film {key: $p0})
  RETURN ["Film", n0.name]
} + COLLECT {
  MATCH (n1:Person {key: $p0})
  RETURN ["Person", n1.name]
} + COLLECT {
  MATCH (n2:Studio {key: $p0})
  RETURN ["Studio", n2.name]
} + COLLECT {
  MATCH (n3:City {key: $p0})
  RETURN ["City", n3.name]
} + COLLECT {
  MATCH (n4:Land {key: $p0})
  RETURN ["Land", n4.name]
} + COLLECT {
  MATCH (n5:Award {key: $p0})
  RETURN ["Award", n5.name]
} + COLLECT {
  MATCH (n6:Reference {key: $p0})
  RETURN ["Reference", n6.name]
} AS row
