"""Hangs up, and stays."""

import os
import time


def double(n):
    os.close(3)
    time.sleep(600)
