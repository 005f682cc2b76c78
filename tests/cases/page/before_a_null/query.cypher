RETURN [COLLECT {
  MATCH (n0:Film)
  WHERE (n0.minutes IS NOT NULL) OR (n0.minutes IS NULL AND (n0.key < $p1))
  WITH n0
  ORDER BY n0.minutes IS NULL DESC, n0.minutes, n0.key DESC
  LIMIT $p0
  RETURN [[n0.minutes, n0.key], [n0.key, n0.minutes]]
}, COUNT {
  MATCH (n1:Film)
}] AS row
