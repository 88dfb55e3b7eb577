"""The errors of data sets. Each message says what to do."""

from __future__ import annotations


class DataError(Exception):
    """The data set is not available, or not usable."""


class DataMissing(DataError):
    """A file of the data set does not exist."""


class DataCorrupt(DataError):
    """A file exists, but its contents are wrong."""


class DownloadFailed(DataError):
    """torchvision could not download the data set, or not in time."""
