"""Set Gradbook and its peers the same assignment, in one run, and print what a submission costs each.

    python benchmarks/peers/run.py --peers PYTHON

PYTHON is that of an environment with torch and `requirements.txt`. Every figure is a multiple of what
`import torch` costs in this run; beside the graders stands the limit: the same calls and comparisons in one
warm process without a sandbox.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import itertools
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import assignment
from contestants import HERE, Contestant, Gradbook, contestants, handed_in, wrong
from measuring import Command, Cost, environment, measured

if TYPE_CHECKING:
    from collections.abc import Sequence

STYLES = ("plain", "careful", "library")
SUBMISSIONS = 20
FEW = 8
"""Submissions of a run that is all start-up: among them is one that needs what is imported once, late."""
LIMIT_AIM, PEER_AIM = 1.5, 20.0


def main() -> None:
    """Print the tables, for all six functions and for the three quick ones."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--peers", metavar="PYTHON", required=True, help="the peers' Python")
    options.add_argument("--only", metavar="NAME", action="append", help="just this grader; several times")
    chosen = options.parse_args()
    sys.path.insert(0, str(HERE / "styles"))
    assignment.write_expected(importlib.import_module("plain"))
    field = [one for one in contestants(chosen.peers) if not chosen.only or one.name in chosen.only]
    for one in field:
        tell_apart(one)
    ratios = {names: table(field, names) for names in (assignment.ALL, assignment.QUICK)}
    verdicts(ratios)


def sources(count: int) -> dict[str, str]:
    """Return so many submissions, each another mixture of the styles."""
    by_style = {
        style: functions((HERE / f"styles/{style}.py").read_text(encoding="utf-8")) for style in STYLES
    }
    head = "import torch\nfrom torch import nn\nfrom torch.nn import functional as F\n"
    mixtures = itertools.islice(itertools.product(STYLES, repeat=len(assignment.ALL)), 0, None, 37)
    return {
        f"s{number:03}": "\n\n".join(
            [head, *(by_style[style][name] for style, name in zip(mixture, assignment.ALL, strict=True))]
        )
        for number, mixture in zip(range(count), itertools.cycle(mixtures), strict=False)
    }


def functions(source: str) -> dict[str, str]:
    """Return the text of each function in a source."""
    tree = ast.parse(source)
    return {
        node.name: ast.get_source_segment(source, node) or ""
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
    }


def tell_apart(contestant: Contestant) -> None:
    """Stop where a grader can't tell right from wrong, or was set the assignment wrongly."""
    right, *_ = sources(1).values()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        commands = contestant.prepare(folder, {"right": right, "wrong": wrong(right)}, assignment.ALL)
        measured(commands, surroundings(assignment.ALL))
        points = contestant.points(folder)
    if points != {"right": 1.0, "wrong": 0.0}:
        sys.exit(f"{contestant.name} gives {points}")


def table(field: Sequence[Contestant], names: Sequence[str]) -> dict[str, Cost]:
    """Print what a submission costs each grader and the limit; return it as multiples of `import torch`."""
    print(f"\n{', '.join(names)}: {assignment.INPUTS} inputs each, {SUBMISSIONS} submissions", flush=True)
    base = import_torch()
    print(f"{'import torch':<34}{base.wall:8.2f} s {base.cpu:10.2f} s {base.memory / 2**20:8.0f} MiB")
    print(f"{'':<34}{'wall':>8} {'cpu':>12} {'memory':>12}   x import torch, a submission")
    found = {"the limit": limit(names).over(base)}
    show("the limit", found["the limit"])
    for one in field:
        whole = graded(one, names, SUBMISSIONS)
        name = f"{one.name}, start-up included"
        found[name] = Cost(whole.wall / SUBMISSIONS, whole.cpu / SUBMISSIONS, whole.memory).over(base)
        show(name, found[name])
        if isinstance(one, Gradbook):
            start, more = graded(one, names, FEW), SUBMISSIONS - FEW
            found[one.name] = Cost(
                (whole.wall - start.wall) / more, (whole.cpu - start.cpu) / more, whole.memory
            ).over(base)
            show(f"{one.name}, after start-up", found[one.name])
    return found


def import_torch(rounds: int = 5) -> Cost:
    """Return what a fresh process takes to import torch: the median of some."""
    script = "import torch, time; time.sleep(0.5)"  # long enough to look at its memory
    costs = [measured([Command([sys.executable, "-c", script], HERE)], environment()) for _ in range(rounds)]
    return Cost(
        statistics.median(one.wall for one in costs) - 0.5,
        statistics.median(one.cpu for one in costs),
        statistics.median(one.memory for one in costs),
    )


def limit(names: Sequence[str]) -> Cost:
    """Return what a submission costs where nothing but the calls and the comparisons is paid for."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        handed_in(folder, sources(SUBMISSIONS))
        command = Command([sys.executable, str(HERE / "graders/limit.py"), str(folder / "class")], folder)
        memory = measured([command], surroundings(names)).memory
        taken = [
            json.loads(
                subprocess.run(
                    command.arguments, env=surroundings(names), capture_output=True, check=True, text=True
                ).stdout
            )
            for _ in range(3)
        ]
    return Cost(
        statistics.median(one["wall"] for one in taken),
        statistics.median(one["cpu"] for one in taken),
        memory,
    )


def graded(contestant: Contestant, names: Sequence[str], count: int) -> Cost:
    """Return what it costs to grade so many submissions, which must all come out right."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        commands = contestant.prepare(folder, sources(count), names)
        cost = measured(commands, surroundings(names))
        points = contestant.points(folder)
    if len(points) != count or set(points.values()) != {1.0}:
        sys.exit(f"{contestant.name} gives right submissions {points}")
    return cost


def surroundings(names: Sequence[str]) -> dict[str, str]:
    """Return the environment in which graders run: they find the assignment, and which part of it is set."""
    return environment(PYTHONPATH=str(HERE), ASSIGNMENT_NAMES=",".join(names))


def show(name: str, cost: Cost) -> None:
    """Print one line of the table."""
    print(f"{name:<34}{cost.wall:8.3f} {cost.cpu:12.3f} {cost.memory:12.2f}", flush=True)


def verdicts(ratios: dict[tuple[str, ...], dict[str, Cost]]) -> None:
    """Print the two figures that are aimed at, as far as what they need was measured."""
    everything, quick = ratios[assignment.ALL], ratios[assignment.QUICK]
    print()
    if "gradbook" not in everything:
        return
    for kind, found in (("six functions", everything), ("three quick functions", quick)):
        print(f"gradbook / the limit, {kind}: {found['gradbook'].wall / found['the limit'].wall:.2f}")
    to_limit = everything["gradbook"].wall / everything["the limit"].wall
    print(f"  aim on the six: at most {LIMIT_AIM:g}: {'reached' if to_limit <= LIMIT_AIM else 'MISSED'}")
    peers = {
        name: cost.wall for name, cost in quick.items() if "gradbook" not in name and name != "the limit"
    }
    if peers:
        fastest = min(peers, key=lambda name: peers[name])
        times = peers[fastest] / quick["gradbook"].wall
        print(f"fastest peer ({fastest}) / gradbook, three quick functions: {times:.1f}")
        print(f"  aim: at least {PEER_AIM:g}: {'reached' if times >= PEER_AIM else 'MISSED'}")


if __name__ == "__main__":
    main()
