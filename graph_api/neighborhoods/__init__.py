"""What is around nodes and how nodes are joined, computed in memory over what a viewer may see."""
