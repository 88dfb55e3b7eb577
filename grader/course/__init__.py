"""A course: its sections, its `course.toml`, and the implementations that it is tested on."""
