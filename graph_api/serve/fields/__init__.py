"""Root fields and types that are written by hand: each asks the graph, or calculates from what it asked."""
