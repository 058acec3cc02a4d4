"""Chebyshev series of functions on many cells at once: fitted, summed, averaged, and where they have extrema.

A cell is [-1, 1] here; a series is its coefficients (..., 16).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.polynomial import chebyshev

TERMS = 16
NODES = np.cos(np.pi * (np.arange(TERMS) + 0.5) / TERMS)  # (16,), in (-1, 1)
FIT = chebyshev.chebvander(NODES, TERMS - 1).T * (2 / TERMS)  # values at the nodes to coefficients: FIT @ values
FIT[0] /= 2
_U, _W = np.polynomial.legendre.leggauss(12)  # exact up to degree 23
_U, _W = (_U + 1) / 2, _W / 2


def _averaging(side: float, power: int) -> np.ndarray:
    """From coefficients of H to those of Q(s) = int_0^1 u^(power - 1) H(su) du; s from that end of the cell."""
    inner = side + (NODES[:, None] - side) * _U
    means = np.einsum("ijk,j->ik", chebyshev.chebvander(inner, TERMS - 1), _W * _U ** (power - 1))
    averaging: np.ndarray = FIT @ means
    return averaging


AVERAGING = {(side, power): _averaging(side, power) for side in (-1.0, 1.0) for power in (1, 2)}
# Of each T_k the largest second derivative, that at the ends.
_BENDS = np.arange(TERMS) ** 2 * (np.arange(TERMS) ** 2 - 1) / 3
# Of a series of degree 14 the matrix whose eigenvalues are its roots, and where its coefficients enter.
_COLLEAGUE = chebyshev.chebcompanion([0.0] * (TERMS - 2) + [1.0])
_LAST_COLUMN = np.array([math.sqrt(0.5)] + [0.5] * (TERMS - 3))


def clenshaw(coefficients: np.ndarray, t: np.ndarray) -> np.ndarray:
    """The series of coefficients (..., m) at t (...)."""
    later, now = np.zeros_like(t), coefficients[..., -1] * np.ones_like(t)
    for k in range(coefficients.shape[-1] - 2, 0, -1):
        later, now = now, coefficients[..., k] + 2 * t * now - later
    result: np.ndarray = coefficients[..., 0] + t * now - later
    return result


def largest_bend(coefficients: np.ndarray) -> np.ndarray:
    """A bound on the second derivative of each series on its cell."""
    bound: np.ndarray = abs(coefficients) @ _BENDS
    return bound


def extrema(coefficients: np.ndarray) -> np.ndarray:
    """Points (n, 14) among which are all places where a series (n, 16) has extrema: eigenvalues' real parts.

    References: Good (1961), "The colleague matrix, a Chebyshev analogue of the companion matrix".
    """
    slopes = chebyshev.chebder(coefficients, axis=1)
    least = np.finfo(float).eps * abs(slopes).max(axis=1) + np.finfo(float).tiny  # what is less may as well be that
    last = np.where(abs(slopes[:, -1]) > least, slopes[:, -1], least)
    matrices = np.repeat(_COLLEAGUE[None], len(slopes), axis=0)
    matrices[:, :, -1] -= slopes[:, :-1] / last[:, None] * _LAST_COLUMN
    points: np.ndarray = np.linalg.eigvals(matrices[:, ::-1, ::-1]).real  # so turned they are more accurate
    return points
