"""Commands: what may be done to the graph, with rules, as one change each."""
