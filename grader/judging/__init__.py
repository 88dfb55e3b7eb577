"""Judge what was observed: generate the inputs, compare with the oracle, shrink a failure, give a hint."""
