"""The pytest plugin: placeholder, to be replaced by the real one."""
