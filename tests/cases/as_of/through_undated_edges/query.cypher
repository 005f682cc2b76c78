RETURN COLLECT {
  MATCH (n0:Film {key: $p0})
  RETURN [COLLECT {
    MATCH (n0)<-[r2:ACTED_IN]-(n1)
    WITH n1, r2
    ORDER BY n1.key, r2.key
    LIMIT $p1
    RETURN [n1.key, COLLECT {
      MATCH (n1)-[r4:WON]->(n3)
      WHERE (r4.since_first_day IS NULL OR r4.since_first_day <= $p4) AND (r4.until_last_day IS NULL OR r4.until_last_day >= $p4)
      WITH n3, r4
      ORDER BY n3.key, r4.key
      LIMIT $p2
      RETURN [n3.key]
    }, COLLECT {
      MATCH (n1)-[r6:WORKED_FOR]->(n5)
      WHERE (r6.since_first_day IS NULL OR r6.since_first_day <= $p4) AND (r6.until_last_day IS NULL OR r6.until_last_day >= $p4)
      WITH n5, r6
      ORDER BY n5.key, r6.key
      LIMIT $p3
      RETURN [n5.key]
    }]
  }]
} AS row
