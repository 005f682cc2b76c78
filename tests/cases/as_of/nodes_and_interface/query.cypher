RETURN COLLECT {
  UNWIND range(0, size($p1) - 1) AS i1
  WITH i1
  WHERE $p0[i1] = "Film"
  MATCH (n0:Film {key: $p1[i1]})
  RETURN [i1, ["Film"]]
} + COLLECT {
  UNWIND range(0, size($p1) - 1) AS i3
  WITH i3
  WHERE $p0[i3] = "Person"
  MATCH (n2:Person {key: $p1[i3]})
  RETURN [i3, ["Person"]]
} + COLLECT {
  UNWIND range(0, size($p1) - 1) AS i5
  WITH i5
  WHERE $p0[i5] = "Studio"
  MATCH (n4:Studio {key: $p1[i5]})
  RETURN [i5, ["Studio", head(COLLECT {
    MATCH (n4)-[r7:SEATED_IN]->(n6)
    WHERE (r7.since_first_day IS NULL OR r7.since_first_day <= $p2) AND (r7.until_last_day IS NULL OR r7.until_last_day >= $p2)
    WITH n6
    ORDER BY n6.key
    LIMIT 1
    RETURN [n6.key]
  })]]
} + COLLECT {
  UNWIND range(0, size($p1) - 1) AS i9
  WITH i9
  WHERE $p0[i9] = "City"
  MATCH (n8:City {key: $p1[i9]})
  RETURN [i9, ["City"]]
} + COLLECT {
  UNWIND range(0, size($p1) - 1) AS i11
  WITH i11
  WHERE $p0[i11] = "Land"
  MATCH (n10:Land {key: $p1[i11]})
  RETURN [i11, ["Land"]]
} + COLLECT {
  UNWIND range(0, size($p1) - 1) AS i13
  WITH i13
  WHERE $p0[i13] = "Award"
  MATCH (n12:Award {key: $p1[i13]})
  RETURN [i13, ["Award"]]
} + COLLECT {
  UNWIND range(0, size($p1) - 1) AS i15
  WITH i15
  WHERE $p0[i15] = "Reference"
  MATCH (n14:Reference {key: $p1[i15]})
  RETURN [i15, ["Reference"]]
} AS row
;
RETURN COLLECT {
  MATCH (n0:Film {key: $p0})
  RETURN ["Film"]
} + COLLECT {
  MATCH (n1:Person {key: $p0})
  RETURN ["Person"]
} + COLLECT {
  MATCH (n2:Studio {key: $p0})
  RETURN ["Studio", head(COLLECT {
    MATCH (n2)-[r4:SEATED_IN]->(n3)
    WHERE (r4.since_first_day IS NULL OR r4.since_first_day <= $p1) AND (r4.until_last_day IS NULL OR r4.until_last_day >= $p1)
    WITH n3
    ORDER BY n3.key
    LIMIT 1
    RETURN [n3.key]
  })]
} + COLLECT {
  MATCH (n5:City {key: $p0})
  RETURN ["City"]
} + COLLECT {
  MATCH (n6:Land {key: $p0})
  RETURN ["Land"]
} + COLLECT {
  MATCH (n7:Award {key: $p0})
  RETURN ["Award"]
} + COLLECT {
  MATCH (n8:Reference {key: $p0})
  RETURN ["Reference"]
} AS row
