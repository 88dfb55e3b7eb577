"""Output about submissions: reports, pages, the gradebook, the terminal, and formats of other systems."""
