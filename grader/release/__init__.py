"""What students get: a folder, and a git repository, without anything that gives an answer away."""
