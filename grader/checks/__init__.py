"""The parts of a checks file: exercises, questions, standard checks, tolerances and strategies for inputs.

Internal, except for what `grader.laws` exports: may change in any release.
"""
