"""What the tests of the derivations expect of each family, a module of its name for each.

A module says `WRONG_STEP` of each key; where they are needed, `CITED` (keys), `SWAPPED` and `SWAPPED_FUNCTIONS` (pairs
to be exchanged by the planted mistakes) and `TRUE_ALL_THE_SAME` (mistakes that are none, and why).
"""

from importlib import import_module
from typing import Any

from ganmath.theory.proofs.symbols import g, p
from ganmath.theory.theorems import FAMILIES

_MODULES = [(family, import_module(f"{__name__}.{family.__name__.split('.')[-1]}")) for family in FAMILIES]


def _joined(name: str) -> dict[Any, Any]:
    return {key: value for _, module in _MODULES for key, value in getattr(module, name, {}).items()}


def _exchanged(name: str, *pairs: tuple[Any, Any]) -> dict[str, dict[Any, Any]]:
    """For each key what is exchanged for what: the letters of its family, as another one may use them otherwise."""
    found = {}
    for family, module in _MODULES:
        both = {one: other for pair in (*pairs, *getattr(module, name, ())) for one, other in (pair, pair[::-1])}
        found |= {theorem.key: both for theorem in family.THEOREMS}
    return found


WRONG_STEP = _joined("WRONG_STEP")
TRUE_ALL_THE_SAME = _joined("TRUE_ALL_THE_SAME")
CITED = {key for _, module in _MODULES for key in getattr(module, "CITED", ())}
SWAPPED = _exchanged("SWAPPED", (p, g))
SWAPPED_FUNCTIONS = _exchanged("SWAPPED_FUNCTIONS")
