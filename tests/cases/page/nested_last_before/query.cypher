RETURN COLLECT {
  MATCH (n0:Film)
  WHERE (COUNT {
    (n0)<-[:ACTED_IN]-()
  } > $p0) AND (n0.key IS NOT NULL)
  WITH n0
  ORDER BY n0.key
  LIMIT $p1
  RETURN [n0.key, COLLECT {
    MATCH (n0)<-[r2:ACTED_IN]-(n1)
    WHERE r2.scenes >= $p3 AND (r2.scenes <> $p3 OR (n1.key <= $p4 AND (n1.key <> $p4 OR (r2.key < $p5))))
    WITH n1, r2
    ORDER BY r2.scenes IS NULL DESC, r2.scenes, n1.key DESC, r2.key DESC
    LIMIT $p2
    RETURN [r2.scenes, n1.key]
  }]
} AS row
