"""Run students' answers: load them, call them, record what was observed. It runs in their process."""
