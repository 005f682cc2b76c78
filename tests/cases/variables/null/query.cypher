RETURN [COUNT {
  MATCH (n0:Film)
}] AS row
;
RETURN [COUNT {
  MATCH (n0:Film)
}] AS row
