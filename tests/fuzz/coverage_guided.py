"""The decoder and the judge on arbitrary bytes in place of a child's reply, guided by coverage (atheris).

    python -m tests.fuzz.coverage_guided -max_total_time=600
    python -m tests.fuzz.coverage_guided softmax SGD -max_total_time=60

Names are exercises, by default all; the options are libFuzzer's. The corpus begins with honest and with
forged observations. An error in a check ends the run, and the bytes that caused it are written to a file
`crash-...`. Named as an argument, this file is tried again.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Final

import atheris
import msgspec

with atheris.instrument_imports(include=["grader.records", "grader.judging", "grader.checks"]):
    from grader.records.protocol import Observation
    from tests.fuzz.hostile_values import hostile_observations
    from tests.fuzz.judge import EXERCISES, Attack, problem, recorded

NAMES: Final = [name for name in sys.argv[1:] if name in EXERCISES] or list(EXERCISES)
STEP: Final = 50
"""Of the forged observations, every so many are in the first corpus."""
HEADER: Final = 3
"""The first bytes choose exercise, question and input."""


def judge(data: bytes) -> None:
    """Judge bytes as an observation of some question. Raises `AssertionError` if a check fails itself."""
    if len(data) <= HEADER:
        return
    name = NAMES[data[0] % len(NAMES)]
    _exercise, observations = recorded(name)
    key = list(observations)[data[1] % len(observations)]
    try:
        forged = msgspec.msgpack.decode(data[HEADER:], type=Observation)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return  # `grader.grading.sandbox_session` catches the same
    what = problem(name, Attack(key, data[2] % len(observations[key]), forged))
    if what:
        raise AssertionError(what)


def write_corpus(folder: Path) -> None:
    """Write honest and forged observations of each question into a folder, one a file."""
    for number, name in enumerate(NAMES):
        for question, seen in enumerate(recorded(name)[1].values()):
            for count, one in enumerate([seen[0], *list(hostile_observations(seen[0]))[::STEP]]):
                data = bytes([number, question, 0]) + msgspec.msgpack.encode(one)
                (folder / f"{name}-{question}-{count}").write_bytes(data)


def main(arguments: list[str]) -> None:
    """Run libFuzzer with its options, on a new corpus."""
    with tempfile.TemporaryDirectory() as folder:
        write_corpus(Path(folder))
        options = [one for one in arguments if one not in EXERCISES]
        atheris.Setup([sys.argv[0], *options, "-max_len=100000", folder], judge)
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
