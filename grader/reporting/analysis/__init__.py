"""What the reports of a class tell its instructor: statistics of exercises, shared mistakes, doubtful checks.

Everything here is a pure function of reports, and gives the same results for the same reports.
"""
