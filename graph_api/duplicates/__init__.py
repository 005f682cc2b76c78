"""Which records may be the same thing: words of names, comparison, blocking, and what was judged before."""
