"""The changelog begins with this version, and its fragments can be put together."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from grader import __version__

ROOT = Path(__file__).parents[2]
FRAGMENTS = ROOT / "changelog.d"


def test_the_newest_entry_is_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## (\d+\.\d+\.\d+)", text, re.MULTILINE)
    assert versions[0] == __version__


def test_minor_versions_say_how_to_upgrade() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    entries = re.split(r"^## ", text, flags=re.MULTILINE)[1:-1]  # the last one is the first version
    minor = [entry for entry in entries if re.match(r"\d+\.\d+\.0 ", entry)]
    assert minor != []
    assert [entry.splitlines()[0] for entry in minor if "### Upgrading from" not in entry] == []


def test_every_fragment_has_a_name_and_a_type() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["towncrier"]
    types = "|".join(kind["directory"] for kind in settings["type"])
    names = {path.name for path in FRAGMENTS.iterdir()} - {"README.md", "template.md.jinja"}
    assert [name for name in sorted(names) if not re.fullmatch(rf"[a-z0-9-]+\.(?:{types})\.md", name)] == []


def test_a_fragment_becomes_a_line_of_the_changelog(tmp_path: Path) -> None:
    for name in ("pyproject.toml", "CHANGELOG.md"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(FRAGMENTS, tmp_path / FRAGMENTS.name)
    (tmp_path / FRAGMENTS.name / "follow-up.fixed.md").write_text(
        "A leap year has 366 days.\n", encoding="utf-8"
    )
    done = subprocess.run(
        [sys.executable, "-m", "towncrier", "build", "--draft", "--version", "9.9.9", "--date", "2030-01-01"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "## 9.9.9 (2030-01-01)\n" in done.stdout
    fixed = done.stdout.partition("### Fixed\n")[2].partition("\n### ")[0]
    assert "\n- A leap year has 366 days.\n" in fixed
