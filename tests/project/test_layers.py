"""The package keeps its plan: imports go one way, and few modules stand outside the packages."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import grader

ROOT = Path(__file__).parents[2]
LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the import contracts of a folder's pyproject.toml."""
    return subprocess.run(
        [LINT_IMPORTS, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )


def test_imports_go_one_way() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_import_that_goes_up_is_found(tmp_path: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    copy = shutil.copytree(grader.PACKAGE, tmp_path / "grader", ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "records" / "going_up.py").write_text("import grader.cli.main\n")
    done = lint(tmp_path)
    assert done.returncode == 1
    assert "grader.records is not allowed to import grader.cli" in done.stdout


def test_few_modules_stand_outside_the_packages() -> None:
    modules = sorted(path.name for path in grader.PACKAGE.glob("*.py"))
    assert modules == ["__init__.py", "drive.py", "laws.py", "pytest_plugin.py"]


def test_every_package_says_what_it_is_for() -> None:
    for init in grader.PACKAGE.rglob("__init__.py"):
        assert init.read_text(encoding="utf-8").startswith('"""'), init
