RETURN COLLECT {
  MATCH (n0:Film)
  WITH n0, head(COLLECT {
    MATCH (n0)-[r2:REMAKE_OF]->(n1)
    RETURN n1.name_folded
    LIMIT 1
  }) AS n0_2, COUNT {
    (n0)<-[:ACTED_IN]-()
  } AS n0_3
  WHERE (n0.released_first_day > $p1 OR n0.released_first_day IS NULL) OR (n0.released_first_day = $p1 AND ((n0.released_last_day > $p2 OR n0.released_last_day IS NULL) OR (n0.released_last_day = $p2 AND ((n0_2 < $p3 OR n0_2 IS NULL) OR (n0_2 = $p3 AND (n0_3 <= $p4 AND (n0_3 <> $p4 OR (n0.key > $p5))))))))
  WITH n0, n0_2, n0_3
  ORDER BY n0.released_first_day IS NULL, n0.released_first_day, n0.released_last_day IS NULL, n0.released_last_day, n0_2 IS NULL, n0_2 DESC, n0_3 DESC, n0.key
  LIMIT $p0
  RETURN [[toString(n0.released_first_day), toString(n0.released_last_day), n0_2, n0_3, n0.key], [n0.key, n0.released]]
} AS row
