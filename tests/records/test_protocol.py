"""What a child may say: every text, number and collection of its messages has a limit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import pytest
from msgspec import Meta, inspect

from grader.execution.observe import describe_exception
from grader.records.protocol import (
    MAX_CALLED,
    MAX_KIND,
    MAX_LINES,
    MAX_LOCATION,
    MAX_MESSAGE,
    MAX_NAMES,
    MAX_REASON,
    Absent,
    Contents,
    Found,
    GpuStarted,
    Observation,
    Observations,
    Raised,
)
from grader.records.values import (
    MAX_BYTES,
    MAX_DIMS,
    MAX_INT,
    MAX_ITEMS,
    MAX_NAME,
    MAX_OPAQUE,
    MAX_TEXT,
    Array,
    Column,
    Entries,
    Items,
    Opaque,
    Table,
    Tensor,
    TextFile,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

MESSAGES = (Observations, Contents, GpuStarted)
"""The messages that a child sends."""
SIZED = (inspect.StrType, inspect.BytesType, inspect.VarTupleType, inspect.ListType, inspect.DictType)
FINITE = (inspect.NoneType, inspect.BoolType, inspect.FloatType, inspect.LiteralType)


def unbounded(found: inspect.Type, where: str, seen: set[type]) -> Iterator[str]:
    """Yield where a type allows a text, a number or a collection of any size."""
    if not has_limit(found):
        yield where
    if isinstance(found, inspect.StructType):
        if found.cls in seen:
            return
        seen.add(found.cls)
    for name, part in parts(found):
        yield from unbounded(part, f"{where}{name}", seen)


def has_limit(found: inspect.Type) -> bool:
    """Return whether the values of a type are of a limited size, apart from their parts.

    A float has eight bytes, and an answer may be any of them: infinite and NaN, too.
    """
    if isinstance(found, SIZED):
        return found.max_length is not None
    if isinstance(found, inspect.IntType):
        return found.ge is not None and found.le is not None
    return isinstance(found, (*FINITE, inspect.StructType, inspect.TupleType, inspect.UnionType))


def parts(found: inspect.Type) -> list[tuple[str, inspect.Type]]:
    """Return the types of the parts of a type, each with a name."""
    match found:
        case inspect.StructType():
            return [(f".{field.name}", field.type) for field in found.fields]
        case inspect.UnionType():
            return [("", one) for one in found.types]
        case inspect.TupleType():
            return [("[]", one) for one in found.item_types]
        case inspect.VarTupleType() | inspect.ListType():
            return [("[]", found.item_type)]
        case inspect.DictType():
            return [("{key}", found.key_type), ("{}", found.value_type)]
    return []


@pytest.mark.parametrize("message", MESSAGES)
def test_everything_that_a_child_says_has_a_limit(message: type) -> None:
    seen: set[type] = set()
    assert list(unbounded(inspect.type_info(message), message.__name__, seen)) == []
    assert message in seen


def test_the_messages_hold_all_records() -> None:
    """A record that the walk doesn't reach would have no limits that anybody looks at."""
    seen: set[type] = set()
    for message in MESSAGES:
        list(unbounded(inspect.type_info(message), "", seen))
    values = {Tensor, Array, Items, Entries, Column, Table, TextFile, Opaque}
    assert seen == {*MESSAGES, Observation, Raised, Found, Absent, *values}


@pytest.mark.parametrize(
    "kind",
    [
        str,
        bytes,
        int,
        Annotated[int, Meta(ge=0)],
        tuple[bool, ...],
        list[bool],
        dict[str, bool],
        Annotated[dict[str, bool], Meta(max_length=3)],
        Annotated[tuple[str, ...], Meta(max_length=3)],
        str | None,
        Any,
    ],
)
def test_the_walk_finds_what_has_no_limit(kind: Any) -> None:  # noqa: ANN401 - a type
    record = msgspec.defstruct("Record", [("field", kind)])
    assert list(unbounded(inspect.type_info(record), "Record", set()))


TENSOR = Tensor("float32", (1,), "cpu", bytes(4))
RAISED = Raised("ValueError", "no", "", inside=True)
TOO_MUCH: dict[str, Observation | Found | Absent | GpuStarted] = {
    "kind": Observation(raised=msgspec.structs.replace(RAISED, kind="K" * (MAX_KIND + 1))),
    "message": Observation(raised=msgspec.structs.replace(RAISED, message="Expected on " * 9_000)),
    "lines": Observation(raised=msgspec.structs.replace(RAISED, lines="l" * (MAX_LINES + 1))),
    "changed": Observation(changed=("X" * (MAX_NAME + 1),)),
    "many changed": Observation(changed=("X",) * (MAX_NAMES + 1)),
    "called": Observation(called=("f" * (MAX_NAME + 1),)),
    "many called": Observation(called=("f",) * (MAX_CALLED + 1)),
    "gradient's name": Observation(gradients={"X" * (MAX_NAME + 1): None}),
    "argument's device": Observation(argument_device="c" * (MAX_NAME + 1)),
    "int": Observation(MAX_INT + 1),
    "text": Observation("x" * (MAX_TEXT + 1)),
    "tensor's dtype": Observation(msgspec.structs.replace(TENSOR, dtype="f" * (MAX_NAME + 1))),
    "tensor's device": Observation(msgspec.structs.replace(TENSOR, device="c" * (MAX_NAME + 1))),
    "negative size": Observation(msgspec.structs.replace(TENSOR, shape=(-1,))),
    "huge size": Observation(msgspec.structs.replace(TENSOR, shape=(0, MAX_BYTES + 1))),
    "dimensions": Observation(msgspec.structs.replace(TENSOR, shape=(1,) * (MAX_DIMS + 1))),
    "array's size": Observation(Array("float32", (0, MAX_BYTES + 1), b"")),
    "key": Observation(Entries({"k" * (MAX_TEXT + 1): None})),
    "column's name": Observation(Column("n" * (MAX_TEXT + 1), "object", ())),
    "column's number": Observation(Column(MAX_INT + 1, "object", ())),
    "column's dtype": Observation(Column(None, "d" * (MAX_NAME + 1), ())),
    "cell": Observation(Column(None, "object", ("c" * (MAX_TEXT + 1),))),
    "cell's number": Observation(Column(None, "object", (MAX_INT + 1,))),
    "rows": Observation(Table((), MAX_ITEMS + 1)),
    "negative rows": Observation(Table((), -1)),
    "index": Observation(Table((), 1, (MAX_INT + 1,))),
    "file's name": Observation(TextFile("f" * (MAX_NAME + 1), "")),
    "opaque": Observation(Opaque("o" * (MAX_OPAQUE + 1))),
    "where": Found("w" * (MAX_LOCATION + 1), 1),
    "of": Found("cell 1", -1),
    "reason": Absent("error", "r" * (MAX_REASON + 1)),
    "problem": GpuStarted("p" * (MAX_MESSAGE + 1)),
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_the_decoder_rejects_what_exceeds_a_limit(name: str) -> None:
    forged = TOO_MUCH[name]
    with pytest.raises(msgspec.ValidationError, match=r"length|<=|>="):
        msgspec.msgpack.decode(msgspec.msgpack.encode(forged), type=type(forged))


def test_an_exception_is_cut_to_the_limits() -> None:
    hostile = type("E" * 500, (Exception,), {})("m" * 10_000)
    raised = describe_exception(hostile, files=())
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(raised), type=Raised) == raised
    assert (len(raised.kind), len(raised.message)) == (MAX_KIND, MAX_MESSAGE)
