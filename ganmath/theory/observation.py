"""What an experiment saw: numbers beside what a theorem says of them, and beside what its negation would have.

The experiments themselves are in `ganmath.experiments`, which this room doesn't know: who verifies hands one over.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

Relation = Literal["=", "<=", ">="]


@dataclass(frozen=True)
class Measurement:
    """A number, and what is claimed of it: `measured` is `expected`, at most or at least it, within `tolerance`.

    `why` says in a few words where the tolerance comes from, for none of them is tuned.

    >>> tail = Measurement("share of |x| > 1", 0.3169, 0.3173, 0.0019, why="4 standard errors of a share of 10^6")
    >>> tail.holds
    True
    >>> print(tail)
    share of |x| > 1: 0.3169 = 0.3173 within 0.0019 (4 standard errors of a share of 10^6)
    """

    what: str
    measured: float
    expected: float
    tolerance: float = 0.0
    relation: Relation = "="
    why: str = ""

    @property
    def excess(self) -> float:
        """How far the number lies on the wrong side of what is claimed; negative on the right side of a bound."""
        over = self.measured - self.expected
        return {"=": abs(over), "<=": over, ">=": -over}[self.relation]

    @property
    def holds(self) -> bool:
        """Whether the claim holds within its tolerance; never of a number that is NaN."""
        return self.measured == self.expected or self.excess <= self.tolerance

    def __str__(self) -> str:
        within = f" within {self.tolerance:.2g}" if self.tolerance else ""
        why = f" ({self.why})" if self.why else ""
        return f"{self.what}: {self.measured:.6g} {self.relation} {self.expected:.6g}{within}{why}"


@dataclass(frozen=True)
class Result:
    """What the experiment `key` saw with one seed: `measurements`, and those that a `negation` of its claim predicts.

    Each measurement must hold, and each of the negation must not: an experiment that its negation passes as well shows
    nothing.
    """

    key: str
    seed: int
    quick: bool
    measurements: tuple[Measurement, ...]
    negation: tuple[Measurement, ...]
    seconds: float = field(compare=False)

    @property
    def shortfalls(self) -> tuple[str, ...]:
        """In words, all that is wrong; empty where the experiment shows what it should."""
        found = [f"experiment {self.key} FAILS: {one}" for one in self.measurements if not one.holds]
        if not self.measurements:
            found.append(f"experiment {self.key} measures nothing")
        if not self.negation:
            found.append(f"experiment {self.key} has no negated claim that could fail")
        found += [f"experiment {self.key}: its negation holds too: {one}" for one in self.negation if one.holds]
        return tuple(found)

    @property
    def ok(self) -> bool:
        """Whether nothing falls short."""
        return not self.shortfalls

    @property
    def evidence(self) -> str:
        """In a few words, what was seen: `6 numbers as expected, its negation fails`."""
        count, bad = len(self.measurements), sum(not one.holds for one in self.measurements)
        numbers = f"{count} number{'' if count == 1 else 's'}"
        seen = f"{bad} of {numbers} NOT as expected" if bad else f"{numbers} as expected"
        negated = "its negation fails" if not any(one.holds for one in self.negation) else "its negation HOLDS TOO"
        return f"{seen}, {negated}"

    def to_dict(self) -> dict[str, Any]:
        """The result as it stands in the ledger's JSON."""
        return {
            "key": self.key,
            "seed": self.seed,
            "quick": self.quick,
            "evidence": self.evidence,
            "measurements": [_plain(one) for one in self.measurements],
            "negation": [_plain(one) for one in self.negation],
            "seconds": self.seconds,
        }

    @classmethod
    def from_dict(cls, kept: dict[str, Any]) -> Result:
        """What `to_dict` wrote, read again."""
        measurements, negation = (tuple(map(_read, kept[name])) for name in ("measurements", "negation"))
        return cls(kept["key"], kept["seed"], kept["quick"], measurements, negation, kept["seconds"])

    def __str__(self) -> str:
        lines = [
            f"{self.key}, seed {self.seed}{', quick' if self.quick else ''}: {self.evidence} ({self.seconds:.1f} s)"
        ]
        lines += [f"  {one}{'' if one.holds else ' FAILS'}" for one in self.measurements]
        lines += [f"  negated: {one} {'HOLDS TOO' if one.holds else 'fails'}" for one in self.negation]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        claimed = [(one, "" if one.holds else "FAILS") for one in self.measurements]
        negated = [(one, "HOLDS TOO" if one.holds else "fails") for one in self.negation]
        body = "".join(_html(one, standing) for one, standing in claimed)
        body += '<tr><th colspan="5">What the negated claim would have</th></tr>'
        body += "".join(_html(one, standing) for one, standing in negated)
        names = ("", "measured", "claimed", "within", "")
        head = "".join(f'<th scope="col">{name}</th>' if name else "<td></td>" for name in names)
        return f'<table class="results"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _html(one: Measurement, standing: str) -> str:
    from ganmath.theory.prose import readable  # it loads sympy, which an experiment needs not

    within = f"{one.tolerance:.2g}" + (f" ({one.why})" if one.why else "")
    sign = {"=": "", "<=": "≤ ", ">=": "≥ "}[one.relation]
    cells = (one.what, f"{one.measured:.6g}", f"{sign}{one.expected:.6g}", within, standing)
    return "<tr>" + "".join(f"<td>{readable(cell)}</td>" for cell in cells) + "</tr>"


NUMBERS = ("measured", "expected", "tolerance")


def _plain(one: Measurement) -> dict[str, Any]:
    """As JSON has it, which knows no infinity: what isn't finite is written as a word."""
    return {
        name: value if name not in NUMBERS or math.isfinite(value) else str(value) for name, value in vars(one).items()
    }


def _read(kept: dict[str, Any]) -> Measurement:
    return Measurement(**{**kept, **{name: float(kept[name]) for name in NUMBERS}})


Observe = Callable[[str, bool], Result]  # an experiment's key, and whether to be quick
