"""What a report keeps of a figure."""

from __future__ import annotations

import math

import torch

from grader.checks.plot_specs import beside, curve, gallery
from grader.plots.panels import POINTS, panels_of


def test_curves_are_kept_with_few_points_and_digits_and_gaps_are_null() -> None:
    x = torch.linspace(-6, 6, 241)
    got = torch.where(x > 0, x / 3, math.nan)
    (panel,) = panels_of(beside(curve("relu(x)", x, got, x.clamp(min=0))))
    expected, yours = panel.lines
    assert (panel.title, expected.label, yours.label) == ("relu(x)", "expected", "yours")
    assert len(yours.x) == len(yours.y) == len(expected.y) <= POINTS
    assert (yours.x[0], yours.x[-1]) == (-6.0, 6.0)
    assert yours.y[0] is None
    assert yours.y[-1] == 2.0
    assert {len(f"{abs(one):g}".replace(".", "").lstrip("0")) for one in yours.y if one} <= {1, 2, 3, 4}


def test_images_are_not_kept() -> None:
    assert panels_of(beside(gallery("digits", [*torch.rand(2, 28, 28)], [(0, 0), (0, 1)]))) == ()
