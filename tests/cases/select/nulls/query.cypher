RETURN COLLECT {
  MATCH (n0:Film {key: $p0})
  RETURN [n0.genre, n0.released, toString(n0.premiere), n0.minutes, n0.rating, n0.restored, n0.tagline, n0.tags, n0.remark, [n0.released], [n0.name, n0.released], head(COLLECT {
    MATCH (n0)-[r2:REMAKE_OF]->(n1)
    WITH n1
    ORDER BY n1.key
    LIMIT 1
    RETURN [n1.key]
  })]
} AS row
