"""How one operation is executed: plans, statements, records, and the schema that it runs in."""
