"""The laws that divergences and the GAN game obey, as data: one statement, one place, checked for every function.

>>> from ganmath.laws import LAWS
>>> print(LAWS["pinsker"].statement)
2\\, \\mathrm{TV}(p, q)^2 \\le \\mathrm{KL}(p \\| q)
>>> LAWS["pinsker"].formal  # where it is proved in Lean, Isabelle or Rocq
('Rocq, infotheo: Pinsker_inequality (probability/pinsker.v)',)

`check_laws` holds a function of yours against them and shows the smallest counterexample, `law_tests` makes tests of
them, `ganmath grade` runs it over a folder of hand-ins. Examples are drawn with hypothesis (the extra ``laws``).
"""

from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

from ganmath.laws.formal import FORMAL
from ganmath.laws.law import EXACT, ROOT, Law, roundings
from ganmath.laws.statements import (
    axioms,
    bounds,
    definitions,
    discriminator,
    duality,
    dynamics,
    entropies,
    game,
    gaussians,
    gradients,
    kernels,
    losses,
    optimal_transport,
    orders,
    processing,
    samples,
    transform,
    transport,
    zero_sum,
)

FAMILIES = (
    definitions,
    axioms,
    bounds,
    processing,
    orders,
    entropies,
    duality,
    game,
    discriminator,
    zero_sum,
    gradients,
    losses,
    gaussians,
    transport,
    optimal_transport,
    kernels,
    transform,
    samples,
    dynamics,
)
LAWS: dict[str, Law] = {
    law.key: replace(law, formal=FORMAL.get(law.key, ())) for family in FAMILIES for law in family.LAWS
}

if TYPE_CHECKING:
    from ganmath.laws.check import check_laws
    from ganmath.laws.examination import examine
    from ganmath.laws.report import Report
    from ganmath.laws.testing import law_tests

__all__ = ["EXACT", "LAWS", "ROOT", "Law", "Report", "check_laws", "examine", "law_tests", "roundings"]
LATER = {"check_laws": "check", "examine": "examination", "law_tests": "testing", "Report": "report"}


def __getattr__(name: str) -> Any:
    if name not in LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{LATER[name]}"), name)
