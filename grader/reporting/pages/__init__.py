"""What a browser shows: checks in a notebook, one student's feedback, a class."""
