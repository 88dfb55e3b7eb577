"""Judge observations: generate inputs, compare with the oracle, shrink failures, give hints.

Internal: may change in any release.
"""
