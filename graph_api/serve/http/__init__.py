"""What clients talk to: routes, forms of requests and answers, pages, streams."""
