"""Errors of loading a student's code, as records that a sandboxed child can send."""

from __future__ import annotations

import linecache
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

_MAX_TEXT = 1000
_MAX_LINE = 100
_MAX_LINES = 8


class LoadError(msgspec.Struct, frozen=True):
    """An exception: the name of its type, its message, and the student's own lines that led to it."""

    exception: str
    message: str
    lines: tuple[str, ...] = ()


def load_error(error: BaseException, prefix: str) -> LoadError:
    """Return the record of an exception; its lines are those of files whose names begin with `prefix`."""
    lines = list(_lines(error.__traceback__, prefix))
    if isinstance(error, SyntaxError) and (error.filename or "").startswith(prefix):
        lines.append(_line(str(error.filename), error.lineno or 0, error.text))
    message = error.msg if isinstance(error, SyntaxError) else _text(error)
    return LoadError(type(error).__name__, _encodable(message), tuple(map(_encodable, lines[-_MAX_LINES:])))


def _lines(traceback: TracebackType | None, prefix: str) -> Iterator[str]:
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if code.co_filename.startswith(prefix):
            number = traceback.tb_lineno
            where = code.co_filename + ("" if code.co_name == "<module>" else f", in {code.co_name}")
            yield _line(where, number, linecache.getline(code.co_filename, number))
        traceback = traceback.tb_next


def _line(where: str, number: int, text: str | None) -> str:
    return f"{where}, line {number}: {(text or '').strip()[:_MAX_LINE]}"


def _text(error: BaseException) -> str:
    try:
        return str(error)
    except BaseException:  # noqa: BLE001 - a student's exception may raise anything
        return ""


def _encodable(text: str) -> str:
    return text[:_MAX_TEXT].encode(errors="replace").decode()
