"""What exercises ask for about cycles: the losses of two maps, one there and one back. Maps are written out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ganmath.laws.subjects.lessons import law_of
from ganmath.laws.subjects.subject import Function, Subject

ZHU = "Zhu et al. (2017)"
CYCLES = (  # G's a and b, F's a and b, x, y
    (1.0, 0.0, 1.0, 0.0, [0.0, 1.0], [1.0, 2.0, 3.0]),
    (-1.0, 0.0, -1.0, 0.0, [0.0, 1.0], [1.0, 2.0]),
    (2.0, 1.0, 0.5, 0.0, [0.0, -1.0, 3.0], [1.0, 2.0]),
    (1.0, 1.0, 1.0, 0.0, [0.0, 4.0], [1.0]),
)
Numbers = Sequence[float]


@dataclass(frozen=True)
class Line:
    """The map a x + b of the line, which prints as it is typed."""

    a: float
    b: float

    def __call__(self, x: Any) -> Any:
        return self.a * x + self.b

    def __repr__(self) -> str:
        return f"lambda x: {self.a:g} * x + {self.b:g}"


def _maps(a: float, b: float, c: float, d: float, x: Numbers, y: Numbers) -> tuple[Any, ...]:
    return Line(a, b), Line(c, d), x, y


def _mean_gap(map_of: Function, x: Numbers, power: int = 1) -> float:
    return math.fsum(abs(map_of(point) - point) ** power for point in x) / len(x)


def _cycle(G: Function, F: Function, x: Numbers, y: Numbers) -> float:
    return _mean_gap(lambda point: F(G(point)), x) + _mean_gap(lambda point: G(F(point)), y)


def _identity(G: Function, F: Function, x: Numbers, y: Numbers) -> float:
    return _mean_gap(G, y) + _mean_gap(F, x)


def _cycle_subject(name: str, statement: str, loss: Function, wrong: Function, squares: Function, law: Any) -> Subject:
    def defined(f: Function, *given: Any) -> tuple[float, float]:
        return f(*_maps(*given)), loss(*_maps(*given))

    def exchanged(f: Function, *given: Any) -> tuple[float, float]:
        G, F, x, y = _maps(*given)
        return f(F, G, y, x), f(G, F, x, y)

    return Subject(
        name=name,
        call="f(G, F, x, y): two maps of the line, and two samples",
        definition=law_of(name, "definition", statement, ZHU, "line_maps_and_samples", defined),
        reference=loss,
        arguments=_maps,
        corners=CYCLES,
        nonnegative=True,
        laws=(
            law,
            law_of(
                name,
                "exchanged",
                r"\text{exchanging G with F and x with y changes nothing}",
                ZHU,
                "line_maps_and_samples",
                exchanged,
            ),
        ),
        slips=(
            ("half of it is missing: both maps have a term", wrong),
            ("squares are taken: absolute values are meant", squares),
        ),
    )


SUBJECTS = (
    _cycle_subject(
        "cycle_loss",
        r"\mathbb{E} |F(G(x)) - x| + \mathbb{E} |G(F(y)) - y|",
        _cycle,
        lambda G, F, x, y: _mean_gap(lambda point: F(G(point)), x),
        lambda G, F, x, y: _mean_gap(lambda point: F(G(point)), x, 2) + _mean_gap(lambda point: G(F(point)), y, 2),
        law_of(
            "cycle_loss",
            "inverse",
            r"0 \text{ where each map undoes the other}",
            ZHU,
            "line_maps_and_samples",
            lambda f, a, b, c, d, x, y: (f(Line(1.0, b), Line(1.0, -b), x, y), 0.0),
        ),
    ),
    _cycle_subject(
        "identity_loss",
        r"\mathbb{E} |G(y) - y| + \mathbb{E} |F(x) - x|",
        _identity,
        lambda G, F, x, y: _mean_gap(G, y),
        lambda G, F, x, y: _mean_gap(G, y, 2) + _mean_gap(F, x, 2),
        law_of(
            "identity_loss",
            "shift",
            r"\text{the sum of both shifts, where G and F only shift}",
            ZHU,
            "line_maps_and_samples",
            lambda f, a, b, c, d, x, y: (f(Line(1.0, b), Line(1.0, d), x, y), abs(b) + abs(d)),
        ),
    ),
)
