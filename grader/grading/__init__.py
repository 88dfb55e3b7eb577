"""Grade a class in parallel worker processes, each with one sandbox server."""
