"""The documentation builds without warnings, and its reference is complete."""

from __future__ import annotations

import contextlib
import importlib
import pkgutil
import re
import subprocess
import sys
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec
import pytest
from click.testing import CliRunner

import grader
from grader import drive, laws
from grader.cli.main import main
from grader.course.course import SHIPPED, load
from grader.local.course_plugin import pytest_addoption
from grader.records import check_names
from grader.records.verdict import (
    Attempt,
    ExerciseResult,
    Misconception,
    PlotLine,
    PlotPanel,
    PlotTile,
    Verdict,
)
from grader.records.written import WrittenAnswer
from grader.reporting.report import Report, Settings, Versions

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
REPORT_PAGE = (DOCS / "reference" / "report.md").read_text(encoding="utf-8")
PAGES = [
    page
    for page in sorted({*ROOT.glob("*.md"), *ROOT.glob("benchmarks/**/*.md"), *DOCS.rglob("*.md")})
    if page.name != "CHANGELOG.md"  # it has names of earlier versions
]
FOLDERS = r"grader|tests|benchmarks|docs|examples|assignments|reference|changelog\.d"
MADE_BY_READERS = {"assignments/ch6_normalization/normalization.py", "docs/students.md"}
MADE_BY_CONTRIBUTORS = re.compile(r"leaky_relu|/sakai\.|NAME|[Dd]ropout|/tap\.py|cgroup|/mnist\.py")
"""The files in the worked examples of how to add something."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site as `make docs` does."""
    built = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-n", "-q", "-d", str(built / "doctrees"),
         str(DOCS), str(built / "html")],
        capture_output=True, text=True, check=False, timeout=240,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return built / "html"


def html(site: Path, page: str) -> str:
    return (site / f"{page}.html").read_text(encoding="utf-8")


def test_every_page_is_part_of_the_site(site: Path) -> None:
    pages = {page.relative_to(DOCS).with_suffix(".html") for page in DOCS.rglob("*.md")}
    assert {page for page in pages if not (site / page).is_file()} == set()


def test_the_site_needs_no_network(site: Path) -> None:
    """Fonts, scripts and styles are its own."""
    loaded = re.findall(r'<(?:link|script|img)[^>]*(?:href|src)="(https?:[^"]+)"', html(site, "index"))
    assert loaded == []


@pytest.mark.parametrize("module", [laws, drive], ids=lambda module: module.__name__)
def test_every_public_name_is_in_the_reference(module: object, site: Path) -> None:
    name = module.__name__  # type: ignore[attr-defined]
    page = html(site, f"reference/{name.rpartition('.')[2]}")
    names = module.__all__  # type: ignore[attr-defined]
    assert [public for public in names if f'id="{name}.{public}"' not in page] == []


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the words of every command."""
    yield path
    for name, command in group.commands.items() if path else shipped_commands():
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name)


def shipped_commands() -> Iterator[tuple[str, click.Command]]:
    """Yield the subcommands of `grader`, which are imported on demand."""
    context = click.Context(main)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        yield name, command


def unwrapped(text: str) -> str:
    """Return a text without whitespace: it is the same wherever lines are wrapped."""
    return "".join(text.split())


def test_the_help_of_every_command_is_in_the_reference(site: Path) -> None:
    page = unwrapped(unescape(re.sub(r"<[^>]+>", "", html(site, "reference/commands"))))
    every = list(commands(main))
    assert ("package", "gradescope") in every
    for path in every:
        shown = CliRunner().invoke(main, [*path, "--help"], prog_name="grader")
        assert unwrapped(shown.output) in page, path


def test_the_options_of_pytest_are_in_the_reference() -> None:
    page = (DOCS / "reference" / "commands.md").read_text(encoding="utf-8")
    short = set(re.findall(r"^\| `(--[a-z-]+)", page, re.MULTILINE))
    parser = pytest.Parser(_ispytest=True)
    pytest_addoption(parser)
    names = {name for option in parser.getgroup("gradbook").options for name in option.names()}
    assert names == short | {name.replace("--", "--gradbook-") for name in short}


@pytest.mark.parametrize(
    ("heading", "record", "nested"),
    [
        ("A submission", Report, (Versions, Settings, WrittenAnswer)),
        ("An exercise", ExerciseResult, (Attempt, Misconception, PlotPanel, PlotLine, PlotTile)),
        ("A check", Verdict, ()),
    ],
)
def test_the_report_page_has_every_field_and_no_other(
    heading: str, record: type[msgspec.Struct], nested: tuple[type[msgspec.Struct], ...]
) -> None:
    part = REPORT_PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    fields, _, statuses = part.partition("| status of")
    assert re.findall(r"^\| `(\w+)` \|", fields, re.MULTILINE) == list(record.__struct_fields__)
    inner = [field for struct in nested for field in struct.__struct_fields__]
    assert [field for field in inner if f"`{field}`" not in fields] == []
    listed = re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`.*?) \|", statuses, re.MULTILINE)))
    type_of_status = msgspec.inspect.type_info(record).fields  # type: ignore[attr-defined]
    (status,) = [field.type.values for field in type_of_status if field.name == "status"]
    assert sorted(listed) == sorted(status)


def test_the_example_is_a_report() -> None:
    (example,) = re.findall(r"^```json\n(.*?)^```", REPORT_PAGE, re.MULTILINE | re.DOTALL)
    report = msgspec.json.decode(example, type=Report)
    assert report.exercises[0].misconception is not None
    assert set(msgspec.json.decode(example)["exercises"][0]["checks"][0]) == set(Verdict.__struct_fields__)


def test_the_glossary_has_room_for_fifteen_unwrapped() -> None:
    page = (DOCS / "reference" / "glossary.md").read_text(encoding="utf-8")
    words = re.findall(r"^([a-z][a-z ]+)$", page.partition("```{glossary}\n")[2], re.MULTILINE)
    assert 10 < len(words) <= 15


def test_every_standard_check_is_in_the_reference() -> None:
    names = {value for name, value in vars(check_names).items() if name.isupper() and isinstance(value, str)}
    assert "right_values" in names
    assert [name for name in sorted(names) if f"`{name}`" not in REPORT_PAGE] == []


def exists(name: str) -> bool:
    """Return whether there is a module of this dotted name, or something in a module."""
    found: object = importlib.import_module("grader")
    module = "grader"
    for part in name.split(".")[1:]:
        module = f"{module}.{part}"
        with contextlib.suppress(ModuleNotFoundError):
            found = importlib.import_module(module)
            continue
        if not hasattr(found, part) and part not in getattr(found, "__annotations__", {}):
            return False
        found = getattr(found, part, None)
    return True


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_name_and_path_on_a_page_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    names = set(re.findall(r"(?<![\w/.-])grader(?:\.\w+)+", text))
    assert [name for name in sorted(names) if not exists(name)] == []
    paths = set(re.findall(rf"`((?:{FOLDERS})/[\w./-]*)`", text)) - MADE_BY_READERS
    if page.name == "CONTRIBUTING.md":
        paths = {path for path in paths if not MADE_BY_CONTRIBUTORS.search(path)}
    assert [path for path in sorted(paths) if not (ROOT / path).exists()] == []


def test_the_picture_names_functions_of_its_page() -> None:
    picture = (DOCS / "pictures" / "grading.svg").read_text(encoding="utf-8")
    page = (DOCS / "internals" / "submission-to-grade.md").read_text(encoding="utf-8")
    functions = re.findall(r'class="c"[^>]*>([\w.]+)<', picture)
    assert len(functions) > 8
    assert [name for name in functions if f".{name}`" not in page] == []


def test_the_packages_are_explained_and_no_other() -> None:
    page = (DOCS / "internals" / "development.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `grader\.(\w+)` \|", page, re.MULTILINE)
    assert sorted(listed) == sorted(
        name for _, name, is_package in pkgutil.iter_modules(grader.__path__) if is_package
    )


def test_the_readme_counts_what_ships() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    exercises = [exercise for section in load(SHIPPED).sections for exercise in section.exercises]
    assert f"{len(exercises)}\nexercises" in readme or f"{len(exercises)} exercises" in readme
