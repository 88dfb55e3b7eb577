"""The students' copy of a course: a folder and git repository without solutions."""
