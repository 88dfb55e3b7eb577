"""`grader submit`: a last check of all answers, and the archive that a student hands in."""
