"""Render templates: the pages of `grader/reporting/templates`, and the text files of other packages."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def pages() -> Environment:
    """Return the environment of the HTML pages. It escapes all text."""
    return _environment("grader.reporting", autoescape=True)


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
