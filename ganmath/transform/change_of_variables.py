"""The density of what a map makes of a random number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ganmath.divergence import Density
from ganmath.divergence.cumulative import Function
from ganmath.transform.monotone_pieces import MonotonePieces, linear_pieces, smooth_pieces
from ganmath.transform.piecewise_linear import PiecewiseLinear, density_on_the_line

BLOCK = 2048  # points at once, each with a preimage in every piece


def push_forward(
    density: Any,
    map: Function | MonotonePieces,  # noqa: A002
    *,
    breaks: Sequence[float] = (),
    inverse: Function | Sequence[Function] | None = None,
    derivative: Function | None = None,
) -> Density:
    r"""The density of T(X) for X of the given density: :math:`q(y) = \sum_{T(x) = y} p(x) / |T'(x)|`.

    ``map`` is T, an array function, strictly monotone between the ``breaks``, or a `PiecewiseLinear`, for which all is
    exact and in closed form, or a `MonotonePieces`. ``inverse`` is its inverse (one for each piece, left to right);
    else it is found by bisection, exact to the last float. ``derivative`` is T'; else it is taken by differences, to
    about 1e-11 where T is smooth over 1 % of X's width, wrongly where it is steeper: give both before you integrate.
    All three take and return arrays of one shape.

    Raises ValueError where T turns between breaks, and where it is flat: that makes an atom, which has no density
    (`PiecewiseLinear.atoms` gives their masses); TypeError for what is no density.

    References: Billingsley (1995), "Probability and measure", section 20 (change of variables).

    >>> from ganmath.divergence import Gaussian
    >>> chi2 = push_forward(Gaussian(0, 1), np.square, breaks=[0], derivative=lambda x: 2 * x)
    >>> round(float(chi2.cdf(1.0)), 12)
    0.682689492137
    >>> line = push_forward(Gaussian(0, 1), PiecewiseLinear([0], [3], left=2, right=2))
    >>> float(line.logpdf(3.0) - Gaussian(3, 2).logpdf(3.0))
    0.0
    """
    p = density_on_the_line(density)
    low, high = p.support
    if isinstance(map, MonotonePieces):
        pieces, map = map, map.map  # noqa: A001
    elif isinstance(map, PiecewiseLinear):
        pieces = linear_pieces(map, p)
    else:
        turns = np.array(sorted(float(b) for b in breaks if low < b < high))
        inverses = [inverse] if callable(inverse) else inverse
        if inverses is not None and len(inverses) != len(turns) + 1:
            raise ValueError(f"{len(turns) + 1} pieces need as many inverses, left to right, not {len(inverses)}")
        pieces = smooth_pieces(map, np.array([low, *turns, high]), inverses, derivative, p)
    inner = np.array([x for x in p.landmarks if low < x < high])
    with np.errstate(all="ignore"):
        landmarks = np.concatenate([np.asarray(map(inner), dtype=float), pieces.bottom, pieces.top])
    distribution = {"cdf": _blockwise(pieces.tail(p, False)), "sf": _blockwise(pieces.tail(p, True))}
    if pieces.rising.all() or not pieces.rising.any():
        lower, upper = (p.quantile, p.upper_quantile) if pieces.rising.all() else (p.upper_quantile, p.quantile)
        distribution |= {"quantile": lambda u: map(lower(u)), "upper_quantile": lambda u: map(upper(u))}
    support, landmarks = (float(pieces.bottom.min()), float(pieces.top.max())), landmarks[np.isfinite(landmarks)]
    q = Density(_blockwise(pieces.logpdf(p)), support, landmarks.tolist(), **distribution)
    q.poles = pieces.poles
    return q


def _blockwise(function: Function) -> Function:
    """The function of a vector (n,) as one of any shape, a block at a time."""

    def at(y: Any) -> Any:
        flat = np.asarray(y, dtype=float).ravel()
        with np.errstate(all="ignore"):
            parts = [function(flat[i : i + BLOCK]) for i in range(0, len(flat), BLOCK)]
        return np.concatenate([*parts, []]).reshape(np.shape(y))[()]

    return at
