"""How nodes stand among the others: metrics, computed by native libraries in another process."""
