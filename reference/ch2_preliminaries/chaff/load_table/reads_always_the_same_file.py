"""You ask for the book's file, whichever file you are given.

In the notebook there is only one file, so its path can stand in the call. A function gets the path as its
argument, and reads that file (2.2.1).

Fails: accepts_its_arguments
"""

import os

import pandas as pd


def load_table(path):
    return pd.read_csv(os.path.join("..", "data", "house_tiny.csv"))
