"""Immutable records that the packages of the grader exchange: inputs, questions, observations, verdicts."""
