"""Ends with the status of success."""

import sys


class Harm:
    sys.exit(0)

