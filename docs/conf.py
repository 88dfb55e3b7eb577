"""How Sphinx builds this documentation: `make docs`."""  # noqa: INP001 - a settings file, not a package

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader import __version__
from grader.cli.main import main

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

HERE = Path(__file__).parent
ROOT = HERE.parent

project = "Gradbook"
author = "The Gradbook authors"
project_copyright = "The Gradbook authors"
version = release = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
root_doc = "index"

myst_enable_extensions = ["deflist"]
myst_heading_anchors = 4
# Transcripts are shown as they are printed, whatever they look like.
highlight_language = "none"
suppress_warnings = ["misc.highlighting_failure"]

default_role = "code"  # docstrings write `name`, as Markdown does
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True
maximum_signature_line_length = 88
napoleon_google_docstring = True
napoleon_numpy_docstring = False
# Types of other projects have their own documentation, which a build without the network can't link to;
# the engine's own records are described in the source.
nitpick_ignore_regex = [("py:.*", ".*")]

html_theme = "furo"
html_title = f"Gradbook {release}"
html_static_path = ["_static"]
html_css_files = ["gradbook.css"]
html_copy_source = False
html_show_sphinx = False

PAGES_FROM_ELSEWHERE = {
    "contributing": "CONTRIBUTING.md",
    "changelog": "CHANGELOG.md",
    "security": "SECURITY.md",
    "reference/images": "assignments/data/README.md",
    "internals/sample-class": "reference/README.md",
    "internals/benchmarks/index": "benchmarks/README.md",
    "internals/benchmarks/misconceptions": "benchmarks/misconceptions/README.md",
    "internals/benchmarks/peers": "benchmarks/peers/README.md",
    "internals/benchmarks/verdicts": "benchmarks/verdicts/README.md",
}
"""Pages whose text is a file beside what it describes, by the name of the page."""

HELP = "<!-- the help of every command -->"
"""The placeholder for the output of `--help`."""
HELP_WIDTH = 88
"""Columns that fit on a page."""

LINK = re.compile(r"(!?)\[([^\]]*)\]\((?![a-z]+:|#)([^)#\s]+)(#[^)\s]*)?\)")


def link_within_site(docname: str, text: str) -> str:
    """Return the text of a page with its links to files of the repository turned into links of the site.

    On GitHub the links lead to files. On the site they lead to the page that shows the file; a file without a
    page, such as an example's source, is named and not linked.
    """
    home = ROOT / PAGES_FROM_ELSEWHERE.get(docname, f"docs/{docname}.md")
    pages = {(ROOT / path).resolve(): HERE / f"{name}.md" for name, path in PAGES_FROM_ELSEWHERE.items()}

    def replaced(found: re.Match[str]) -> str:
        image, label, target, anchor = found[1], found[2], found[3], found[4] or ""
        file = (home.parent / target).resolve()
        file = pages.get(file, file)
        if not image and not file.is_relative_to(HERE):
            return label if label.startswith("`") else f"`{label}`" if "/" in label else label
        path = os.path.relpath(file, (HERE / docname).parent).replace(os.sep, "/")
        return f"{image}[{label}]({path}{anchor})"

    return LINK.sub(replaced, text)


def help_of(
    command: click.Command, name: str, parent: click.Context | None = None, level: int = 3
) -> Iterator[str]:
    """Yield the `--help` of a command and of those below it, each under a heading."""
    context = click.Context(
        command, parent=parent, info_name=name, terminal_width=HELP_WIDTH, **command.context_settings
    )
    yield f"{'#' * level} {context.command_path}\n\n```text\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            if member := command.get_command(context, below):
                yield from help_of(member, below, context, level + (parent is not None))


def read_source(app: Sphinx, docname: str, content: list[str]) -> None:
    """Put the text of a page in place: its own, or that of the file elsewhere that it stands for."""
    if path := PAGES_FROM_ELSEWHERE.get(docname):
        app.env.note_dependency(str(ROOT / path), docname=docname)
        content[0] = (ROOT / path).read_text(encoding="utf-8")
    content[0] = link_within_site(docname, content[0])
    if HELP in content[0]:
        content[0] = content[0].replace(HELP, "\n".join(help_of(main, "grader")))


def setup(app: Sphinx) -> None:
    """Register what is above with Sphinx."""
    app.connect("source-read", read_source)
