RETURN COLLECT {
  MATCH (n0:Award)
  WHERE n0.key IS NOT NULL
  WITH n0
  ORDER BY n0.key
  LIMIT $p0
  RETURN [n0.key, COLLECT {
    MATCH (n0)<-[r2:WON]-(n1)
    WITH n1, r2
    ORDER BY r2.since_first_day IS NULL, r2.since_first_day, r2.since_last_day IS NULL, r2.since_last_day, n1.key, r2.key, CASE WHEN n1:Person THEN "Person" WHEN n1:Studio THEN "Studio" END
    LIMIT $p1
    RETURN [r2.since, CASE WHEN n1:Person THEN ["Person", n1.name, COLLECT {
      MATCH (n1)-[r4:ACTED_IN]->(n3)
      WITH n3, r4
      ORDER BY n3.key, r4.key
      LIMIT $p2
      RETURN [n3.key]
    }] WHEN n1:Studio THEN ["Studio", n1.name, COLLECT {
      MATCH (n1)<-[r6:WORKED_FOR]-(n5)
      WITH n5, r6
      ORDER BY n5.key, r6.key
      LIMIT $p3
      RETURN [n5.key]
    }] END]
  }]
} AS row
