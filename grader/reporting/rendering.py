"""Render templates: the pages of `grader/reporting/templates`, and the text files of other packages."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def pages() -> Environment:
    """Return the environment of the HTML pages. It escapes all text."""
    made = _environment("grader.reporting", autoescape=True)
    made.filters["digest"] = digest
    return made


def digest(text: str) -> str:
    """Return the name by which a content policy allows a style sheet or a script: "sha256-..."."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


@cache
def texts(package: str) -> Environment:
    """Return the environment of a package's text templates (Python, Markdown, settings) in `templates/`."""
    return _environment(package, autoescape=False)


def _environment(package: str, *, autoescape: bool) -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader(package),
        autoescape=autoescape,  # noqa: S701 - off only for text files, never for pages
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=not autoescape,
    )
