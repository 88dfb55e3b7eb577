"""A course: its sections, its `course.toml`, and the implementations that test its checks.

Internal: may change in any release.
"""
