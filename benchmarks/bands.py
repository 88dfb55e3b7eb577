"""Compare training results under one and two threads, on a GPU, and under other versions of torch.

`python benchmarks/bands.py --seeds 40 --python OTHER/bin/python` trains each reference with the same seeds
under every combination. The baseline is this Python with one thread, with which bands are calibrated.
`--device all` trains on the GPU, too.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

from grader.records import devices

ROOT = Path(__file__).resolve().parent.parent


def figures(threads: int, seeds: int, device: str) -> dict[str, object]:
    """Train every reference in this process; return torch's version, the bands and the statistics."""
    import torch

    from grader.authoring import calibrate
    from grader.checks import bands
    from grader.course.course import SHIPPED, load

    torch.set_num_threads(threads)
    course = load(SHIPPED)
    made: dict[str, object] = {}
    for training in calibrate.trainings(course):
        name, check = training.exercise.name, training.check
        jobs = [
            calibrate.Job(course.root, course.data, "subset", name, check.name, "reference", seed, device)
            for seed in range(1, seeds + 1)
        ]
        limits = bands.band(course.assignments / training.section.chapter, check.band, "subset")
        made[check.band] = [[limits.low, limits.high], [calibrate.run(job) for job in jobs]]
    return {"torch": torch.__version__, "bands": made}


def main() -> None:
    """Print the comparison as a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seeds", type=int, default=40)
    parser.add_argument("--python", action="append", default=[], help="another Python, with another torch")
    parser.add_argument("--device", choices=devices.CHOICES, default=devices.CPU)
    parser.add_argument("--train", metavar="THREADS,DEVICE", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.train:
        threads, _, device = chosen.train.partition(",")
        print(json.dumps(figures(int(threads), chosen.seeds, device)))
        return
    pythons = [sys.executable, *chosen.python]
    places = [
        (threads, device) for device in devices.devices_for(chosen.device) for threads in (1, 2)
        if device == devices.CPU or threads == 1
    ]  # fmt: skip
    found = []
    for python, (threads, device) in itertools.product(pythons, places):
        train = f"{threads},{device}"
        command = [python, "-W", "ignore", __file__, "--train", train, "--seeds", str(chosen.seeds)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        found.append((f"{threads} | {device}", json.loads(done.stdout)))
    print("| band | torch | threads | device | median | least | greatest | same figures | outside |")
    print("|---|---|---|---|---|---|---|---|---|")
    for band, (_limits, first) in found[0][1]["bands"].items():
        for place, each in found:
            (low, high), ended = each["bands"][band]
            same = sum(one == other for one, other in zip(first, ended, strict=True))
            outside = sum(not low <= figure <= high for figure in ended)
            spread = f"{statistics.median(ended):.4f} | {min(ended):.4f} | {max(ended):.4f}"
            version = each["torch"].partition("+")[0]
            print(f"| `{band}` | {version} | {place} | {spread} | {same} of {len(ended)} | {outside} |")


if __name__ == "__main__":
    main()
