"""Whatever ended a run, the next one goes on; and two of them don't get in each other's way."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from grader import __version__
from grader.cli.main import main
from grader.gradebook.events import Graded
from grader.gradebook.ledger import Place, open_ledger
from grader.reporting.output_dir import UsageError, exclusive_lock, seed_for
from tests.fixtures.small_class import ANSWERS, BY_0_1, command, write_class
from tests.fixtures.waiting import wait_for
from tests.grading.test_run import descendants

if TYPE_CHECKING:
    from tests.fixtures.small_class import Grade


ROOT = Path(__file__).parents[2]


def times(out: Path) -> dict[str, int]:
    """When each report was written."""
    return {path.parent.name: path.stat().st_mtime_ns for path in out.glob("submissions/*/report.json")}


def parent(pid: int) -> int:
    """The process that started one."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def computes(pid: int) -> bool:
    """Whether a process has not ended; one that nobody waited for yet is still listed."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


COMPUTES = """
import os, tempfile, time

def double(n):
    os.umask(0)
    os.mkdir(os.path.join(tempfile.gettempdir(), "stubborn"), 0o300)
    open(os.path.join(tempfile.gettempdir(), "stubborn", "file"), "w").close()
    while True:
        pass
"""


@pytest.mark.parametrize("killed", ["run", "worker"])
def test_without_a_sandbox_nothing_outlives_a_killed_run_or_worker_either(
    tmp_path: Path, course: Path, monkeypatch: pytest.MonkeyPatch, killed: str
) -> None:
    """Nobody does the work of bubblewrap and namespaces there. An exercise has a minute for its answer."""
    temporary, folder, out = (tmp_path / name for name in ("tmp", "class", "out"))
    slow = shutil.copytree(course, tmp_path / "course")
    (checks,) = slow.rglob("test_*.py")
    checks.write_text(checks.read_text().replace("seconds=1,", "seconds=60,"))
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    write_class(folder, "alice.py")
    (folder / "loop.py").write_text(COMPUTES)
    arguments = command(slow, folder, "--out", out, "--jobs", "1", "--sandbox", "none")
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        wait_for(lambda: times(out) and list(temporary.rglob("stubborn")))
        started = descendants(run.pid)
        workers = [pid for pid in started if parent(pid) == run.pid]
        if killed == "run":
            run.kill()
        else:
            for worker in workers:
                os.kill(worker, signal.SIGKILL)
            wait_for(lambda: not any(map(computes, started)))
            run.terminate()
        said, _ = run.communicate(timeout=60)
    assert "Without bubblewrap, a submission can read the course's solutions" in said
    wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in started))
    assert list(temporary.iterdir()) == []


def test_a_killed_run_leaves_whole_files_and_no_process_and_the_next_one_goes_on(
    tmp_path: Path, course: Path, grade_here: Grade, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The killed one has a real worker, in a sandbox; what is left is the business of a run."""
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    folder, out = write_class(tmp_path / "class", "alice.py", "bob.py"), tmp_path / "out"
    for number in range(2):
        (folder / f"loop{number}.py").write_text(ANSWERS["dave.py"])
    arguments = command(course, folder, "--out", out, "--jobs", "1")
    with subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
        wait_for(lambda: times(out))
        started = descendants(run.pid)
        run.kill()
    wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in started))
    assert list(temporary.iterdir()) == []
    before = times(out)
    assert 1 <= len(before) < 4
    for path in out.glob("submissions/*/report.json"):
        assert json.loads(path.read_text())["status"] == "graded"
    done = grade_here(folder, "--out", out, "--jobs", "1")
    assert done.returncode == 0, done.stderr
    assert f"{len(before)} of 4 submissions are already graded; their reports are kept." in done.stdout
    after = times(out)
    assert len(after) == 4
    assert {name: after[name] for name in before} == before
    with open_ledger(out, Place()) as ledger:  # each report is recorded, and once
        events = ledger.store.events()
    assert sorted(event.student for event in events if isinstance(event.content, Graded)) == sorted(after)


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory, grade_here: Grade) -> Path:
    """A folder with `class`, of one submission, and `out`, its reports with the seed 5."""
    root = tmp_path_factory.mktemp("graded")
    done = grade_here(write_class(root / "class", "alice.py"), "--out", root / "out", "--seed", "5")
    assert done.returncode == 0, done.stderr
    return root


@pytest.fixture
def once(tmp_path: Path, graded: Path) -> Path:
    """A copy of `graded`."""
    return Path(shutil.copytree(graded, tmp_path / "once"))


def test_a_page_that_was_lost_is_made_again_from_the_report(once: Path, grade_here: Grade) -> None:
    page = once / "out" / "submissions" / "alice" / "feedback.html"
    before, reported = page.read_bytes(), times(once / "out")
    page.unlink()
    assert grade_here(once / "class", "--out", once / "out").returncode == 0
    assert page.read_bytes() == before
    assert times(once / "out") == reported


def test_the_option_that_became_a_command_says_so(once: Path, grade_here: Grade) -> None:
    before = times(once / "out")
    done = grade_here(once / "class", "--out", once / "out", "--regrade")
    assert done.returncode == 2
    assert "`grader regrade --out DIR`" in " ".join(done.stderr.split())
    assert times(once / "out") == before


def test_each_different_attempt_sits_the_next_exam_and_an_old_one_its_own_again(
    once: Path, grade_here: Grade
) -> None:
    out, answer = once / "out", once / "class" / "alice.py"
    folder = out / "submissions" / "alice"
    sat = [json.loads((folder / "report.json").read_text())["exam"]]
    for code in ("def double(n):\n    return [n]\n", ANSWERS["alice.py"]):
        answer.write_text(code)
        assert grade_here(once / "class", "--out", out).returncode == 0
        report = json.loads((folder / "report.json").read_text())
        sat.append(report["exam"])
        assert report["seed"] == 5
    assert sat == [1, 2, 1]


def test_two_runs_can_not_write_to_one_folder(tmp_path: Path, grade_here: Grade) -> None:
    folder, out = write_class(tmp_path / "class", "alice.py"), tmp_path / "out"
    out.mkdir()
    with exclusive_lock(out):
        done = grade_here(folder, "--out", out)
        assert done.returncode == 2
        assert "Another run is writing to" in done.stderr
        with pytest.raises(UsageError, match="Another run"), exclusive_lock(out):
            pass
    with exclusive_lock(out):
        assert list(out.glob("submissions/*")) == []


FULL_DISK = """
mount -t tmpfs -o size=$1,nr_inodes=$2 none "$3" && shift 3 && exec "$@"
"""


def grade_on_a_small_disk(
    tmp_path: Path, course: Path, size: str, inodes: str
) -> subprocess.CompletedProcess[str]:
    """In mounts of its own. A root of a user namespace can't start the sandbox: a stand-in grades."""
    folder, out = write_class(tmp_path / "class", "alice.py", "bob.py"), tmp_path / "out"
    out.mkdir()
    shell, unshare = shutil.which("sh") or "sh", shutil.which("unshare") or "unshare"
    own_mounts = [unshare, "--user", "--map-root-user", "--mount", shell, "-c", FULL_DISK, shell]
    return subprocess.run(
        [
            *own_mounts, size, inodes, str(out), sys.executable, "-m", "tests.fixtures.stand_in_grader",
            *("grade", str(folder), "--course", str(course), "--out", str(out), "--jobs", "1"),
        ],
        capture_output=True, text=True, timeout=120, check=False, cwd=ROOT,
    )  # fmt: skip


def test_a_disk_that_is_full_is_named_and_costs_no_points(tmp_path: Path, course: Path) -> None:
    """A disk with room for the gradebook, and for no further file."""
    done = grade_on_a_small_disk(tmp_path, course, "1m", "6")
    assert done.returncode == 2, done.stderr
    for name in ("alice", "bob"):
        assert f"{name}: not graded: Its report can't be written: [Errno 28]" in done.stdout
    assert "gradebook.csv' can't be written: No space left on device" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_disk_without_room_for_the_gradebook_is_named_before_anything_is_graded(
    tmp_path: Path, course: Path
) -> None:
    done = grade_on_a_small_disk(tmp_path, course, "16k", "20")
    assert done.returncode == 2, done.stderr
    assert "gradebook.db' can't be" in done.stderr
    assert "alice" not in done.stdout
    assert "Traceback" not in done.stderr


def test_other_points_change_no_verdict_without_a_word_and_a_deadline_is_no_reason_at_all(
    tmp_path: Path, course: Path, local_workers: None
) -> None:
    ours, out = tmp_path / "course", tmp_path / "out"
    shutil.copytree(course, ours)
    write_class(tmp_path / "class", "alice.py", "bob.py")
    section = '[[sections]]\nmodule = "doubling"\n'
    seen = []
    for text in (
        section,
        f"{section}deadline = 2026-12-01T23:59:00Z\n",
        f"{section}points.double = 8\n",
    ):
        points = 8 if "double =" in text else 4
        top = f'title = "Doubling"\npoints = {points}\nseed = {{policy = "fixed", value = 7}}\n'
        (ours / "course.toml").write_text(top + text)
        arguments = ["grade", str(tmp_path / "class"), "--course", str(ours), "--out", str(out)]
        done = CliRunner().invoke(main, arguments)
        assert done.exit_code == 0, done.output
        seen.append((times(out), (out / "gradebook.csv").read_text(), done.stdout))
    assert seen[0][:2] == seen[1][:2] == seen[2][:2]
    advice = "2 of 2 submissions were graded before the course's checks changed. Their reports are kept; "
    assert [advice in said for _, _, said in seen] == [False, False, True]
    assert f"`grader regrade --out {out}` shows what would change." in seen[2][2]
    assert "alice,graded,4.0,4.0,0.0,4.0" in seen[1][1]
    assert "bob,graded,0.0,4.0,0.0,0.0" in seen[1][1]
    assert seed_for(out, None) == 7


def test_a_fixed_seed_is_for_new_folders_and_gives_way_to_the_one_that_is_asked_for(tmp_path: Path) -> None:
    assert seed_for(tmp_path, None, course_seed=7) == 7
    assert seed_for(tmp_path, 5, course_seed=7) == 5
    (tmp_path / "run.json").write_text('{"schema": 1, "seed": 5}')
    assert seed_for(tmp_path, None, course_seed=7) == 5


def test_a_folder_of_version_0_1_is_taken_over_with_its_seed_and_its_reports(
    tmp_path: Path, grade_here: Grade
) -> None:
    out = tmp_path / "out"
    shutil.copytree(BY_0_1, out)
    before = (out / "gradebook.csv").read_text()
    earlier = (out / "submissions" / "alice" / "report.json").read_bytes()
    done = grade_here(write_class(tmp_path / "class", "alice.py"), "--out", out)
    assert done.returncode == 0, done.stderr
    assert "Reports by Gradbook 0.1.0 on 1 student were taken over into the gradebook.\n" in done.stdout
    assert (
        f"1 of 1 submissions were graded by Gradbook 0.1.0, and this is {__version__}. Their reports are "
        f"kept; `grader regrade --out {out}` shows what would change.\n"
    ) in done.stdout
    assert (out / "gradebook.csv").read_text() == before
    assert (out / "submissions" / "alice" / "report.json").read_bytes() == earlier
    assert seed_for(out, None) == 7
