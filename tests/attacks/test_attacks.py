"""A class of attackers, with honest students between them, graded in one batch: no attack succeeds.

`test_layers.py` tests what each layer of the sandbox blocks by itself.
"""

from __future__ import annotations

import contextlib
import csv
import html
import json
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import grader
from tests.attacks.corpus import ATTACKS
from tests.attacks.ground import HARM, MARKER, SECRET, Ground, heard, listeners
from tests.fixtures.small_class import command
from tests.fixtures.thorough import case

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS = 240
"""Timeout for the whole class; on an idle machine it takes about a minute."""


JOBS = "2"
"""Several are graded at a time, so that an attack has a neighbour; each more costs the start of a worker."""

LIKE_DOCKER = Path(__file__).with_name("like_docker.py")
ARRANGEMENTS: dict[str, tuple[list[str], list[str]]] = {
    "all layers": ([], []),
    "like Docker": ([sys.executable, str(LIKE_DOCKER)], ["--sandbox", "weak"]),
}
"""The command that runs the grading command, if any, and additional options."""


@dataclass(frozen=True)
class Battle:
    """The results of grading the class."""

    arrangement: str
    ground: Ground
    done: subprocess.CompletedProcess[str]
    seconds: float
    visitors: int

    def report(self, name: str) -> dict[str, Any]:
        """Return the report on a submission."""
        path = self.ground.out / "submissions" / name / "report.json"
        return json.loads(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]

    def says(self, name: str) -> str:
        """Return everything that a report says about a submission's checks."""
        return json.dumps(self.report(name)["exercises"])


@pytest.fixture(scope="module", params=[case(one, thorough=one == "like Docker") for one in ARRANGEMENTS])
def battle(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Battle]:
    """Grade the whole class once: with all layers, and with those that are left in a container."""
    root = tmp_path_factory.mktemp("battle")
    before, options = ARRANGEMENTS[request.param]
    with listeners(root) as ears, pytest.MonkeyPatch.context() as patch:
        ground = Ground(root, ears.port)
        ground.settle()
        ground.fill()
        patch.setenv("GRADBOOK_TEST_SECRET", SECRET)
        started = time.monotonic()
        done = subprocess.run(
            [*before, *command(ground.course, ground.folder, "--out", ground.out, "--jobs", JOBS, *options)],
            capture_output=True, text=True, timeout=SECONDS, check=False,
        )  # fmt: skip
        taken = time.monotonic() - started
        yield Battle(request.param, ground, done, taken, ears.visitors())
        # One of its folders is deeper than Python's own function can follow.
        subprocess.run(["rm", "-rf", str(ground.folder)], check=True)  # noqa: S607 - on PATH, as in a shell


def test_the_run_ends_and_everything_is_graded(battle: Battle) -> None:
    assert battle.done.returncode == 0, battle.done.stderr
    with (battle.ground.out / "gradebook.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(list(battle.ground.folder.iterdir()))
    assert {row["status"] for row in rows} <= {"graded", "unreadable", "no_code", "wrong_assignment"}
    assert {"graded", "unreadable"} <= {row["status"] for row in rows}


def test_honest_students_get_all_their_points(battle: Battle) -> None:
    honest = [path.stem for path in battle.ground.folder.glob("*_honest.py")]
    assert len(honest) > 20
    lost = [name for name in [*honest, "neighbour"] if battle.report(name)["points"] != 4.0]
    assert lost == []


WITHOUT_ANSWER = {"forge_exits_happily"}
"""What defines nothing that has a name of the course."""


@pytest.mark.parametrize("name", sorted(ATTACKS))
def test_an_attack_earns_what_its_answer_is_worth(battle: Battle, name: str) -> None:
    report = battle.report(name)
    assert report["status"] == ("wrong_assignment" if name in WITHOUT_ANSWER else "graded")
    assert report["points"] == (4.0 if ATTACKS[name].earns else 0.0), battle.says(name)[:2000]


def test_each_report_says_which_layers_there_were(battle: Battle) -> None:
    everything = ["bubblewrap", "namespaces", "landlock", "seccomp", "limits"]
    left = {"all layers": everything, "like Docker": ["landlock", "seccomp", "limits"]}
    assert battle.report("neighbour")["sandbox"] == left[battle.arrangement]


def test_what_is_missing_is_named_with_what_it_opens_everywhere(battle: Battle) -> None:
    named = [layer["opens"] for layer in battle.report("neighbour").get("missing_layers", [])]
    opened = {
        "all layers": [],
        "like Docker": ["a submission read the course's", "a submission can start any"],
    }
    assert len(named) == len(opened[battle.arrangement])
    page = html.unescape((battle.ground.out / "class.html").read_text(encoding="utf-8"))
    for sentence, words in zip(named, opened[battle.arrangement], strict=True):
        assert words in sentence
        assert sentence in battle.done.stdout
        assert sentence in page
    assert ("Without" in battle.done.stdout) is ("Without" in page) is bool(named)


def test_there_are_many_attacks() -> None:
    assert len(ATTACKS) >= 60


@pytest.mark.parametrize("name", sorted(name for name in ATTACKS if name.startswith("read_")))
def test_nothing_secret_is_found(battle: Battle, name: str) -> None:
    said = battle.says(name)
    assert "RuntimeError" in said
    assert SECRET not in said
    assert HARM not in said
    assert str(battle.report(name)["seed"]) not in said


def test_nothing_is_changed_or_left_behind(battle: Battle) -> None:
    assert battle.ground.files() == battle.ground.before
    places = [battle.ground.root, Path(grader.__file__).parent, Path("/dev/shm"), Path("/tmp")]  # noqa: S108
    assert [path for place in places for path in place.glob("*HARM*")] == []
    assert not list((battle.ground.out / "submissions").glob("*HARM*"))
    assert not list(Path(pytest.__file__).parents[1].glob("torch/HARM*"))


def test_nobody_was_reached(battle: Battle) -> None:
    assert battle.visitors == 0


def test_the_listeners_would_have_noticed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        assert not heard(listener)
        with socket.create_connection(listener.getsockname()):
            assert heard(listener)


def test_nobody_is_still_there(battle: Battle) -> None:
    left = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (process / "comm").read_text().strip() == MARKER:
                left.append(process.name)
            if b"time.sleep(600)" in (process / "cmdline").read_bytes():
                left.append(process.name)
    assert left == []


def test_what_attackers_say_is_harmless_where_it_is_shown(battle: Battle) -> None:
    shown = battle.done.stdout + battle.done.stderr
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    gradebook = (battle.ground.out / "gradebook.csv").read_text(encoding="utf-8")
    assert "\x1b" not in gradebook
    cells = [cell for row in csv.reader(gradebook.splitlines()) for cell in row]
    assert [
        cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b"))
    ] == []
    for path in battle.ground.out.rglob("report.json"):
        text = path.read_text(encoding="utf-8")
        assert len(text) < 2**20, path
        assert "\x1b" not in text, path


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("file_bomb", "larger than 1 MB"),
        ("file_slip", "outside itself"),
        ("file_link", "It is a link"),
        ("file_loop", "It is a link"),
        ("file_alias", "It is a link"),
        ("file_pipe", "not a regular file"),
        ("file_zero", "no Python in it"),
        ("file_long", "larger than 1 MB"),
        ("file_strings", "broken JSON"),
        ("file_notebooks", "larger than 50 MB"),
        ("file_brackets", "broken JSON"),
        ("file_list", "no cells"),
        ("file_nul", "NUL bytes"),
        ("file_utf7", "declares the encoding utf-7"),
        ("file_parentheses", "parentheses"),
        ("file_headers", "damaged"),
        ("file_tar_bomb", "larger than 1 MB"),
        ("file_members", "more than 20000 files"),
        ("file_inner_link", "no Python in it"),
    ],
)
def test_hostile_files_are_unreadable_or_nothing(battle: Battle, name: str, reason: str) -> None:
    report = battle.report(name)
    assert report["points"] == 0.0
    assert reason in json.dumps(report)
    assert SECRET not in json.dumps(report)


@pytest.mark.parametrize("name", ["file_deep", "file_long_path", "file_name", "file_minus", "file_kinds"])
def test_a_right_answer_among_hostile_files_has_its_points(battle: Battle, name: str) -> None:
    assert battle.report(name)["points"] == 4.0


def test_what_is_passed_over_is_said(battle: Battle) -> None:
    (said,) = battle.report("file_deep")["passed_over"]
    assert said.endswith("is more than 31 folders deep.")


def test_the_class_is_not_slowed_down_without_end(battle: Battle) -> None:
    """Each attack takes its exercise's second, a grace period, and the start of a new child."""
    assert battle.seconds < SECONDS
