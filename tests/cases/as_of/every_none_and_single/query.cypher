RETURN COLLECT {
  MATCH (n0:Studio)
  WHERE (NOT EXISTS {
    MATCH (n0)<-[r2:WORKED_FOR]-(n1)
    WHERE ((r2.since_first_day IS NULL OR r2.since_first_day <= $p2) AND (r2.until_last_day IS NULL OR r2.until_last_day >= $p2)) AND (NOT coalesce(n1.key = $p0, false))
  }) AND (n0.key IS NOT NULL)
  WITH n0
  ORDER BY n0.key
  LIMIT $p1
  RETURN [n0.key]
} AS row
;
RETURN COLLECT {
  MATCH (n0:Studio)
  WHERE (NOT EXISTS {
    MATCH (n0)<-[r2:WORKED_FOR]-(n1)
    WHERE ((r2.since_first_day IS NULL OR r2.since_first_day <= $p2) AND (r2.until_last_day IS NULL OR r2.until_last_day >= $p2)) AND (n1.key = $p0)
  }) AND (n0.key IS NOT NULL)
  WITH n0
  ORDER BY n0.key
  LIMIT $p1
  RETURN [n0.key]
} AS row
;
RETURN COLLECT {
  MATCH (n0:Studio)
  WHERE (size(COLLECT {
    MATCH (n0)<-[r2:WORKED_FOR]-(n1)
    WHERE (r2.since_first_day IS NULL OR r2.since_first_day <= $p1) AND (r2.until_last_day IS NULL OR r2.until_last_day >= $p1)
    RETURN DISTINCT r2
  }) = 1) AND (n0.key IS NOT NULL)
  WITH n0
  ORDER BY n0.key
  LIMIT $p0
  RETURN [n0.key]
} AS row
