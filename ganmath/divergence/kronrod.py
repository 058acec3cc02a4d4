"""The Gauss-Kronrod rule, its error estimate, and a remedy where floats are too coarse for its nodes."""

from __future__ import annotations

import numpy as np

# The 21-point Kronrod rule and the 10-point Gauss rule it contains (Piessens et al. 1983), on [-1, 1]:
# nodes >= 0 from the outermost in; the Gauss nodes are every second one.
_KRONROD_NODES = np.array([
    0.995657163025808080735527280689003, 0.973906528517171720077964012084452, 0.930157491355708226001207180059508,
    0.865063366688984510732096688423493, 0.780817726586416897063717578345042, 0.679409568299024406234327365114874,
    0.562757134668604683339000099272694, 0.433395394129247190799265943165784, 0.294392862701460198131126603103866,
    0.148874338981631210884826001129720, 0.0,
])  # fmt: skip
_KRONROD_WEIGHTS = np.array([
    0.011694638867371874278064396062192, 0.032558162307964727478818972459390, 0.054755896574351996031381300244580,
    0.075039674810919952767043140916190, 0.093125454583697605535065465083366, 0.109387158802297641899210590325805,
    0.123491976262065851077958109585166, 0.134709217311473325928054001771707, 0.142775938577060080797094273138717,
    0.147739104901338491374841515972068, 0.149445554002916905664936468389821,
])  # fmt: skip
_GAUSS_WEIGHTS = np.array([
    0.066671344308688137593568809893332, 0.149451349150580593145863396957658, 0.219086362515982043995534934228163,
    0.269266719309996355091226921569469, 0.295524224714752870173815619188769,
])  # fmt: skip
NODES = np.concatenate([-_KRONROD_NODES, _KRONROD_NODES[-2::-1]])
WEIGHTS = np.concatenate([_KRONROD_WEIGHTS, _KRONROD_WEIGHTS[-2::-1]])
GAUSS = np.zeros(21)
GAUSS[1:10:2] = _GAUSS_WEIGHTS
GAUSS[11:20:2] = _GAUSS_WEIGHTS[::-1]

COARSE, HOPELESS = 1e-13, 1e-4  # of half a panel: nodes that round by more are corrected for, or past help
_GAPS = NODES[:, None] - NODES + np.eye(21)
_SCALES = _GAPS.prod(axis=1)
# The derivative at the nodes of the polynomial through values there: values @ _SLOPES.
_SLOPES = (_SCALES[:, None] / (_SCALES * _GAPS)).T * (1 - np.eye(21))
_SLOPES -= np.diag(_SLOPES.sum(axis=0))
# Legendre coefficients of the values: values @ _LEGENDRE, the first _MIDDLE from the middle, then the last.
_MIDDLE = 3
_DEGREES = np.array([8, 9, 10, 17, 18, 19, 20])
_LEGENDRE = np.polynomial.legendre.legvander(NODES, 20)[:, _DEGREES] * WEIGHTS[:, None] * (_DEGREES + 0.5)
KINK = 1e-12  # of the integral of |f|: last coefficients below may be rounding
UNSEEN = 2.0  # times the last coefficients: a smooth function is less off from its polynomial
END = 1e-6  # of half a panel: so near its ends it is looked for kinks beyond the outermost nodes
# The polynomial through the values near both ends: values @ _TO_ENDS.
_TO_ENDS = np.stack([np.prod(x - NODES) / (x - NODES) / _SCALES for x in (END - 1.0, 1.0 - END)], axis=-1)


def nodes_on(low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray | None]:
    """The nodes (k, 21) on intervals (k,), and by how much of half an interval they round if that is much.

    Far from 0 floats are coarse: at 1e6 they lie 1e-10 apart, which is much for a peak of width 1e-3.
    """
    half = (high - low) / 2
    x = low[:, None] + half[:, None] * (1.0 + NODES)
    if (half > 1e-3 * np.maximum(abs(low), abs(high))).all():  # then x rounds by 1e-13 of half, at most
        return x, None
    with np.errstate(invalid="ignore"):  # of an interval of no width
        return x, (x - low[:, None]) / half[:, None] - (1.0 + NODES)


def coarse(rounding: np.ndarray | None) -> np.ndarray | bool:
    """Of which intervals (k,) the nodes round by more than can be left as it is."""
    return False if rounding is None else abs(rounding).max(axis=-1) > COARSE


def at_exact_nodes(values: np.ndarray, rounding: np.ndarray | None) -> np.ndarray:
    """The values (m, k, 21) moved along their slopes, from where the nodes are to where the rule wants them."""
    if rounding is None:
        return values
    off = coarse(rounding) & (abs(rounding).max(axis=-1) < HOPELESS) & np.isfinite(values).all(axis=(0, -1))
    moved = values.copy()
    steps = rounding[off] * (values[:, off] @ _SLOPES)
    moved[:, off] -= np.where(np.isfinite(steps), steps, 0.0)  # near the largest floats slopes overflow
    return moved


def estimated_error(values: np.ndarray, at_ends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The rule's integrals over [-1, 1] of functions with the values (..., 21), and how far off they may be.

    The largest of three estimates. QUADPACK's is the difference of the two rules, which by chance may vanish at a kink.
    The second looks at how the function's Legendre coefficients fall, from the middle ones to the last: geometrically
    where it is smooth, and so slowly at a kink that none of the last ones is small. The third is for a kink that no
    node sees, between an end and the outermost node: the function's values ``at_ends`` (..., 2), NaN if unknown, aren't
    those of the polynomial through the others.
    """
    kronrod, size = (values * WEIGHTS).sum(axis=-1), (abs(values) * WEIGHTS).sum(axis=-1)
    coefficients = abs(values @ _LEGENDRE)
    middle, last = coefficients[..., :_MIDDLE].max(axis=-1), coefficients[..., _MIDDLE:].max(axis=-1)
    fall = np.minimum(last / np.where(middle > 0, middle, 1.0), 1.0)
    missed = abs(values @ _TO_ENDS - at_ends).max(axis=-1)
    singular = (missed > abs(values).max(axis=-1)) & (size > 0)  # an end of which the other estimates know
    hidden = (missed > UNSEEN * last + KINK * size) & ~singular
    error = sharpened(abs(kronrod - (values * GAUSS).sum(axis=-1)), size)
    error = np.maximum(error, np.where(last > KINK * size, last * fall, 0.0))
    return kronrod, np.maximum(error, np.where(hidden, missed * (1 - NODES[-1]), 0.0))


def sharpened(error: np.ndarray, size: np.ndarray) -> np.ndarray:
    """QUADPACK's estimate: the difference of the two rules, sharpened where it is small beside the integral of |f|."""
    beside = np.where(size > 0, size, 1.0)
    return np.where(size > 0, size * np.minimum(1.0, (200 * error / beside) ** 1.5), 0.0)
