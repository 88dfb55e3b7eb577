"""Links in the documentation lead somewhere, and its tables are complete."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DEVELOPMENT = (ROOT / "docs" / "internals" / "development.md").read_text(encoding="utf-8")
PAGES = sorted(
    {
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/**/*.md"),
        *ROOT.glob("assignments/*/*.md"),
        *ROOT.glob("reference/*.md"),
        *ROOT.glob("benchmarks/**/*.md"),
        *ROOT.glob("changelog.d/*.md"),
    }
)
PARTS = ("students", "instructors", "authors", "internals", "reference")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_relative_link_leads_to_a_file(page: Path) -> None:
    links = re.findall(r"\]\((?![a-z]+:)([^)#]+)[^)]*\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("part", PARTS)
def test_the_index_of_a_part_lists_its_pages(part: str) -> None:
    folder = ROOT / "docs" / part
    index = (folder / "index.md").read_text(encoding="utf-8")
    pages = [path.relative_to(folder).as_posix() for path in folder.rglob("*.md")]
    assert [page for page in pages if page != "index.md" and f"]({page})" not in index] == []


def test_the_front_page_leads_to_every_part() -> None:
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    assert [part for part in PARTS if f"]({part}/index.md)" not in index] == []
    folders = {path.parent.name for path in (ROOT / "docs").glob("*/*.md")}
    assert folders == {*PARTS}


def test_every_make_target_is_explained_and_no_other() -> None:
    targets = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    explained = re.findall(r"^\| `make ([a-z]+)` \|", DEVELOPMENT, re.MULTILINE)
    assert sorted(explained) == sorted(targets)


def test_every_dependency_is_given_a_reason_and_no_other() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    required = [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["cluster"],
        *project["project"]["optional-dependencies"]["dev"],
        *project["project"]["optional-dependencies"]["docs"],
        *project["project"]["optional-dependencies"]["fuzz"],
        *project["project"]["optional-dependencies"]["postgresql"],
    ]
    required.remove("gradbook[cluster]")
    required.remove("gradbook[docs]")
    required.remove("gradbook[postgresql]")
    names = {re.split(r"[\[<>=; ]", requirement)[0] for requirement in required}
    table = DEVELOPMENT.partition("## Why each dependency")[2]
    explained = {
        name for row in re.findall(r"^\| ([a-z0-9, -]+) \|", table, re.MULTILINE) for name in row.split(", ")
    }
    assert explained - {"package"} == names
