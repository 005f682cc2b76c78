"""From a statement to rows: the store interface and the engines that speak it."""
