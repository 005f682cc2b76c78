"""What changes in the graph, counted, so that caches and subscriptions can follow it."""
