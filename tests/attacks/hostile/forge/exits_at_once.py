"""Ends without another word."""

import os


class Harm:
    os._exit(0)

