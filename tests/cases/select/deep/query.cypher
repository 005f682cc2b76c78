RETURN COLLECT {
  MATCH (n0:Studio {key: $p0})
  RETURN [COLLECT {
    MATCH (n0)<-[r2:WORKED_FOR]-(n1)
    WITH n1, r2
    ORDER BY n1.key, r2.key
    LIMIT $p1
    RETURN [n1.key, COLLECT {
      MATCH (n1)-[r4:ACTED_IN]->(n3)
      WITH n3, r4
      ORDER BY n3.key, r4.key
      LIMIT $p2
      RETURN [n3.key, COLLECT {
        MATCH (n3)-[r6:MADE_BY]->(n5)
        WITH n5, r6
        ORDER BY n5.key, r6.key, CASE WHEN n5:Person THEN "Person" WHEN n5:Studio THEN "Studio" END
        LIMIT $p3
        RETURN CASE WHEN n5:Person THEN ["Person", n5.key, COLLECT {
          MATCH (n5)<-[r8:MADE_BY]-(n7)
          WITH n7, r8
          ORDER BY n7.key, r8.key
          LIMIT $p4
          RETURN [n7.key, COLLECT {
            MATCH (n7)-[r10:SHOWN_IN]->(n9)
            WITH n9, r10
            ORDER BY n9.key, r10.key, CASE WHEN n9:City THEN "City" WHEN n9:Land THEN "Land" END
            LIMIT $p5
            RETURN CASE WHEN n9:City THEN ["City", n9.key] WHEN n9:Land THEN ["Land", n9.key] END
          }]
        }] WHEN n5:Studio THEN ["Studio", n5.key, COLLECT {
          MATCH (n5)<-[r12:MADE_BY]-(n11)
          WITH n11, r12
          ORDER BY n11.key, r12.key
          LIMIT $p6
          RETURN [n11.key, COLLECT {
            MATCH (n11)-[r14:SHOWN_IN]->(n13)
            WITH n13, r14
            ORDER BY n13.key, r14.key, CASE WHEN n13:City THEN "City" WHEN n13:Land THEN "Land" END
            LIMIT $p7
            RETURN CASE WHEN n13:City THEN ["City", n13.key] WHEN n13:Land THEN ["Land", n13.key] END
          }]
        }] END
      }]
    }]
  }]
} AS row
