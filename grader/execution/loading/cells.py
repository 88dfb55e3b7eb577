"""Parse a notebook's cell, without the magics and shell lines that only IPython understands."""

from __future__ import annotations

import ast
import re
import textwrap
import warnings

PARSE_ERRORS = (SyntaxError, ValueError, RecursionError, MemoryError)
"""What Python's parser raises on hostile text: NUL characters a ValueError, deep nesting the last two."""

_CELL_MAGIC_OVER_PYTHON = frozenset(["time", "timeit", "capture", "prun", "memit"])
_SHELL = (
    "pip3?|conda|mamba|apt|apt-get|cd|ls|git|wget|curl|mkdir|unzip|tar|cp|mv|rm|cat|echo|python3?|sudo"
    "|nvidia-smi"
)
_MAGIC = re.compile(
    r"""(?:
          %{1,2}[A-Za-z].*                          # %matplotlib inline
        | !(?!=).*                                  # !pip install d2l
        | [\w\ ,]+=\s*(?:!(?!=)|%[A-Za-z]).*        # files = !ls
        | (?:"""
    + _SHELL
    + r""")(?:\s+[^\s=(.,:].*)?                     # pip install d2l, cd data
        | \?{1,2}\s*[\w.]+                          # ?torch.ones
        | [^\s\#'"=][^\#'"=]*\?                     # torch.ones?
    )""",
    re.VERBOSE,
)


def parse(source: str, filename: str = "<cell>") -> list[ast.stmt]:
    """Return the statements of a cell, with their line numbers. Raises one of `PARSE_ERRORS`."""
    try:
        return parse_python(source, filename)
    except PARSE_ERRORS as error:
        # An empty line in place of a magic is best, but a block needs a statement.
        plain = [_without_magics(source, replacement) for replacement in ("", "pass")]
        for candidate in (*plain, *map(textwrap.dedent, (source, *plain))):
            try:
                return parse_python(candidate, filename)
            except PARSE_ERRORS:
                continue
        raise error from None


def parse_python(source: str, filename: str) -> list[ast.stmt]:
    """Return the statements of plain Python. Raises one of `PARSE_ERRORS`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an invalid escape sequence in a student's string
        return ast.parse(source, filename).body


def _without_magics(source: str, replacement: str) -> str:
    """Return the source with magics and shell lines replaced; every line keeps its number."""
    lines = source.split("\n")
    first = next((line.strip() for line in lines if line.strip()), "")
    if first.startswith("%%") and first[2:].split(" ")[0] not in _CELL_MAGIC_OVER_PYTHON:
        return ""
    plain = []
    continues = False
    for line in lines:
        is_magic = _MAGIC.fullmatch(line.strip()) is not None
        indentation = line[: len(line) - len(line.lstrip())]
        plain.append("" if continues else indentation + replacement if is_magic else line)
        continues = (continues or is_magic) and line.endswith("\\")
    return "\n".join(plain)
