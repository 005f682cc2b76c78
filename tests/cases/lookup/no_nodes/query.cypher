RETURN COLLECT {
  UNWIND range(0, size($p1) - 1) AS i1
  WITH i1
  WHERE $p0[i1] = "Film"
  MATCH (n0:Film {key: $p1[i1]})
  RETURN [i1, ["Film", n0.key]]
} + COLLECT {
  UNWIND range(0, size($p1) - 1) AS i3
  WITH i3
  WHERE $p0[i3] = "Person"
  MATCH (n2:Person {key: $p1[i3]})
  RETURN [i3, ["Person", n2.key]]
} + COLLECT {
  UNWIND range(0, size($p1) - 1) AS i5
  WITH i5
  WHERE $p0[i5] = "Studio"
  MATCH (n4:Studio {key: $p1[i5]})
  RETURN [i5, ["Studio", n4.key]]
} + COLLECT {
  UNWIND range(0, size($p1) - 1) AS i7
  WITH i7
  WHERE $p0[i7] = "City"
  MATCH (n6:City {key: $p1[i7]})
  RETURN [i7, ["City", n6.key]]
} + COLLECT {
  UNWIND range(0, size($p1) - 1) AS i9
  WITH i9
  WHERE $p0[i9] = "Land"
  MATCH (n8:Land {key: $p1[i9]})
  RETURN [i9, ["Land", n8.key]]
} + COLLECT {
  UNWIND range(0, size($p1) - 1) AS i11
  WITH i11
  WHERE $p0[i11] = "Award"
  MATCH (n10:Award {key: $p1[i11]})
  RETURN [i11, ["Award", n10.key]]
} + COLLECT {
  UNWIND range(0, size($p1) - 1) AS i13
  WITH i13
  WHERE $p0[i13] = "Reference"
  MATCH (n12:Reference {key: $p1[i13]})
  RETURN [i13, ["Reference", n12.key]]
} AS row
