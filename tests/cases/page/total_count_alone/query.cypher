RETURN [COUNT {
  MATCH (n0:Film)
  WHERE n0.genre = $p0
}] AS row
