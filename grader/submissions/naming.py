"""Names of submissions: unique, made from file and folder names, and valid as folder names."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_LONGEST = 100  # bytes; file systems allow 255, and reports add to the name
_RESERVED = frozenset(
    ["CON", "PRN", "AUX", "NUL"] + [f"{port}{digit}" for port in ("COM", "LPT") for digit in range(1, 10)]
)


_INSTALLED = frozenset(["venv", "virtualenv", "node_modules", "site-packages"])
_CHECKPOINTS = frozenset(
    ["checkpoint", "checkpoints", "ckpt", "ckpts", "lightning_logs", "mlruns", "runs", "wandb"]
)
_DATA = frozenset(["data", "dataset", "datasets"])
ENVIRONMENTS = frozenset(["pyvenv.cfg", "conda-meta"])
"""What only a virtual environment contains."""
ARCHIVES = frozenset([".zip", ".tar.gz", ".tgz"])
"""The extensions of archives that are opened."""


def suffix_of(name: str) -> str:
    """Return the extension of a file name in lower case, with its dot; `.tar.gz` is one extension."""
    if name.lower().endswith(".tar.gz"):
        return ".tar.gz"
    return Path(name).suffix.lower()


def is_ignored(name: str) -> bool:
    """Return whether a file or folder of this name was created by a tool rather than a student."""
    return name.startswith(".") or name in {"__MACOSX", "__pycache__"}


def why_not_entered(name: str, parent: str) -> str:
    """Return why nothing in a folder called `name`, in one called `parent`, is a student's source; else "".

    Files directly in a folder of data may be: it can also be a package.
    """
    if name.lower() in _INSTALLED:
        return "holds installed packages"
    if name.lower() in _CHECKPOINTS:
        return "holds checkpoints and logs"
    return "holds data" if parent.lower() in _DATA else ""


def section_module(path: str, modules: Collection[str]) -> str | None:
    """Return which of the section modules a file is, by its name; None if it is none of them."""
    stem = PurePosixPath(path).stem
    return stem if stem in modules else None


def labels_of(path: Path, *, is_folder: bool) -> tuple[str, ...]:
    """Return what the submission at a path may be called, the shortest name first.

    Without the extension, or with it, or with the name of the parent folder in front.
    """
    suffix = "" if is_folder else suffix_of(path.name)
    short = path.name[: -len(suffix)] if suffix else path.name
    return short, path.name, f"{path.absolute().parent.name}-{path.name}"


def names_for(labels: Sequence[Sequence[str]]) -> list[str]:
    """Return one unique name for each list of labels: the first label that no other name is the same as.

    If none is, a number is appended to the last. Names are compared without regard to case and Unicode
    normalization, as by some file systems.
    """
    chosen = [folder_name(own[0]) for own in labels]
    for length in range(1, max(map(len, labels), default=0)):
        shared = Counter(map(_key, chosen))
        chosen = [
            folder_name(own[min(length, len(own) - 1)]) if shared[_key(now)] > 1 else now
            for own, now in zip(labels, chosen, strict=True)
        ]
    return _numbered(chosen)


def folder_name(name: str) -> str:
    """Return `name`, changed if necessary to be a valid folder name on every system and on command lines."""
    composed = unicodedata.normalize("NFC", name)
    safe = "".join("_" if _is_unsafe(character) else character for character in composed)
    safe = safe.lstrip(".-=+@~ ").rstrip(". ") or "unnamed"
    if safe.split(".")[0].upper() in _RESERVED:
        safe = f"_{safe}"
    if len(safe.encode()) > _LONGEST:
        digest = hashlib.sha256(safe.encode()).hexdigest()[:8]
        safe = safe.encode()[: _LONGEST - 9].decode(errors="ignore") + "-" + digest
    return safe


def _is_unsafe(character: str) -> bool:
    # Categories C are control, format (which can change the text direction), surrogate and unassigned.
    return character in '/\\<>:"|?*' or unicodedata.category(character).startswith(("C", "Zl", "Zp"))


def _key(name: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def _numbered(names: list[str]) -> list[str]:
    # Unique names are reserved before numbers are appended.
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
