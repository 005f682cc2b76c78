"""A second, small ontology: the machinery has to work for any domain, not only for its own."""
