"""What roles see."""
