r"""Packs of samples and lost modes on finite spaces, each outcome counted, in exact fractions.

No binomial sum, no block integral: every pack is listed.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import product
from math import prod
from typing import Any

from ganmath.theory.certificates.certificate import Certificate, Exactly, Finding
from ganmath.theory.verdict import Verdict

Masses = tuple[Fraction, ...]


def total_variation(p: Masses, q: Masses) -> Fraction:
    """Half of the sum of |p - q|."""
    return sum((abs(a - b) for a, b in zip(p, q, strict=True)), Fraction(0)) / 2


def packs(masses: Masses, size: int) -> Masses:
    """The mass of each pack of `size` independent draws, in order."""
    return tuple(prod(pack, start=Fraction(1)) for pack in product(masses, repeat=size))


@dataclass(frozen=True)
class Packed:
    """TV of packs of 1, 2, ... draws from p and q is `expected`, and lies between TV and 1 - (1 - TV)^m."""

    p: Masses
    q: Masses
    expected: tuple[str, ...]

    def decide(self) -> Finding:
        """PROVED, as all that is claimed is these numbers, or FAILED with the size, the value and what was expected."""
        single = total_variation(self.p, self.q)
        evidence = f"exact, packs of 1 to {len(self.expected)}"
        for size, expected in enumerate(self.expected, start=1):
            found = total_variation(packs(self.p, size), packs(self.q, size))
            if found != Fraction(expected) or not single <= found <= 1 - (1 - single) ** size:
                return Finding(Verdict.FAILED, evidence, f"m = {size}: {found}, not {Fraction(expected)}")
        return Finding(Verdict.PROVED, evidence)


def _masses(*values: str) -> Masses:
    return tuple(map(Fraction, values))


# U[0, 1] and U[.2, 1] on the cells [0, .2] and [.2, 1]; U[0, 1] and the densities .6 and 1.4 on its halves.
COLLAPSED = _masses("1/5", "4/5"), _masses("0", "1")
SKEWED = _masses("1/2", "1/2"), _masses("3/10", "7/10")


def lost_modes(kept: int, modes: int, sp: Any, share: Any = None) -> Any:
    """JS of equal modes, `kept` of them in the generator, mode by mode; less the formula in the `share` kept."""
    data, generated = sp.Rational(1, modes), sp.Rational(1, kept)
    middle = (data + generated) / 2
    shown = data * sp.log(data / middle) + generated * sp.log(generated / middle)
    by_mode = (kept * shown + (modes - kept) * data * sp.log(2)) / 2
    r = sp.Rational(kept, modes) if share is None else share
    return by_mode - (r * sp.log(2 * r / (1 + r)) + (1 - r) * sp.log(2) + sp.log(2 / (1 + r))) / 2


CERTIFICATES = (
    Certificate(
        "pacgan",
        r"\mathrm{TV}(P^{\otimes m}, Q_1^{\otimes m}) = 1 - 0.8^m, \quad "
        r"\mathrm{TV}(P^{\otimes m}, Q_2^{\otimes m}) = 0.2, 0.24, 0.284, 0.3392, 0.34072, \quad m = 1, \ldots, 5",
        "P = U[0, 1], Q_1 = U[.2, 1], Q_2 of density .6 and 1.4 on the halves. Both densities of a pair are constant "
        "on two cells, so a pack's are on 2^m. Each pack is listed, in exact fractions; both bounds are checked.",
        (
            Packed(*COLLAPSED, ("0.2", "0.36", "0.488", "0.5904", "0.67232")),
            Packed(*SKEWED, ("0.2", "0.24", "0.284", "0.3392", "0.34072")),
        ),
        Packed(*SKEWED, ("0.2", "0.36")),
    ),
    Certificate(
        "mode-collapse",
        r"\mathrm{JS} = \tfrac12 \left[r \log \tfrac{2r}{1 + r} + (1 - r) \log 2 + \log \tfrac{2}{1 + r}\right], "
        r"\quad r = \tfrac{m}{8},\ m = 1, \ldots, 8",
        "Mode by mode, for eight modes of equal mass: the logarithms of whole numbers cancel exactly.",
        tuple(Exactly(partial(lost_modes, kept, 8)) for kept in range(1, 9)),
        Exactly(lambda sp: lost_modes(2, 8, sp, share=sp.Rational(3, 4))),
    ),
)
