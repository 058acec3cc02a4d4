"""Sorting with a memory of where each number came from, at the speed of sorting alone."""

from __future__ import annotations

from typing import Any

import numpy as np

from ganmath.divergence.cumulative import ordered_integers


def sorting_order(x: Any) -> np.ndarray:
    """The indices (n,) that sort the numbers x (n,), about twice as fast as `numpy.argsort`.

    Each number becomes a 64-bit integer: as many of its leading bits as there is room for, then its index. Those are
    sorted as integers, which numpy does several times as fast as an argsort. The few numbers that agree in all the bits
    that found room are then sorted among themselves.

    >>> sorting_order(np.array([3.0, -1.0, 2.0]))
    array([1, 2, 0])
    """
    x = np.asarray(x, dtype=np.float64)
    integers = ordered_integers(x)
    lowest, highest = int(integers.min()), int(integers.max())
    index_bits = (len(x) - 1).bit_length()
    surplus = max(0, (highest - lowest).bit_length() + index_bits - 64)
    keys = (integers - np.int64(lowest)).view(np.uint64)  # wraps around where the range needs it: still the distance
    keys >>= np.uint64(surplus)
    keys <<= np.uint64(index_bits)
    keys |= np.arange(len(x), dtype=np.uint64)
    keys.sort()
    order = (keys & np.uint64(2**index_bits - 1)).view(np.int64)
    if surplus:
        keys >>= np.uint64(index_bits)
        tied = keys[1:] == keys[:-1]
        if tied.any():
            # Groups of ties stay apart, as they differ in the leading bits: all can be sorted at once.
            members = np.flatnonzero(np.append(tied, False) | np.append(False, tied))
            group = order[members]
            order[members] = group[np.argsort(x[group], kind="stable")]
    return order
