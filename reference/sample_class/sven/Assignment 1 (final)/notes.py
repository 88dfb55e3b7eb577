raise RuntimeError("only notes in here, nothing to run")
