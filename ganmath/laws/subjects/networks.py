"""What exercises ask for about networks: penalties of a critic, modes covered, sides of maps."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from ganmath.laws.statements.definitions import worst
from ganmath.laws.subjects.lessons import law_of
from ganmath.laws.subjects.subject import Function, Subject

GULRAJANI = "Gulrajani et al. (2017), equation 3"
DUMOULIN = "Dumoulin and Visin (2016)"
METZ = "Metz et al. (2017)"
UNIT = [0.6, 0.8]
CRITICS = (  # slope, bend, points
    (UNIT, 0.0, [[[0.0, 0.0], [1.0, 2.0]]]),
    ([1.0, -2.0], 0.0, [[[0.0, 0.0], [1.0, 2.0], [3.0, 0.0]]]),
    ([0.0, 1.0], 1.0, [[[1.0, 0.0], [0.0, 2.0]], [[3.0, 0.0], [0.0, -1.0]]]),
)
MODES = (  # points, centers, sigma
    ([[0.0, 0.0]], [[0.0, 0.0]], 0.5),
    ([[0.0, 0.0], [0.0, 0.5], [5.0, 0.0]], [[0.0, 0.0], [9.0, 0.0]], 0.5),
    ([[2.25, 0.0]], [[0.0, 0.0], [5.0, 0.0]], 1.0),
    ([[0.0, 0.0]] * 11 + [[9.0, 0.0]], [[0.0, 0.0], [9.0, 0.0]], 1.0),
    ([[0.0, 0.0]] + [[9.0, 0.0]] * 12, [[0.0, 0.0], [9.0, 0.0]], 1.0),
)
SIDES = ((8, 4, 2, 1), (3, 1, 1, 0), (9, 4, 2, 1), (5, 5, 3, 2))
Numbers = Sequence[float]
Points = Sequence[Numbers]


@dataclass(frozen=True)
class Critic:
    """The critic a.x + c |x|^2 / 2 of points in the plane, of arrays and tensors alike."""

    a: tuple[float, float]
    c: float

    def __call__(self, x: Any) -> Any:
        return self.a[0] * x[..., 0] + self.a[1] * x[..., 1] + self.c / 2 * (x * x).sum(-1)

    def __repr__(self) -> str:
        bend = f" + {self.c / 2:g} * (x * x).sum(-1)" if self.c else ""
        return f"lambda x: {self.a[0]:g} * x[..., 0] + {self.a[1]:g} * x[..., 1]{bend}"


def _arguments(slope: Numbers, bend: float, points: Any) -> tuple[Any, ...]:
    return Critic((slope[0], slope[1]), bend), points


def _norms(critic: Critic, points: Points) -> list[float]:
    return [math.hypot(*(a + critic.c * x for a, x in zip(critic.a, point, strict=True))) for point in points]


def _penalty(critic: Critic, x: Sequence[Points]) -> list[float]:
    norms = [_norms(critic, points) for points in x]
    return [math.fsum((norm - 1) ** 2 for norm in member) / len(member) for member in norms]


def _squared(critic: Critic, x: Sequence[Points]) -> list[float]:
    """Half the mean squared gradient."""
    return [math.fsum(norm**2 for norm in _norms(critic, points)) / len(points) / 2 for points in x]


def _of_all_at_once(critic: Critic, x: Sequence[Points]) -> list[float]:
    """One norm over all points of all members."""
    norm = math.hypot(*(norm for points in x for norm in _norms(critic, points)))
    return [(norm - 1) ** 2] * len(x)


def _covered(points: Points, centers: Points, sigma: float, reach: float = 3.0, least: float = 1 / 5) -> float:
    """Modes with at least that part of their fair share of points within ``reach`` sigmas."""
    near = [min((math.dist(point, center), k) for k, center in enumerate(centers)) for point in points]
    fair = len(points) / len(centers) * -math.expm1(-4.5)
    counts = np.bincount([k for distance, k in near if distance <= reach * sigma], minlength=len(centers))
    return float((counts >= least * fair).sum())


def _windows(n: int, k: int, s: int, p: int) -> float:
    """How many places a window of side k has in n pixels and a margin of p on both sides."""
    return float(len(range(0, n + 2 * p - k + 1, s)))


def _least_side(n: int, k: int, s: int, p: int) -> float:
    """The least side on which such a window has n places."""
    return float(next(side for side in range(1, s * n + k) if _windows(side, k, s, p) == n))


def _side(name: str, statement: str, side: Function, step: str, more: Callable[[int], tuple[int, int]]) -> Subject:
    """``more`` gives for a stride by how much the input grows, and by how much the output then does."""

    def grown(f: Function, n: int, k: int, s: int, p: int) -> tuple[float, float]:
        before, after = more(s)
        return f(n + before, k, s, p), f(n, k, s, p) + after

    return Subject(
        name=name,
        call="f(n, k, s, p): the side of a square map, the kernel's side, the stride and the padding",
        definition=law_of(
            name,
            "definition",
            statement,
            DUMOULIN,
            "sides_and_kernels",
            lambda f, *given: (f(*given), side(*given)),
        ),
        reference=side,
        corners=SIDES,
        laws=(law_of(name, "step", step, DUMOULIN, "sides_and_kernels", grown),),
        slips=(("the padding is counted once: there is a margin on both sides", _one_margin(side)),),
    )


def _one_margin(side: Function) -> Function:
    return lambda n, k, s, p: side(n, k - p, s, 0) if side is _least_side else side(n + p, k, s, 0)


def _shifted(points: Points, by: float) -> list[list[float]]:
    return [[x + by, y] for x, y in points]


SUBJECTS = (
    Subject(
        name="gradient_penalty",
        call="f(critic, x): a critic of points (M, N, 2), and nested lists of points; M numbers (for one of tensors: "
        "lambda critic, x: f(critic, torch.tensor(x)))",
        definition=law_of(
            "gradient_penalty",
            "definition",
            r"\text{mean of } (\|\nabla f(x)\| - 1)^2",
            GULRAJANI,
            "critics_and_points",
            lambda f, *given: worst(f(*_arguments(*given)), _penalty(*_arguments(*given))),
        ),
        reference=_penalty,
        arguments=_arguments,
        corners=CRITICS,
        entries=lambda critic, x: len(x),
        laws=(
            law_of(
                "gradient_penalty",
                "unit-slope",
                r"0 \text{ where the slope is 1 everywhere}",
                GULRAJANI,
                "critics_and_points",
                lambda f, slope, bend, x: worst(f(*_arguments(UNIT, 0.0, x)), [0.0] * len(x)),
            ),
            law_of(
                "gradient_penalty",
                "members",
                r"\text{each member's is what it is alone}",
                GULRAJANI,
                "critics_and_points",
                lambda f, slope, bend, x: worst(
                    f(*_arguments(slope, bend, x)), [f(*_arguments(slope, bend, [points]))[0] for points in x]
                ),
            ),
        ),
        slips=(
            ("one norm of all gradients is taken: each point has its own", _of_all_at_once),
            ("half the mean squared norm: this is R1, which wants slope 0", _squared),
        ),
    ),
    Subject(
        name="modes_covered",
        call="f(points, centers, sigma): two lists of points in the plane, and the width of each mode",
        definition=law_of(
            "modes_covered",
            "definition",
            r"\text{modes with a fifth of their fair share } n (1 - e^{-4.5})/k \text{ of points within } 3 \sigma",
            METZ,
            "points_around_modes",
            lambda f, *given: (f(*given), _covered(*given)),
        ),
        reference=_covered,
        corners=MODES,
        laws=(
            law_of(
                "modes_covered",
                "order",
                r"\text{points and centers in another order are the same}",
                METZ,
                "points_around_modes",
                lambda f, points, centers, sigma: (f(points[::-1], centers[::-1], sigma), f(points, centers, sigma)),
            ),
            law_of(
                "modes_covered",
                "shift",
                r"\text{moving all points and centers changes nothing}",
                METZ,
                "points_around_modes",
                lambda f, points, centers, sigma: (
                    f(_shifted(points, 2.0), _shifted(centers, 2.0), sigma),
                    f(points, centers, sigma),
                ),
            ),
        ),
        slips=(
            ("one good point is enough: a fifth of the fair share is meant", partial(_covered, least=1e-9)),
            ("the whole fair share is asked for: a fifth of it is meant", partial(_covered, least=1.0)),
            ("points beyond 3 sigma count: they are good for no mode", partial(_covered, reach=math.inf)),
        ),
    ),
    _side(
        "convolution_side",
        r"\text{places of a window of side } k \text{ in } n + 2p, \text{ by steps of } s",
        _windows,
        r"s \text{ pixels more are one place more}",
        lambda s: (s, 1),
    ),
    _side(
        "transposed_convolution_side",
        r"\text{the least side that the convolution takes to } n",
        _least_side,
        r"\text{one pixel more is } s \text{ pixels more}",
        lambda s: (1, s),
    ),
)
