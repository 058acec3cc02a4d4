"""A ReLU network on the line, read off exactly: it is piecewise linear, and here are its pieces.

The kinks are found layer by layer in float64: inside a layer every unit is piecewise linear with the knots so far, and
bends where it crosses 0.
"""

from __future__ import annotations

from typing import TypeGuard

import numpy as np
import torch

from ganmath.gan.networks import MLP, SLOPE
from ganmath.transform import PiecewiseLinear

NEGATIVE_SLOPES = {"relu": 0.0, "leaky_relu": SLOPE}  # of the activations that are piecewise linear


def linear_pieces(net: MLP, member: int = 0) -> PiecewiseLinear:
    """One member of a ReLU or leaky-ReLU network from the line to the line, as the piecewise linear map that it is.

    Its knots are all the kinks, and 0, which may be none. The slope of a piece is exactly 0 where no unit is active.

    Raises ValueError for another activation, and for more than one input or output.

    >>> generators = [torch.Generator().manual_seed(seed) for seed in (0, 1)]
    >>> net = MLP((1, 32, 32, 1), "relu", generators)
    >>> z = np.linspace(-9, 9, 1001)
    >>> bool(abs(linear_pieces(net, member=1)(z) - net.member(1).on_line(z)).max() < 1e-14)
    True
    """
    if not is_piecewise_linear(net):
        raise ValueError(
            f"a network with activation {getattr(net, 'activation', type(net).__name__)!r} isn't piecewise linear; "
            f"these are: {', '.join(map(repr, NEGATIVE_SLOPES))}"
        )
    if net.weights[0].shape[1] != 1 or net.weights[-1].shape[2] != 1:
        raise ValueError(
            f"{net.weights[0].shape[1]} inputs and {net.weights[-1].shape[2]} outputs: give a network with "
            "one of each, from the line to the line"
        )
    negative_slope = NEGATIVE_SLOPES[net.activation]
    alone = net.member(member)
    layers = [(weight[0].numpy(), bias[0].numpy()) for weight, bias in alone.layers()]
    # A function of the line to R^n: values (k, n) at the knots (k,), slopes (n,) beyond them. First the identity.
    knots, values = np.zeros(1), np.zeros((1, 1))
    left, right = np.ones(1), np.ones(1)
    for weight, bias in layers[:-1]:
        values, left, right = values @ weight + bias, left @ weight, right @ weight
        knots, values = _with_crossings(knots, values, left, right)
        # Beyond the outermost crossings a unit keeps its sign, which a slope of 0 leaves to its value.
        sign_left = np.where(left != 0, -left, values[0])
        sign_right = np.where(right != 0, right, values[-1])
        left, right = (
            np.where(sign_left < 0, negative_slope, 1) * left,
            np.where(sign_right < 0, negative_slope, 1) * right,
        )
        values = np.where(values < 0, negative_slope * values, values)
    weight, bias = layers[-1]
    ends = {"left": float((left @ weight)[0]), "right": float((right @ weight)[0])}
    return PiecewiseLinear(knots, (values @ weight + bias)[:, 0], **ends)


def is_piecewise_linear(net: object) -> TypeGuard[MLP]:
    """Whether `linear_pieces` can read the network."""
    return isinstance(net, MLP) and net.activation in NEGATIVE_SLOPES


def lipschitz(net: MLP, member: int = 0) -> float:
    r"""The Lipschitz constant of one member on the line, :math:`\sup_x |D'(x)|`: exact, the steepest of its pieces.

    Raises what `linear_pieces` raises.

    >>> net = MLP((1, 32, 32, 1), "leaky_relu", [torch.Generator().manual_seed(0)])
    >>> x = np.linspace(-9, 9, 10_001)
    >>> steepest = abs(np.diff(net.member(0).on_line(x)) / np.diff(x)).max()
    >>> bool(0.99 < steepest / lipschitz(net) < 1 + 1e-9)
    True
    """
    knots = linear_pieces(net, member).knots
    # By backpropagation in the middle of each piece: differences of values lose digits where knots lie close.
    middles = np.concatenate([knots[:1] - 1, (knots[1:] + knots[:-1]) / 2, knots[-1:] + 1])
    x = torch.as_tensor(middles).reshape(1, -1, 1).requires_grad_()
    (slopes,) = torch.autograd.grad(net.member(member)(x).sum(), x)
    return float(slopes.abs().max())


def _with_crossings(
    knots: np.ndarray, values: np.ndarray, left: np.ndarray, right: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Knots and values with the points added where any coordinate crosses 0; there it is exactly 0."""
    before, after = values[:-1], values[1:]
    piece, unit = np.nonzero(before * after < 0)
    share = before[piece, unit] / (before[piece, unit] - after[piece, unit])
    new_knots = [knots[piece] + share * (knots[piece + 1] - knots[piece])]
    new_values = [before[piece] + share[:, None] * (after[piece] - before[piece])]
    new_units = [unit]
    for knot, value, slope, outward in ((knots[0], values[0], left, -1), (knots[-1], values[-1], right, 1)):
        (unit,) = np.nonzero(outward * slope * value < 0)
        step = -value[unit] / slope[unit]
        new_knots.append(knot + step)
        new_values.append(value + step[:, None] * slope)
        new_units.append(unit)
    added, units = np.concatenate(new_values), np.concatenate(new_units)
    added[np.arange(len(units)), units] = 0.0
    all_knots, first = np.unique(np.concatenate([knots, *new_knots]), return_index=True)
    return all_knots, np.concatenate([values, added])[first]
