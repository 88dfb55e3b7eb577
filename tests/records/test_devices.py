"""Which devices are meant by an option, and how a model gets to one."""

from __future__ import annotations

import os
from argparse import ArgumentTypeError
from typing import TYPE_CHECKING
from unittest import mock

import msgspec
import pytest
import torch

from grader.checks.check import Question
from grader.checks.return_specs import like
from grader.checks.strategies import tensors
from grader.execution.observe import observe
from grader.judging.generated_cases import Exam
from grader.records import devices
from grader.records.devices import (
    NoSuchDevice,
    compute_exactly,
    device_label,
    device_option,
    devices_for,
)
from grader.records.protocol import Ask
from grader.records.values import Tensor, record
from tests.gpu.simulated import observe_there

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def settings() -> Iterator[None]:
    """Put back what is set for a whole process."""
    before = torch.get_float32_matmul_precision(), torch.are_deterministic_algorithms_enabled()
    yield
    torch.set_float32_matmul_precision(before[0])
    torch.use_deterministic_algorithms(before[1])


@pytest.mark.parametrize(
    ("wanted", "with_gpu", "without"),
    [
        ("cpu", ("cpu",), ("cpu",)),
        ("auto", ("cuda",), ("cpu",)),
        ("all", ("cpu", "cuda"), ("cpu",)),
        ("cuda", ("cuda",), None),
        ("cuda:1", ("cuda:1",), None),
    ],
)
def test_an_option_stands_for_devices(
    wanted: str,
    with_gpu: tuple[str, ...],
    without: tuple[str, ...] | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    assert devices_for(wanted) == with_gpu
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    if without is not None:
        assert devices_for(wanted) == without
        return
    with pytest.raises(NoSuchDevice, match=r"there is no CUDA device here .* say --device cpu"):
        devices_for(wanted)


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ("cuda:2", "there is no CUDA device number 2 here"),
        ("mps", "there is no mps device here"),
        ("meta", "there is no meta device here"),
        ("nonsense", "there is no nonsense device here"),
    ],
)
def test_a_device_that_is_not_there_is_named(
    wanted: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    with pytest.raises(NoSuchDevice, match=message):
        devices_for(wanted)


def test_another_accelerator_of_torchs_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.mps, "is_available", lambda: True, raising=False)
    monkeypatch.setattr(torch.mps, "device_count", lambda: 1)
    monkeypatch.setattr(torch.accelerator, "is_available", lambda: True)
    monkeypatch.setattr(torch.accelerator, "current_accelerator", lambda: torch.device("mps"))
    assert devices_for("mps") == ("mps",)
    assert (devices_for("auto"), devices_for("all")) == (("mps",), ("cpu", "mps"))


@pytest.mark.parametrize("text", ["", "CUDA", "cuda:", "cuda 1", "gpu0"])
def test_what_can_be_no_device_is_refused_before_torch_is_imported(text: str) -> None:
    with pytest.raises(ArgumentTypeError, match=r"names no device. Use cpu, cuda, auto, all, or another"):
        device_option(text)


def test_what_a_device_lacks_is_asked_on_the_cpu() -> None:
    """MPS has no float64."""
    dtypes = [torch.float32, torch.float64]
    examples = tuple({"X": torch.ones(2, dtype=dtype)} for dtype in dtypes)
    asked = Question("f", "f(X)", {}, like("X"), examples=examples, cases=0)
    assert [case.device for case in Exam(1, devices=("mps",)).cases(asked)] == ["mps", "cpu"]
    assert [case.device for case in Exam(1, devices=("cpu", "mps")).cases(asked)] == ["cpu", "cpu", "mps"]
    assert [case.device for case in Exam(1, devices=("cuda",)).cases(asked)] == ["cuda", "cuda"]


def test_devices_are_compared_by_type() -> None:
    """A result on "mps:0" is where arguments on "mps" are."""
    spec = like("X")
    here = record(torch.ones(2))
    assert isinstance(here, Tensor)
    there = msgspec.structs.replace(here, device="mps:0")
    assert spec.device_problem(there, "mps") is None
    assert spec.device_problem(there, "cpu") == "the result is on mps:0, the arguments are on cpu"


def test_a_report_names_them() -> None:
    devices = (("cpu",), ("cuda",), ("cpu", "cuda"))
    assert [device_label(one) for one in devices] == ["cpu", "cuda", "cpu+cuda"]


def test_each_question_is_asked_on_each_device_with_the_same_inputs_and_oracle() -> None:
    asked = Question("f", "f(X)", {"X": tensors(shape=(2, 3))}, like("X"), cases=3)
    exam = Exam(1, devices=("cpu", "cuda"))
    cases = exam.cases(asked)
    assert [case.device for case in cases] == ["cpu"] * 3 + ["cuda"] * 3
    assert [case.ask(asked).device for case in cases] == [case.device for case in cases]
    assert all(one.records is other.records for one, other in zip(cases[:3], cases[3:], strict=True))
    oracle = mock.Mock(spec=[])
    assert cases[0].expected(oracle) is cases[3].expected(oracle)
    oracle.assert_called_once()
    assert [case.records for case in Exam(1).cases(asked)] == [case.records for case in cases[:3]]


def test_an_expression_knows_where_it_is_asked(settings: None) -> None:
    ask = Ask("str(device), str(X.device)", {"X": record(torch.ones(2))}, seed=1)
    assert observe(ask, {}, files=())[0].result == record(("cpu", "cpu"))
    there = Ask("str(device), str(X.device)", {"X": record(torch.ones(2))}, seed=1, device="cuda")
    assert observe_there(there, {}, files=())[0].result == record(("cuda", "cuda:0"))


def test_nothing_is_computed_faster_than_exactly(settings: None, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in devices.ENVIRONMENT:
        monkeypatch.delenv(name, raising=False)
    torch.set_float32_matmul_precision("medium")
    compute_exactly()
    assert torch.get_float32_matmul_precision() == "highest"
    assert not torch.backends.cudnn.allow_tf32
    assert torch.are_deterministic_algorithms_enabled()
    assert torch.is_deterministic_algorithms_warn_only_enabled()
    assert os.environ["NVIDIA_TF32_OVERRIDE"] == "0"


def test_a_question_for_the_cpu_leaves_these_settings_alone(settings: None) -> None:
    torch.use_deterministic_algorithms(mode=False)
    observe(Ask("1", {}, seed=1), {}, files=())
    assert not torch.are_deterministic_algorithms_enabled()
