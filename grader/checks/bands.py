"""Calibrated bands: between which figures a trained model must end, on which data.

`assignments/<chapter>/bands.json` holds the bands alone; how they were derived stands in
`reference/<chapter>/bands.json`. `grader calibrate` writes both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from pathlib import Path

FILE: Final = "bands.json"


class Band(msgspec.Struct, frozen=True):
    """The least and the largest figure that counts as right."""

    low: float
    high: float


class BandMissing(LookupError):
    """A training check has no band yet for the data that it is asked on."""


Bands = dict[str, dict[str, Band]]


def read(folder: Path) -> Bands:
    """Return a chapter's bands by name and data set; empty where none are calibrated."""
    path = folder / FILE
    if not path.exists():
        return {}
    return msgspec.json.decode(path.read_bytes(), type=Bands)


def band(folder: Path, name: str, data_set: str) -> Band:
    """Return one band. Raises `BandMissing`, which says how to make it."""
    found = read(folder).get(name, {}).get(data_set)
    if found is None:
        message = f"{folder / FILE} has no band {name} for the {data_set} data: run `grader calibrate`."
        raise BandMissing(message)
    return found
