"""What a student hands in: a last check, and an archive of the answers."""
