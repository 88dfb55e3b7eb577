"""What an answer written from scratch may use: families, elementary operations, and everything else."""

from __future__ import annotations

import pytest
import torch

from grader import PACKAGE
from grader.checks.from_scratch import ELEMENTARY, FAMILIES, refused_by, statement
from grader.execution.call_watch import Calls, bare_name, watching
from grader.records.protocol import Observation


def operations_of_torch() -> set[str]:
    """Return the bare names of all operations that a dispatch mode may see."""
    names = [name for name in torch._C._dispatch_get_all_op_names() if name.startswith("aten::")]
    return {bare_name(name.removeprefix("aten::").partition(".")[0]) for name in names}


@pytest.mark.parametrize(
    ("refused", "called", "used"),
    [
        (["softmax"], ["exp", "sum"], []),
        (["softmax"], ["softmax"], ["softmax"]),
        (["softmax"], ["torch.nn.functional.gumbel_softmax", "exp"], ["gumbel_softmax"]),
        (["softmax"], ["log_softmax", "sparse_softmax"], ["log_softmax", "sparse_softmax"]),
        (["softmax"], ["scaled_dot_product_attention"], ["scaled_dot_product_attention"]),
        (["softmax"], ["sigmoid", "relu", "logsumexp"], []),
        (["sigmoid"], ["tanh", "softmax", "hardsigmoid"], []),
        (["sigmoid"], ["glu", "log_sigmoid"], ["glu", "log_sigmoid"]),
        (["tanh"], ["tanhshrink", "rnn_tanh_cell", "atanh"], ["rnn_tanh_cell", "tanhshrink"]),
        (["relu"], ["leaky_relu", "elu", "clamp", "maximum", "threshold"], ["elu", "leaky_relu"]),
        (["losses"], ["nll_loss", "torch.distributions.categorical.Categorical.log_prob"],
         ["nll_loss", "torch.distributions"]),
        (["optimizers"], ["torch.optim.sgd.SGD.step", "fused_sgd"], ["fused_sgd", "torch.optim"]),
        (["autograd"], ["autograd", "torch._tensor.Tensor.backward"], ["autograd", "backward"]),
        (["autograd"], ["torch.autograd.forward_ad.make_dual"], ["make_dual"]),
        (["autograd"], ["torch._functorch.apis.vmap", "relu"], []),
        (["torch.nn.utils"], ["torch.nn.utils.clip_grad.clip_grad_norm_"], ["torch.nn.utils"]),
        (["torch.optim"], ["torch.optimizer.f", "torch.nn"], []),
        (["rms_norm"], ["rms_norm", "norm"], ["rms_norm"]),
        (["matmul"], ["matmul"], ["matmul"]),
    ],
)  # fmt: skip
def test_functions_are_refused_by_family_name_or_module(
    refused: list[str], called: list[str], used: list[str]
) -> None:
    assert refused_by(refused, Observation(called=tuple(called))) == used


def test_printing_a_tensor_is_no_use_of_autograd() -> None:
    calls = Calls()
    with watching(calls):
        str(torch.ones(2, requires_grad=True) * 2)
    seen = Observation(called=tuple(calls.called), operations=tuple(calls.operations))
    assert refused_by(["softmax", "autograd", "losses"], seen) == []


def test_an_operation_that_is_not_known_is_refused_everywhere() -> None:
    seen = Observation(operations=("exp", "brand_new_activation", "mine::softmax"))
    assert refused_by(["relu"], seen) == ["brand_new_activation", "mine::softmax"]


def test_the_operations_of_a_family_that_is_not_refused_are_open() -> None:
    seen = Observation(operations=("tanh", "softmax", "leaky_relu", "fused_sgd"))
    assert refused_by(["sigmoid"], seen) == []


def test_the_statement_names_what_is_refused() -> None:
    assert statement("f", ["softmax"]) == "f is written from scratch: it doesn't use PyTorch's softmax."
    assert statement("f", ["a", "b", "c"]).endswith("PyTorch's a, b or c.")


def test_no_elementary_operation_is_in_a_family() -> None:
    seen = Observation(operations=tuple(sorted(ELEMENTARY)))
    assert refused_by([*FAMILIES], seen) == []


def test_elementary_operations_are_torchs_own() -> None:
    unknown = ELEMENTARY - operations_of_torch()
    assert unknown <= {"sym_size", "coalesced"}, "a misspelt name lets nothing pass"


@pytest.mark.parametrize("family", sorted(set(FAMILIES) - {"autograd", "optimizers"}))
def test_each_family_has_operations_of_torch(family: str) -> None:
    assert refused_by([family], Observation(called=tuple(sorted(operations_of_torch()))))


def test_authors_find_all_families_in_their_page() -> None:
    page = (PACKAGE.parent / "docs" / "authors" / "writing-exercises.md").read_text(encoding="utf-8")
    assert not [family for family in FAMILIES if f"| `{family}` |" not in page]
