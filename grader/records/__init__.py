"""Immutable records that the parts of the grader exchange: inputs, questions, observations, verdicts."""
