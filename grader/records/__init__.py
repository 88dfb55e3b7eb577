"""What crosses between parts of the grader: immutable records of inputs, questions, observations and verdicts."""
