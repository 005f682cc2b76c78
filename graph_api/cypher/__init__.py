"""From a plan to one Cypher statement."""
