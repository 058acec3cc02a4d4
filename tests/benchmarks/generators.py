"""The exact density of a generator beside a kernel estimate of 1e5 of its samples: time, and error against 40 digits.

The reference finds every point of noise behind a point by a scan of the network and by Newton's method in mpmath, or
undoes the flow in mpmath; it shares nothing with the package but the networks' parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import mpmath
import numpy as np
import scipy.stats
import torch
from mpmath import mpf

from ganmath.gan import DATA, MLP, Coupling, Stacked, exact_density
from ganmath.gan.networks import MOST_LOG_SCALE
from tests.benchmarks.table import Row, Table, said, seconds
from tests.benchmarks.timing import cpu_times

NORMAL = DATA["normal"]
LIMIT = 0.2  # seconds for all points, with what is made before
DIGITS = 40
SCAN = np.linspace(-12, 12, 400_001)  # of the noise: beyond there is nothing

Jet = tuple[list[Any], list[Any]]  # values and slopes


@dataclass(frozen=True)
class Case:
    """A generator, and log p_g at a point by mpmath."""

    name: str
    net: Stacked
    exact: Callable[[Any], Any]


def jet(net: MLP, z: Any) -> Jet:
    """A network at a number, and its slope there, in mpmath."""
    value, slope = [mpf(z)], [mpf(1)]
    layers = [(weight[0].tolist(), bias[0, 0].tolist()) for weight, bias in net.layers()]
    for number, (weight, bias) in enumerate(layers):
        columns = [[mpf(x) for x in column] for column in zip(*weight, strict=True)]
        value = [mpmath.fdot(value, column) + mpf(b) for column, b in zip(columns, bias, strict=True)]
        slope = [mpmath.fdot(slope, column) for column in columns]
        if number < len(layers) - 1:
            bends = [ACTIVATED[net.activation](x) for x in value]
            value, slope = [a for a, _ in bends], [s * bend for s, (_, bend) in zip(slope, bends, strict=True)]
    return value, slope


def silu(x: Any) -> tuple[Any, Any]:
    """x/(1 + e^-x) and its derivative."""
    gate = 1 / (1 + mpmath.exp(-x))
    return x * gate, gate * (1 + x * (1 - gate))


def tanh(x: Any) -> tuple[Any, Any]:
    """With its derivative."""
    return mpmath.tanh(x), 1 - mpmath.tanh(x) ** 2


ACTIVATED = {"silu": silu, "tanh": tanh, "relu": lambda x: (max(x, mpf(0)), mpf(x > 0))}


def on_line(net: MLP) -> Callable[[float], Any]:
    """log p_g at a number: a sum over the noise behind it."""
    values = net.on_line(SCAN)

    def log_density(y: float) -> Any:
        with mpmath.workdps(DIGITS):
            total = mpf(0)
            for k in np.flatnonzero((values[1:] > y) != (values[:-1] > y)):
                z = mpf(SCAN[k] + (SCAN[k + 1] - SCAN[k]) * (y - values[k]) / (values[k + 1] - values[k]))
                for _ in range(7):
                    (value,), (slope,) = jet(net, z)
                    z += (mpf(y) - value) / slope
                total += mpmath.npdf(z) / abs(jet(net, z)[1][0])
            return mpmath.log(total)

    return log_density


def in_plane(net: Coupling) -> Callable[[Any], Any]:
    """log p_g at a point: the flow undone."""

    def log_density(point: Any) -> Any:
        with mpmath.workdps(DIGITS):
            kept, moved, log = mpf(point[0]), mpf(point[1]), mpf(0)
            for conditioner in reversed(list(net.conditioners)):
                (scale, shift), _ = jet(conditioner, moved)  # type: ignore[arg-type]
                scale = MOST_LOG_SCALE * mpmath.tanh(scale / MOST_LOG_SCALE)
                kept, moved, log = moved, (kept - shift) * mpmath.exp(-scale), log - scale
            return log + mpmath.log(mpmath.npdf(kept)) + mpmath.log(mpmath.npdf(moved))

    return log_density


def cases() -> Iterator[Case]:
    """Networks with weights as large as trained ones have."""
    for activation, widths in (("relu", (64, 64)), ("tanh", (64, 64)), ("silu", (64, 64)), ("silu", (32, 32, 32))):
        net = MLP((1, *widths, 1), activation, [torch.Generator().manual_seed(1)], torch.float64).requires_grad_(False)
        net.weights[0].mul_(2)
        net.weights[-1].mul_(4)
        shape = "-".join(map(str, (1, *widths, 1)))
        yield Case(f"MLP {shape}, {activation}", net, on_line(net))
    flow = Coupling((32, 32), "tanh", [torch.Generator().manual_seed(1)], torch.float64).requires_grad_(False)
    yield Case("coupling flow, plane, 8 x (1-32-32-2)", flow, in_plane(flow))


def table(quick: bool = False) -> Table:
    """Each generator with the time for 2000 points and the worst relative error at some of them."""
    samples, points, judged = (1000, 50, 1) if quick else (100_000, 2000, 20)
    found = Table(
        f"Exact densities of generators at {points} points",
        ("generator", "ganmath", "at most", "met", "worst error", "KDE", "its worst error"),
    )
    for case in cases():
        dim = 2 if isinstance(case.net, Coupling) else 1
        noise = torch.randn(1, samples, dim, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
        drawn = case.net(noise)[0].numpy()
        chosen = drawn[np.argsort(drawn[:, 0])[(np.arange(points) * samples) // points]]  # real ones, spread evenly
        x = chosen[:, 0] if dim == 1 else chosen
        ours: Callable[[], Any] = partial(_ours, case.net, x)
        theirs: Callable[[], Any] = partial(_kde, drawn.T, x.T)
        mine, peers = cpu_times(ours, theirs, rounds=1 if quick else 3)
        at = np.arange(judged) * (points // judged) + points // judged // 2
        exact = [case.exact(x[k]) for k in at]
        errors = [_worst(log, exact) for log in (ours()[at], theirs()[at])]
        met = mine <= LIMIT
        cells = (case.name, seconds(mine), seconds(LIMIT), said(met), f"{errors[0]:.0e}", seconds(peers))
        found.rows.append(Row((*cells, f"{errors[1]:.0e}"), met, mine > peers))
    return found


def _ours(net: Stacked, x: np.ndarray) -> Any:
    return exact_density(net, NORMAL).logpdf(x)


def _kde(drawn: np.ndarray, x: np.ndarray) -> Any:
    return scipy.stats.gaussian_kde(drawn).logpdf(x)


def _worst(logs: np.ndarray, exact: list[Any]) -> float:
    """The largest relative error of the densities with these logarithms."""
    return float(max(abs(mpmath.expm1(mpf(log) - truth)) for log, truth in zip(logs.tolist(), exact, strict=True)))
