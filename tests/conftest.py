"""What holds for the project's own tests, and not for `pytest assignments`."""

from __future__ import annotations

import gc
import importlib
import os
import signal
import sys
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Generator

pytest_plugins = ["pytester", "tests.fixtures.browser"]

LONGEST: Final = (
    *(
        "test_cluster_pool.py",
        "test_sample_class.py",
        "test_readme.py",
        "test_attacks.py",
        "test_hand_ins.py",
    ),
    "test_resuming.py",
    *("test_answers_out_of_reach.py", "test_determinism.py", "test_grade.py", "test_run.py", "test_leaks.py"),
    *("test_endless_code.py", "test_watch.py", "test_release.py", "test_failures_page.py", "test_submit.py"),
    *("test_new_exercise.py", "test_doctor.py", "test_misconceptions.py", "test_code_quality.py"),
    *("test_regrade.py", "test_gradebook_page.py"),
)
"""The files that take longest, the longest first."""


def pytest_configure(config: pytest.Config) -> None:
    """A warning that the grader's own code causes is a bug; on a student's machine it must stop nothing.

    How long a property takes says something about the machine and what else runs there, not about us.
    """
    config.addinivalue_line("filterwarnings", r"error:::grader(\.|$)")
    settings.register_profile("gradbook", deadline=None)
    settings.load_profile("gradbook")
    # What a shell starts in the background ignores Ctrl-C, what `nohup` starts the end of the terminal, and
    # so does every process below: no test of these signals could tell anything.
    for name, handler in (("SIGINT", signal.default_int_handler), ("SIGHUP", signal.SIG_DFL)):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, handler)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Spare the garbage collector what is collected here: half a million objects, which all stay.

    Without this, each worker visits them again and again, for a quarter of the time that collecting takes.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.collect()
        gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def shared_inputs(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Let the workers of pytest-xdist share the inputs that any of them draws for the course that ships."""
    shipped = sys.modules.get("tests.fixtures.shipped")
    if shipped is not None and "PYTEST_XDIST_WORKER" in os.environ:
        shipped.DRAWN.folder = tmp_path_factory.getbasetemp().parent / "drawn"


@pytest.fixture(scope="session", autouse=True)
def compiler() -> None:
    """Import torch's compiler before any test: the first optimizer does, perhaps in the time of an answer.

    What is interrupted there can't be imported again. Processes that run answers put it off instead.
    """
    if "torch" in sys.modules:
        importlib.import_module("torch._dynamo")


def pytest_xdist_auto_num_workers() -> int:
    """Return three workers for two cores: a third of the time, tests wait for processes and deadlines."""
    cores = os.cpu_count() or 1
    return max(1, cores + cores // 2)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that the end doesn't wait for one worker that has all of it left."""
    ranks = {name: rank for rank, name in enumerate(LONGEST)}
    items.sort(key=lambda item: ranks.get(item.path.name, len(LONGEST)))
