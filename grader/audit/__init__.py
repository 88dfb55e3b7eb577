"""Audit a course: test its checks with stubs, references, wheat, chaff and mutants.

Internal: may change in any release.
"""
