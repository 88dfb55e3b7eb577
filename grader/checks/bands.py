"""Calibrated bands: the range in which the final figure of a trained model must lie, for each data set.

`assignments/<chapter>/bands.json` holds only the bands; `reference/<chapter>/bands.json` shows how they were
derived. `grader calibrate` writes both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from pathlib import Path

FILE: Final = "bands.json"


class Band(msgspec.Struct, frozen=True):
    """The lowest and the highest figure that count as correct."""

    low: float
    high: float


class BandMissing(LookupError):
    """A training check has no band for the chosen data set yet."""


Bands = dict[str, dict[str, Band]]


def read(folder: Path) -> Bands:
    """Return a chapter's bands by name and data set; empty if none are calibrated."""
    path = folder / FILE
    if not path.exists():
        return {}
    return msgspec.json.decode(path.read_bytes(), type=Bands)


def band(folder: Path, name: str, data_set: str) -> Band:
    """Return one band. Raises `BandMissing`, whose message says how to calibrate it."""
    found = read(folder).get(name, {}).get(data_set)
    if found is None:
        message = f"{folder / FILE} has no band {name} for the {data_set} data: run `grader calibrate`."
        raise BandMissing(message)
    return found
