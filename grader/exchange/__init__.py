"""Marks and feedback for the systems that courses live in: what they exported is filled in and handed back.

`template` reads a system's file so that every byte of it can be kept, `gradesheet` says what is in it, and
`systems` is the list of systems. Each system's module also has the rules of its importer, by which everything
that is written is read back first. `export` fills in marks, `feedback` packs feedback pages.
"""
