"""HTML pages: the feedback for one student, and the overview of a class."""
