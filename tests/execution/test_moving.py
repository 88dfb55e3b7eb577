"""A model moves to a device as it is: kinds of tensors, and what they share, stay the same."""

from __future__ import annotations

from typing import NamedTuple

import pytest
import torch

from grader.execution.moving import moved
from tests.gpu.simulated import StandIn

CUDA = torch.device("cuda:0")


class Layers(torch.nn.Module):
    """Has a parameter, a buffer, a tensor and a number."""

    def __init__(self) -> None:
        super().__init__()
        self.W = torch.nn.Parameter(torch.ones(2))
        self.register_buffer("mean", torch.ones(2))
        self.b = torch.ones(2, requires_grad=True)
        self.layer = torch.nn.LazyLinear(3)
        self.lr = 0.1


class Pair(NamedTuple):
    """Two weights."""

    W: torch.Tensor
    b: torch.Tensor


class Plain:
    """No module: as the book's first model is, to Python."""

    def __init__(self) -> None:
        self.w = torch.ones(2, requires_grad=True)
        self.seen = torch.zeros(2)
        self.scaled = 0.01 * self.w
        self.params = [self.w, torch.ones(3, requires_grad=True)]
        self.by_name = {"w": self.w, "more": {"b": torch.zeros(1, requires_grad=True)}}
        self.pair = Pair(self.w, torch.ones(1))
        self.both = (self.scaled, 3)
        self.column = torch.arange(6.0).reshape(2, 3)
        self.view = self.column[:, 1]
        self.copy = self.w.detach()
        self.text = "w"
        self.itself = [self]


@pytest.fixture
def there() -> StandIn:
    """A stand-in for a GPU."""
    return StandIn("cuda:0")


def test_every_tensor_moves(there: StandIn) -> None:
    model, plain = Layers(), Plain()
    with there.active():
        moved(model, CUDA)
        moved(plain, CUDA)
        tensors = [model.W, model.mean, model.b, *model.parameters(), plain.w, plain.seen, plain.scaled]
        tensors += [*plain.params, plain.by_name["more"]["b"], *plain.pair, plain.both[0], plain.view]  # type: ignore[index]
        assert {str(tensor.device) for tensor in tensors} == {"cuda:0"}
        assert (model.b.requires_grad, model.b.is_leaf, model.lr) == (True, True, 0.1)


def test_a_leaf_stays_the_same_object_and_everybody_who_has_it_has_it_still(there: StandIn) -> None:
    plain = Plain()
    w, elsewhere = plain.w, torch.optim.SGD([plain.w], 0.1)
    with there.active():
        moved(plain, CUDA)
        assert plain.w is w is plain.params[0] is plain.by_name["w"] is plain.pair.W
        assert str(elsewhere.param_groups[0]["params"][0].device) == "cuda:0"
    assert (w.requires_grad, w.is_leaf, w.tolist()) == (True, True, [1.0, 1.0])
    assert (plain.seen.requires_grad, plain.seen.is_leaf) == (False, True)


def test_what_is_no_leaf_becomes_none(there: StandIn) -> None:
    """As a weight that was scaled after it was told to require gradients: no gradient reaches it."""
    plain = Plain()
    with there.active():
        moved(plain, CUDA)
        assert plain.both[0] is plain.scaled
        assert (plain.scaled.is_leaf, plain.scaled.requires_grad) == (False, True)
        plain.scaled.sum().backward()
    assert plain.w.grad is not None


def test_a_tuple_that_is_shared_is_the_same_everywhere(there: StandIn) -> None:
    plain = Plain()
    pair = (plain.scaled, 2 * plain.w)
    plain.first, plain.again, plain.listed = pair, pair, [pair]  # type: ignore[attr-defined]
    with there.active():
        moved(plain, CUDA)
        first, again, (listed,) = plain.first, plain.again, plain.listed  # type: ignore[attr-defined]
        assert first is again is listed
        assert {str(tensor.device) for tensor in first} == {"cuda:0"}


def test_what_shares_memory_shares_it_afterwards(there: StandIn) -> None:
    plain = Plain()
    with there.active():
        moved(plain, CUDA)
        plain.column[:, 1] = 7.0
        assert plain.view.tolist() == [7.0, 7.0]
        with torch.no_grad():
            plain.w += 1
        assert plain.copy.tolist() == [2.0, 2.0]


def test_on_the_cpu_nothing_is_touched() -> None:
    plain = Plain()
    before = dict(vars(plain))
    assert moved(plain, torch.device("cpu")) is plain
    assert all(value is vars(plain)[name] for name, value in before.items())
