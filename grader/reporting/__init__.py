"""What is written about a submission: reports, pages, the gradebook, and the formats of other systems."""
