"""Test the checks themselves: references and wheat must pass, chaff and mutants must fail."""
