"""HTTP in, HTTP out: the execution of operations, the application, the server."""
