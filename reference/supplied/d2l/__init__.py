"""The names that notebooks import from the book's package: `from d2l import torch as d2l`."""
