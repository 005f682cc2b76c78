RETURN COLLECT {
  MATCH (n0:Film {key: $p0})
  RETURN [n0.key, n0.key, n0.name, n0.genre, n0.released, toString(n0.premiere), n0.minutes, n0.rating, n0.restored, n0.tagline, n0.tags, n0.remark, [n0.released], [n0.name, n0.released], n0.synthetic, COLLECT {
    UNWIND n0.sources AS k2
    MATCH (n1:Reference {key: k2})
    WITH n1
    ORDER BY n1.key
    RETURN [n1.key, n1.name]
  }]
} AS row
