r"""A smooth network on the line, read off to all digits: where it turns, and where it crosses any level.

Its slope is a polynomial on each of some hundred cells, to 13 digits. Where it is 0 the line is cut into pieces
on which the network is monotone. Beside such a root r the map is :math:`G(r) + s^2 Q(s)`, :math:`s = z - r`, so that
close to a critical value, where the density is infinite, nothing cancels.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ganmath.divergence import Density
from ganmath.divergence.cumulative import smallest_float
from ganmath.gan.networks import ACTIVATIONS, MLP
from ganmath.gan.series import AVERAGING, FIT, NODES, TERMS, clenshaw, extrema, largest_bend
from ganmath.transform import MonotonePieces

CONVERGED = 1e-13  # the last terms beside the largest
NOISE = 4e-15  # of the terms that make up a slope: what is less is rounding
MOST_CELLS = 5000
DEEPEST = 30  # halvings of a cell
SATURATED = 40.0  # from such an input on tanh and SiLU are their asymptotes, to all digits
FARTHEST = 1e-300  # the noise's mass beyond the cells
LOOKS = 64  # points in a cell at which the slope's sign is looked at
NEWTON_STEPS = 60  # from a good guess five do
INDISTINCT = 4.0  # units in the last place within which values are one point to floats
UNSEEN = 1e-6  # mass at such a point that is called an atom


class SmoothMap:
    """One member of an MLP from the line to the line with a smooth activation, on the support of its noise.

    Raises ValueError for a network that is constant.
    """

    def __init__(self, net: MLP, noise: Density, member: int = 0):
        alone = net.member(member)
        self.activation = alone.activation
        self.layers = [(weight[0].numpy(), bias[0, 0].numpy()) for weight, bias in alone.layers()]
        self.noise = noise
        low, high = noise.support
        # Beyond `first` and `last` the network is its asymptote or the noise is negligible.
        (self.slope_low, self.limit_low, reach_low), (self.slope_high, self.limit_high, reach_high) = (
            self._asymptote(-1.0), self._asymptote(1.0)
        )  # fmt: skip
        first, last = float(noise.quantile(FARTHEST)), float(noise.upper_quantile(FARTHEST))
        first = low if math.isfinite(low) else max(first, -reach_low)
        last = high if math.isfinite(high) else min(last, reach_high)
        width = float(noise.quantile(0.75) - noise.quantile(0.25))
        middle = float(noise.quantile(0.5))
        first, last = min(first, middle - width), max(last, middle + width)
        ends = np.arcsinh((np.array([first, last]) - middle) / width)
        edges = middle + width * np.sinh(np.linspace(ends[0], ends[1], 33))
        edges[[0, -1]] = first, last
        edges, coefficients = self._converged(edges, np.zeros(0))
        self.turns = self._turns(edges, coefficients)  # where the slope changes its sign
        marks = np.sort(np.concatenate([[first], self.turns, [last]]))
        edges = np.unique(np.concatenate([edges, marks, (marks[1:] + marks[:-1]) / 2]))
        self.edges, self.coefficients = self._converged(edges, self.turns)
        self.values = self.jet(self.edges)[0]
        self._cut()

    def __call__(self, z: np.ndarray) -> np.ndarray:
        """G at z of any shape, at infinity its limits."""
        z = np.asarray(z, dtype=float)
        value = self.jet(np.clip(z, -1e300, 1e300).ravel())[0].reshape(z.shape)
        for sign, limit, slope in ((-1.0, self.limit_low, self.slope_low), (1.0, self.limit_high, self.slope_high)):
            value = np.where(
                z == sign * math.inf, limit if slope == 0 else math.copysign(math.inf, slope * sign), value
            )
        return value

    def jet(self, z: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """G and G' at z (n,), and how large the terms are that make up G': it rounds like them."""
        value: Any = z[:, None]
        slope: Any = np.ones((1, 1))
        size: Any = slope
        for weight, bias in self.layers[:-1]:
            value, bend = _activated(value @ weight + bias, self.activation)
            slope, size = bend * (slope @ weight), abs(bend) * (size @ abs(weight))
        weight, bias = self.layers[-1]
        slope, size = (np.broadcast_to(of_z[:, 0], z.shape) for of_z in (slope @ weight, size @ abs(weight)))
        return (value @ weight + bias)[:, 0], slope, size

    def _asymptote(self, direction: float) -> tuple[float, float, float]:
        """Slope and value at 0 of the line that G is far out in that direction, and from what distance on it is."""
        slope, value, reach = np.array([direction]), np.zeros(1), 0.0
        for weight, bias in self.layers[:-1]:
            slope, value = slope @ weight, value @ weight + bias
            moving = slope != 0
            if moving.any():
                reach = max(reach, float(((abs(value[moving]) + SATURATED) / abs(slope[moving])).max()))
            still = _activated(value, self.activation)[0]
            if self.activation == "tanh":
                slope, value = np.zeros_like(slope), np.where(moving, np.sign(slope), still)
            else:
                value = np.where(moving, np.where(slope > 0, value, 0.0), still)
                slope = np.maximum(slope, 0.0)
        weight, bias = self.layers[-1]
        return float((slope @ weight)[0]) * direction, float((value @ weight + bias)[0]), reach

    def _converged(self, edges: np.ndarray, turns: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Cells halved until the polynomial of G', divided by z - r beside a turn r, has converged; coefficients."""
        done = np.zeros(len(edges) - 1, dtype=bool)
        fitted, noise = np.zeros((len(done), TERMS)), np.zeros(len(done))
        for _ in range(DEEPEST):
            low, high = edges[:-1][~done], edges[1:][~done]
            z = (low + high)[:, None] / 2 + (high - low)[:, None] / 2 * NODES
            slopes, sizes = (of_z.reshape(z.shape) for of_z in self.jet(z.ravel())[1:])
            for ends in (low, high):
                beside = np.where(np.isin(ends, turns)[:, None], z - ends[:, None], 1.0)
                slopes, sizes = slopes / beside, sizes / abs(beside)
            fitted[~done] = slopes @ FIT.T
            noise[~done] = NOISE * sizes.max(axis=1) + FARTHEST
            rough = abs(fitted[:, -2:]).max(axis=1) > np.maximum(CONVERGED * abs(fitted).max(axis=1), noise)
            middle = (edges[1:] + edges[:-1]) / 2
            rough &= ~done & (edges[:-1] < middle) & (middle < edges[1:])
            if not rough.any() or len(edges) > MOST_CELLS:
                break
            counts = np.where(rough, 2, 1)
            edges = np.sort(np.concatenate([edges, middle[rough]]))
            done, noise, fitted = (np.repeat(of_cell, counts, axis=0) for of_cell in (~rough, noise, fitted))
        return edges, fitted

    def _turns(self, edges: np.ndarray, coefficients: np.ndarray) -> np.ndarray:
        """Where G' changes its sign, to the last float, and by more than it rounds.

        It may cross 0 and return between two looks if it bends enough: in such cells its extrema are looked at, too.
        """
        looks = self._looked_at(edges)
        _, slope, size = self.jet(looks)
        least = abs(slope[:-1]).reshape(-1, LOOKS).min(axis=1)
        close = least <= largest_bend(coefficients) * (2 / LOOKS) ** 2 / 2
        middle, half = (edges[1:] + edges[:-1])[close, None] / 2, np.diff(edges)[close, None] / 2
        inner = (middle + half * np.clip(extrema(coefficients[close]), -1, 1)).ravel()
        _, more_slope, more_size = self.jet(inner)
        z, order = np.unique(np.append(looks, inner), return_index=True)
        slope, size = np.append(slope, more_slope)[order], np.append(size, more_size)[order]
        seen = abs(slope) > NOISE * size
        z, sign = z[seen], np.sign(slope[seen])
        if not len(z):
            raise ValueError(
                "the network is constant: its distribution is a single atom, which has no density; take another seed, "
                "or another snapshot"
            )
        k = np.flatnonzero(sign[1:] != sign[:-1])
        return smallest_float(lambda x: np.sign(self.jet(x)[1]) == sign[k + 1], z[k], z[k + 1])

    def _cut(self) -> None:
        """The cells as polynomials from one of their ends, and the pieces between turns."""
        low, high = self.edges[:-1], self.edges[1:]
        turn_low, turn_high = np.isin(low, self.turns), np.isin(high, self.turns)
        self.power = np.where(turn_low | turn_high, 2, 1)
        side = np.where(turn_high, 1.0, -1.0)
        self.anchor = np.where(turn_high, high, low)
        self.anchor_value = np.where(turn_high, self.values[1:], self.values[:-1])
        self.middle, self.half = (low + high) / 2, (high - low) / 2
        self.end = np.where(turn_high, low, high) - self.anchor  # of s
        self.mean_coefficients = np.empty_like(self.coefficients)
        for (at, power), averaging in AVERAGING.items():
            chosen = (side == at) & (self.power == power)
            self.mean_coefficients[chosen] = self.coefficients[chosen] @ averaging.T
        places = np.searchsorted(self.edges, self.turns)
        self.starts = np.concatenate([[0], places, [len(low)]])  # of pieces, among the edges

    def slope(self, z: np.ndarray) -> Any:
        """G' at z of any shape."""
        cell = np.clip(np.searchsorted(self.edges, z, side="right") - 1, 0, len(self.half) - 1)
        z = np.clip(z, self.edges[0], self.edges[-1])
        value = clenshaw(self.coefficients[cell], (z - self.middle[cell]) / self.half[cell])
        return np.where(self.power[cell] == 2, value * (z - self.anchor[cell]), value)

    def solve(self, cell: np.ndarray, y: np.ndarray) -> np.ndarray:
        """The z in these cells (n,) at which G is y (n,), by Newton's method inside a bracket.

        The unknown is s = |z - anchor|; the equation is s Q = |y - y0|, beside a turn its root s sqrt(Q).
        """
        means, slopes = self.mean_coefficients[cell], self.coefficients[cell]
        double, end = self.power[cell] == 2, self.end[cell]
        offset = (self.anchor[cell] - self.middle[cell]) / self.half[cell]
        rising = np.sign(self.values[cell + 1] - self.values[cell]) * np.sign(end)
        target = np.maximum((y - self.anchor_value[cell]) * rising, 0.0)
        target = np.where(double, np.sqrt(target), target)
        most = abs(end)
        below, above = np.zeros_like(y), most.copy()

        def at(s: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
            t = offset + np.sign(end) * s / self.half[cell]
            mean, slope = abs(clenshaw(means, t)), abs(clenshaw(slopes, t))
            root = np.sqrt(mean)
            return np.where(double, s * root, s * mean), np.where(double, slope / (2 * root), slope)

        s = most * np.clip(target / at(most)[0], 0.0, 1.0)
        for _ in range(NEWTON_STEPS):
            value, slope = at(s)
            below, above = np.where(value <= target, s, below), np.where(value >= target, s, above)
            step = s - (value - target) / slope
            step = np.where((below <= step) & (step <= above), step, (below + above) / 2)
            moved, s = abs(step - s), step
            if (moved <= 1e-15 * s + 1e-300).all():
                break
        return np.asarray(self.anchor[cell] + np.sign(end) * s)

    def preimages(self, y: np.ndarray) -> np.ndarray:
        """For y (n,) the z (n, K) in each piece where G is y; 0 where it nowhere is."""
        z = np.zeros((len(y), len(self.starts) - 1))
        rows, pieces, cells = [], [], []
        for k, (first, last) in enumerate(zip(self.starts[:-1], self.starts[1:], strict=True)):
            levels = self.values[first : last + 1]
            sign = 1.0 if levels[-1] >= levels[0] else -1.0
            levels = np.maximum.accumulate(sign * levels)
            (inside,) = np.nonzero((levels[0] <= sign * y) & (sign * y <= levels[-1]))
            rows.append(inside)
            pieces.append(np.full(len(inside), k))
            place = np.searchsorted(levels, sign * y[inside], side="right") - 1
            cells.append(first + np.minimum(place, last - first - 1))
        row = np.concatenate(rows)
        z[row, np.concatenate(pieces)] = self.solve(np.concatenate(cells), y[row])
        for end in (0, -1):
            slope, limit = self._line_beyond(end)
            if slope:
                beyond = (y - self.values[end]) * slope * (1 if end else -1) > 0
                z[beyond, end] = (y[beyond] - limit) / slope
        return z

    def _line_beyond(self, end: int) -> tuple[float, float]:
        """Slope and value at 0 of the line on which G goes on from the last cells.

        The slope is 0 where noise ends there; where G is level; and where it has yet to turn before it is that line,
        but has no noise left for it.
        """
        slope, limit = (self.slope_high, self.limit_high) if end else (self.slope_low, self.limit_low)
        outward = slope * (1 if end else -1) * (self.values[end] - self.values[self.starts[-2 if end else 1]])
        return (slope if outward > 0 and math.isinf(self.noise.support[end]) else 0.0), limit

    def ends(self) -> tuple[np.ndarray, np.ndarray]:
        """The ends of the pieces, and the values there: infinite on a line, else those of the last cells."""
        places, values = self.edges[self.starts], self.values[self.starts]
        for end in (0, -1):
            places[end] = self.noise.support[end]
            if self._line_beyond(end)[0]:
                values[end] = math.copysign(math.inf, values[end] - values[-2 if end else 1])
        return places, values

    def pieces(self) -> MonotonePieces:
        """For `ganmath.transform.push_forward`."""
        places, values = self.ends()
        return MonotonePieces(
            self,
            places[:-1], places[1:], values[:-1], values[1:],
            self.preimages,
            lambda z: np.log(abs(self.slope(z))),
            tuple(values[1:-1].tolist()),
        )  # fmt: skip

    def plateaus(self) -> dict[float, float]:
        """Points that take a mass above 1e-6 from where G is level to all digits: atoms, as far as floats can tell."""
        z = self._looked_at(self.edges)
        y = self.jet(z)[0]
        unit = np.spacing(abs(y).max())
        level = np.concatenate([[False], abs(np.diff(y)) <= INDISTINCT * unit, [False]])
        z[[0, -1]] = self.noise.support
        found: dict[float, float] = {}
        for first, last in np.flatnonzero(level[1:] != level[:-1]).reshape(-1, 2):
            mass, place = float(self.noise.mass(z[first], z[last])), float(y[(first + last) // 2])
            if mass > UNSEEN and abs(y[last] - y[first]) <= LOOKS * INDISTINCT * unit:
                found[place] = found.get(place, 0.0) + mass
        return found

    @staticmethod
    def _looked_at(edges: np.ndarray) -> np.ndarray:
        inner = edges[:-1, None] + np.diff(edges)[:, None] * (np.arange(LOOKS) / LOOKS)
        return np.append(inner.ravel(), edges[-1])


def _activated(x: np.ndarray, activation: str) -> tuple[np.ndarray, np.ndarray]:
    """A smooth activation at x and its derivative, with all digits of what is small."""
    if activation == "tanh":
        small = np.exp(-2 * abs(x))
        return np.tanh(x), 4 * small / (1 + small) ** 2
    if activation == "silu":
        small = np.exp(-abs(x))
        gate, rest = np.where(x > 0, 1.0, small) / (1 + small), np.where(x > 0, small, 1.0) / (1 + small)
        return x * gate, gate * (1 + x * rest)
    smooth = [name for name in ACTIVATIONS if name in ("tanh", "silu")]
    raise ValueError(f"activation {activation!r} isn't smooth; these are: {', '.join(map(repr, smooth))}")
