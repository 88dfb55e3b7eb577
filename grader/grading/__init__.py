"""Grade a class: a pool of workers, each with one sandboxed server, grades one submission at a time."""
