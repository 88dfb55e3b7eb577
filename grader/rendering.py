"""The templates in `grader/templates`: pages for browsers, and plain text."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def pages() -> Environment:
    """Return what pages are made with. It escapes all that students' code said."""
    return _environment(autoescape=True)


@cache
def texts() -> Environment:
    """Return what is made with the other templates: Python, Markdown, settings."""
    return _environment(autoescape=False)


def _environment(*, autoescape: bool) -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("grader"),
        autoescape=autoescape,  # noqa: S701 - what escapes nothing makes no pages
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=not autoescape,
    )
