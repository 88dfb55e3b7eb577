"""What an answer that is written from scratch may use: the policy of the check `from_scratch`.

Every answer may use the `ELEMENTARY` operations, from which everything else is made. Whatever else torch has
belongs to a family of ready-made functions (`FAMILIES`). An exercise names the families that would do its
work; the others are open to it. An operation that is neither elementary nor in a family is refused
everywhere, so a new function of torch is not accepted by oversight.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from grader.records.verdict import Broken

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from grader.checks.case import Case
    from grader.checks.check import Judge
    from grader.records.protocol import Observation

FAMILIES: Final = {
    "softmax": (
        "*softmax*", "softmin", "*attention*", "*sdp_choice", "transformer_encoder*", "cross_entropy*",
    ),
    "sigmoid": (
        "sigmoid*", "log_sigmoid*", "logsigmoid*", "expit", "logistic*", "glu*", "silu*", "*lstm*", "*gru*",
        "softplus_backward", "binary_cross_entropy_with_logits*", "soft_margin_loss*", "multilabel_soft_*",
    ),
    "tanh": ("tanh*", "rnn_tanh*", "*lstm*", "*gru*", "gelu*", "mish*"),
    "relu": (
        "*relu*", "elu*", "selu*", "celu*", "softplus*", "*margin_loss*",
        "*margin_*_loss*", "hinge_embedding_loss*",
    ),
    "other activations": (
        "threshold*", "hardtanh*", "hardsigmoid*", "hardswish*", "hardshrink*", "softshrink*", "softsign",
    ),
    "losses": (
        "*_loss*", "*cross_entropy*", "kl_div*", "ctc_*", "torch.nn.modules.loss", "torch.distributions",
    ),
    "dropout": ("*dropout*",),
    "layers": (
        "*convolution*", "*conv2d*", "*_pool*", "*batch_norm*", "*layer_norm*", "*group_norm*", "*rms_norm*",
        "upsample*", "embedding_bag*",
    ),
    "optimizers": (
        "torch.optim", "torch.distributed.optim", "torch.distributed._shard.sharded_optim", "fused_sgd*",
        "fused_adam*", "fused_adagrad*",
    ),
    "autograd": (
        "autograd", "backward", "grad", "make_dual", "torch.autograd.functional",
        "torch.autograd.forward_ad.dual_level", "torch._functorch.eager_transforms",
    ),
}  # fmt: skip
"""Ready-made functions, by what they compute: patterns of bare names, and modules of torch.

A function belongs to each family whose work it does: a gated unit contains a sigmoid and a tanh, a leaky ReLU
of slope 0 is a ReLU.
"""

ELEMENTARY: Final = frozenset(
    name
    for line in (
        # Sums and products.
        "add addbmm addcdiv addcmul addmm addmv addr baddbmm bmm cross dist div dot einsum",
        "floor_divide fmod ger inner int_mm kron linear matmul mm mul multiply mv neg outer rsub sub",
        "tensordot trace trilinear true_divide vdot",
        # Functions of each element.
        "abs angle ceil clamp clamp_max clamp_min complex conj conj_physical copysign deg2rad floor",
        "frac frexp imag heaviside lerp nan_to_num nextafter polar positive rad2deg real reciprocal",
        "remainder round sgn sign signbit trunc acos acosh asin asinh atan atan2 atanh cos cosh erf",
        "erfc erfinv exp exp2 expm1 hypot ldexp log log10 log1p log2 logaddexp logaddexp2 logit",
        "lgamma pow rsqrt sin sinc sinh sqrt square tan xlog1py xlogy entr",
        # Along an axis.
        "all allclose amax amin aminmax any argmax argmin bincount count_nonzero cummax cummax_helper",
        "cummin cummin_helper cumprod cumsum cumulative_trapezoid diff histc kthvalue logcumsumexp",
        "logsumexp max mean median min mode nanmean nanmedian nansum norm prod quantile std std_mean",
        "sum topk trapezoid var var_mean segment_reduce native_norm powsum renorm cdist_forward",
        "euclidean_dist pdist_forward",
        # Comparisons, logic, choices.
        "bitwise_and bitwise_left_shift bitwise_not bitwise_or bitwise_right_shift bitwise_xor eq",
        "equal fmax fmin ge gt isclose isfinite isin isinf isnan isneginf isposinf is_all_true",
        "is_any_true is_nonzero le logical_and logical_not logical_or logical_xor lshift lt maximum",
        "minimum ne rshift where ilshift irshift gcd lcm",
        # Shapes and indices.
        "alias alias_copy as_strided as_strided_scatter atleast_1d block_diag broadcast_tensors",
        "broadcast_to bucketize cat chunk clone col2im constant_pad_nd copy detach diag diag_embed",
        "diagonal diagonal_scatter embedding expand flatten flip gather im2col index index_add",
        "index_copy index_fill index_put index_put_impl index_reduce index_select masked_fill",
        "masked_scatter masked_select meshgrid movedim narrow neg_view nonzero nonzero_static one_hot",
        "permute put ravel reflection_pad1d reflection_pad2d reflection_pad3d repeat",
        "repeat_interleave replication_pad1d replication_pad2d replication_pad3d reshape",
        "reshape_alias resize resize_as roll rot90 scatter scatter_add scatter_reduce searchsorted",
        "select select_scatter set slice slice_scatter sort split split_with_sizes squeeze stack",
        "swapaxes t take transpose tril tril_indices triu triu_indices unbind unfold unique unique2",
        "unique_consecutive unique_dim unique_dim_consecutive unsafe_index unsafe_index_put",
        "unsafe_masked_index unsafe_split unsafe_split_with_sizes unsafe_view unsqueeze view view_as",
        "view_as_complex view_as_real chunk_cat",
        # New tensors.
        "arange efficientzerotensor empty empty_like empty_permuted empty_strided eye fill full",
        "full_like lift lift_fresh lift_fresh_copy linspace logspace new_empty new_empty_strided",
        "new_full new_ones new_zeros new_zeros_with_same_feature_meta ones ones_like range",
        "scalar_tensor to_copy zero zeros zeros_like",
        # Random numbers.
        "bernoulli binomial cauchy exponential geometric log_normal multinomial normal poisson rand",
        "rand_like randint randint_like randn randn_like random randperm uniform",
        # Sparse layouts.
        "coalesce coalesced col_indices crow_indices indices dense_dim nnz sparse_coo_tensor",
        "sparse_dim sparse_mask sparse_sum sparse_addmm sparse_sparse_matmul is_coalesced to_dense",
        "to_sparse to_sparse_csr values sparse_coo_tensor_with_dims",
        "sparse_coo_tensor_with_dims_and_tensors sparse_resize sparse_resize_and_clear",
        "sparse_compressed_tensor validate_compressed_sparse_indices",
        # What torch does for itself.
        "assert_async assert_scalar assert_tensor_metadata dim has_same_storage_numel is_pinned",
        "is_same_size is_set_to item local_scalar_dense numel pin_memory print record_stream",
        "resolve_conj resolve_neg size storage_offset stride sym_size fw_primal",
        "functional_assert_async unpack_dual",  # printing asks whether a tensor is a dual one
    )
    for name in line.split()
)
"""Operations that belong to no family, by their bare names."""
KNOWN_KINDS: Final = (
    "linalg_*", "fft_*", "cholesky*", "lu_*", "sparse_csr_*",
    *(pattern for family in FAMILIES.values() for pattern in family),
)  # fmt: skip
"""Patterns of further elementary operations, and of all families."""


def refused_by(refused: Sequence[str], seen: Observation) -> list[str]:
    """Return what an answer used although its exercise refuses it: bare names, and modules of torch.

    Args:
        refused: what the exercise refuses: families, functions by their bare names, and modules.
        seen: what was observed of the answer.

    """
    patterns = [pattern for one in refused for pattern in FAMILIES.get(one, (one,))]
    used = {_match(name, patterns) for name in (*seen.called, *seen.operations)}
    unknown = {name for name in seen.operations if not _is_known(name)}
    return sorted((used | unknown) - {""})


def from_scratch_judge(refused: Sequence[str]) -> Judge:
    """Return the judge of the check `from_scratch` of an exercise that refuses this."""

    def judge(_case: Case, seen: Observation, _result: Any) -> None:  # noqa: ANN401 - not looked at
        used = refused_by(refused, seen)
        if used:
            message = f"your code uses PyTorch's {_listed(used, 'and')}, which does the exercise for you"
            raise Broken(message)

    return judge


def statement(name: str, refused: Sequence[str]) -> str:
    """Return the statement of the check `from_scratch`."""
    return f"{name} is written from scratch: it doesn't use PyTorch's {_listed(refused, 'or')}."


def _match(name: str, patterns: Sequence[str]) -> str:
    """Return what to call a function that one of the patterns fits: its module, or its bare name."""
    bare = name.rpartition(".")[2].strip("_")
    for pattern in patterns:
        if "." in pattern and f"{name}.".startswith(f"{pattern}."):
            return pattern
        if fnmatchcase(bare, pattern):
            return bare
    return ""


def _is_known(operation: str) -> bool:
    """Return whether an operation is elementary, or in a family."""
    return operation in ELEMENTARY or ("::" not in operation and bool(_match(operation, KNOWN_KINDS)))


def _listed(names: Sequence[str], word: str) -> str:
    return f"{', '.join(names[:-1])} {word} {names[-1]}" if len(names) > 1 else names[0]
