"""The gradebook: an append-only record of events, and the marks that follow from it.

`events` are what is recorded, `marks` what follows from events and the policy in `course.toml`. `store` keeps
events in a database, `ledger` is one output folder's part of it, and `reconcile` compares it with the reports
in the folder. Nothing here runs what students wrote.
"""
