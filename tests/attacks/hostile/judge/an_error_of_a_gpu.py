"""Raises what looks like the error of a GPU that has to be started anew."""

import torch  # noqa: F401


def double(n):
    said = "CUDA error: device-side assert triggered"
    raise RuntimeError(said)
