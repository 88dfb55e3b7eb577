"""Names of submissions: taken from files and folders, told apart, and fit to be folder names."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST = 100  # bytes; file systems allow 255, and reports add to the name
_RESERVED = frozenset(
    ["CON", "PRN", "AUX", "NUL"] + [f"{port}{digit}" for port in ("COM", "LPT") for digit in range(1, 10)]
)


def suffix_of(name: str) -> str:
    """The extension of a file name in lower case, with its dot; `.tar.gz` is one extension."""
    if name.lower().endswith(".tar.gz"):
        return ".tar.gz"
    return Path(name).suffix.lower()


def is_ignored(name: str) -> bool:
    """Whether a file or folder of this name is left behind by a tool, and no student's work."""
    return name.startswith(".") or name in {"__MACOSX", "__pycache__"}


def names_for(paths: Sequence[Path]) -> list[str]:
    """One name a path, always different: without extension; with it where two would be the same.

    Where they still would, the folder that a path lies in goes before it, and at last a number behind it.
    Names are compared without regard to case and Unicode form, as some file systems do.
    """
    chosen = [folder_name(_without_extension(path)) for path in paths]
    longer = (
        [folder_name(path.name) for path in paths],
        [folder_name(f"{path.absolute().parent.name}-{path.name}") for path in paths],
    )
    for names in longer:
        shared = Counter(map(_key, chosen))
        chosen = [long if shared[_key(now)] > 1 else now for long, now in zip(names, chosen, strict=True)]
    return _numbered(chosen)


def folder_name(name: str) -> str:
    """`name`, changed where it must be so that it can name a folder on any system and on a command line."""
    composed = unicodedata.normalize("NFC", name)
    safe = "".join("_" if _is_unsafe(character) else character for character in composed)
    safe = safe.lstrip(".-=+@~ ").rstrip(". ") or "unnamed"
    if safe.split(".")[0].upper() in _RESERVED:
        safe = f"_{safe}"
    if len(safe.encode()) > _LONGEST:
        digest = hashlib.sha256(safe.encode()).hexdigest()[:8]
        safe = safe.encode()[: _LONGEST - 9].decode(errors="ignore") + "-" + digest
    return safe


def _without_extension(path: Path) -> str:
    if path.is_dir():
        return path.name
    return path.name[: -len(suffix_of(path.name))] if suffix_of(path.name) else path.name


def _is_unsafe(character: str) -> bool:
    # Categories C are control, format (which can turn the direction of text), surrogate and unassigned.
    return character in '/\\<>:"|?*' or unicodedata.category(character).startswith(("C", "Zl", "Zp"))


def _key(name: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def _numbered(names: list[str]) -> list[str]:
    # A name that is nobody else's is kept before numbers are given out.
    counts = Counter(map(_key, names))
    taken = {key for key, count in counts.items() if count == 1}
    different = []
    for name in names:
        candidate, number = name, 1
        while counts[_key(name)] > 1 and _key(candidate) in taken:
            number += 1
            candidate = f"{name}-{number}"
        taken.add(_key(candidate))
        different.append(candidate)
    return different
