"""What an integral holds beyond its outermost panels: a tail like a power, summed to its end or seen to diverge."""

from __future__ import annotations

import math

import numpy as np

NOTHING = 1e-17  # of an integral: a farthest panel with less says nothing
LEVEL = 1 - 1e-9  # a series whose ratios are not below has no sum


def beyond_panels(values: np.ndarray, far: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What the integrals (m,) hold beyond the outermost of the panels (m, k), and how far off that may be.

    A tail like a power fills the far panels, in geometric steps, like a geometric series: it is summed to its end, and
    infinite where it doesn't fall. How much the sum from all of them differs from that of the inner half is the doubt:
    a tail with a logarithm, whose ratios creep up to 1, is left with much of it. The third are the panels (k,) whose
    values that sum replaces: they must stay as they are.
    """
    rest, doubt, replaced = np.zeros(len(values)), np.zeros(len(values)), np.zeros(len(far), dtype=bool)
    near = np.flatnonzero(~far)
    for row in np.flatnonzero(np.isfinite(values).all(axis=1)) if near.size else ():
        whole = abs(values[row]).sum()
        for outward in (np.arange(near[0])[::-1], np.arange(near[-1] + 1, len(far))):
            terms = values[row, outward]
            alive = np.flatnonzero(terms)
            # A panel in which the integrand underflows is not like those before.
            used = int(alive[-1]) + (alive[-1] == len(terms) - 1) if alive.size else 0
            if not used or not abs(terms[used - 1]) > NOTHING * whole:
                continue
            following, off = _series_beyond(terms[:used])
            rest[row], doubt[row] = rest[row] + following - terms[used:].sum(), doubt[row] + off
            replaced[outward[used:]] = True
    rest[np.isinf(values).any(axis=1)] = np.inf
    return rest, doubt, replaced


def _series_beyond(terms: np.ndarray) -> tuple[float, float]:
    """The sum of what follows the terms of about a geometric series, and how far off it may be."""
    if len(terms) < 4:
        return 0.0, float(abs(terms).sum())
    half = len(terms) // 2
    with np.errstate(all="ignore"):
        ratios = terms[1:] / terms[:-1]
    if (ratios[half - 2 :] >= LEVEL).all():
        return math.inf, 0.0
    inner, last = ratios[half - 2], ratios[-1]
    if not (abs(inner) < LEVEL and abs(last) < LEVEL):
        return 0.0, float(abs(terms[half:]).sum())
    following = terms[-1] * last / (1 - last)
    off = terms[half:].sum() + following - terms[half - 1] * inner / (1 - inner)
    return float(following), float(abs(off))
