"""Lists, answers and subgraphs as files, each with what it is an export of."""
