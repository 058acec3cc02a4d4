r"""What the derivations speak about: integrals of unspecified densities, expectations and divergences.

An `Integral` is a function symbol that sympy leaves alone: it stands for ∫ ... dx over any shared reference
measure (the counting measure for pmfs), and only the rules' printed axioms say what may be done with it.
Everything else is `Named`: an abbreviation with a `definition`, unfolded by the rule `definition` alone.

Each class writes itself: sympy's printers call `_latex` and `_sympystr`.
"""

from ganmath.theory.functionals.divergences import (
    JS,
    KL,
    BayesError,
    BhattacharyyaCoefficient,
    ChiSquare,
    FDivergence,
    MeanJS,
    MeanKL,
    SquaredHellinger,
    TotalVariation,
)
from ganmath.theory.functionals.entropies import CrossEntropy, Entropy, Product
from ganmath.theory.functionals.game import BernoulliEntropy, BernoulliKL, BinaryCrossEntropy, Utility, Value
from ganmath.theory.functionals.integrals import Expectation, Integral, Named, Rate, unfold

__all__ = [
    "JS",
    "KL",
    "BayesError",
    "BernoulliEntropy",
    "BernoulliKL",
    "BhattacharyyaCoefficient",
    "BinaryCrossEntropy",
    "ChiSquare",
    "CrossEntropy",
    "Entropy",
    "Expectation",
    "FDivergence",
    "Integral",
    "MeanJS",
    "MeanKL",
    "Named",
    "Product",
    "Rate",
    "SquaredHellinger",
    "TotalVariation",
    "Utility",
    "Value",
    "unfold",
]
