"""What noise, merging, mixing and joining do to divergences: less can be told apart, and products add up."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from ganmath import divergence as ours
from ganmath.divergence import F
from ganmath.laws.law import EXACT, Law, roundings
from ganmath.laws.statements.names import SYMBOLS, law, of_two

CSISZAR = "Csiszar (1967)"
RENYI = "van Erven and Harremoes (2014)"
CHAIN = "Cover and Thomas (2006), section 2.5"
OVERLAPS = ("bhattacharyya", "chernoff")  # monotone in an f-divergence, or a supremum of such
STRICT = ("kl", "js", "squared_hellinger", "chi2", "jeffreys")
Pmf = Sequence[float]
Divergence = Callable[..., Any]


def through(p: Pmf, kernel: Sequence[Pmf]) -> list[float]:
    """pK: where the mass of p goes."""
    return [math.fsum(a * row[j] for a, row in zip(p, kernel, strict=True)) for j in range(len(kernel[0]))]


def joint(p: Pmf, kernel: Sequence[Pmf]) -> list[float]:
    """The joint distribution of an outcome of p and where the kernel takes it."""
    return [a * b for a, row in zip(p, kernel, strict=True) for b in row]


def product(p: Pmf, s: Pmf) -> list[float]:
    """The joint distribution of independent outcomes of p and s."""
    return joint(p, [s] * len(p))


def merged(p: Pmf, cells: Sequence[int]) -> list[float]:
    """The masses of the cells."""
    return [math.fsum(a for a, cell in zip(p, cells, strict=True) if cell == c) for c in range(max(cells) + 1)]


def mixed(w: float, p: Pmf, q: Pmf) -> list[float]:
    """w p + (1 - w) q."""
    return [w * a + (1 - w) * b for a, b in zip(p, q, strict=True)]


def weighted(w: float, x: float, y: float) -> float:
    """w x + (1 - w) y."""
    return w * x + (1 - w) * y


def _told_apart(p: Pmf, q: Pmf, cells: Sequence[int]) -> bool:
    """Some cell has two outcomes whose p/q differ by more than a rounding."""
    logs = [math.log(a / b) for a, b in zip(p, q, strict=True)]
    members = [[x for x, cell in zip(logs, cells, strict=True) if cell == c] for c in set(cells)]
    return any(max(inside) - min(inside) > 0.01 for inside in members)


def _of_one_sign(p: Pmf, q: Pmf, cells: Sequence[int]) -> bool:
    above = {cell for a, b, cell in zip(p, q, cells, strict=True) if a > b}
    return not above & {cell for a, b, cell in zip(p, q, cells, strict=True) if a < b}


def _spread(p: Pmf, order: Sequence[int]) -> list[float]:
    """Each outcome moved to an odd place among twice as many: an injective map."""
    wide = [0.0] * (2 * len(p) + 1)
    for mass, place in zip(p, order, strict=True):
        wide[2 * place + 1] = mass
    return wide


def _processed(name: str) -> list[Law]:
    """What holds for every f-divergence, and for what is monotone in one."""
    source = CSISZAR if name in F else RENYI
    value, after = of_two(name), of_two(name, "pK", "qK")
    cells = of_two(name, r"p_{\mathcal A}", r"q_{\mathcal A}")
    joined, moved = of_two(name, r"p \times K", r"q \times K"), of_two(name, r"p \circ T^{-1}", r"q \circ T^{-1}")
    mixture, second = of_two(name, "w p + (1 - w) r", "w q + (1 - w) s"), of_two(name, "r", "s")
    return [
        law(
            "data-processing",
            name,
            rf"{after} \le {value} \text{{ for every kernel }} K",
            source,
            "pairs_and_kernels",
            lambda f, p, q, k: (f(through(p, k), through(q, k)), f(p, q)),
        ),
        law(
            "coarsening",
            name,
            rf"{cells} \le {value} \text{{ for the masses of the cells of a partition }} \mathcal A",
            source,
            "pairs_and_cells",
            lambda f, p, q, cells: (f(merged(p, cells), merged(q, cells)), f(p, q)),
        ),
        law(
            "splitting",
            name,
            rf"{joined} = {value} \text{{ for the joint laws with a common kernel }} K",
            source,
            "pairs_and_kernels",
            lambda f, p, q, k: (f(joint(p, k), joint(q, k)), f(p, q)),
            relation="==",
        ),
        law(
            "embedding",
            name,
            rf"{moved} = {value} \text{{ for an injective map }} T",
            source,
            "pairs_and_orders",
            lambda f, p, q, order: (f(_spread(p, order), _spread(q, order)), f(p, q)),
            relation="==",
            tolerance=roundings(4),
        ),
        law(
            "convex",
            name,
            rf"{mixture} \le w\, {value} + (1 - w)\, {second}",
            source,
            "two_pairs_and_weights",
            lambda f, p, q, r, s, w: (f(mixed(w, p, r), mixed(w, q, s)), weighted(w, f(p, q), f(r, s))),
            tolerance=roundings(4),
        ),
    ]


def _loses(name: str) -> Law:
    cells = of_two(name, r"p_{\mathcal A}", r"q_{\mathcal A}")
    return law(
        "coarsening-loses",
        name,
        rf"{cells} < {of_two(name)} < \infty \text{{ unless }} p/q \text{{ is constant on each cell}}",
        CSISZAR,
        "positive_pairs_and_cells",
        lambda f, p, q, cells: (f(merged(p, cells), merged(q, cells)), f(p, q)),
        relation="<",
        tolerance=EXACT,
        given=_told_apart,
    )


def _product(
    name: str,
    key: str,
    statement: str,
    combined: Callable[[float, float], float],
    relation: str,
    source: str = "by definition",
) -> Law:
    """What D of two products is, made of D of each factor."""
    return law(
        key,
        name,
        statement,
        source,
        "two_pairs",
        lambda f, p, q, r, s: (f(product(p, r), product(q, s)), combined(f(p, q), f(r, s))),
        relation=relation,
    )


def _additive(name: str, relation: str = "==") -> Law:
    left, right = of_two(name, r"p \times r", r"q \times s"), f"{of_two(name)} + {of_two(name, 'r', 's')}"
    sign = "=" if relation == "==" else r"\le"
    statement = f"{left} {sign} {right}"
    if relation == "==":
        return _product(name, "additive", statement, lambda x, y: x + y, relation)
    source = "the triangle inequality" if name == "total_variation" else RENYI
    return _product(name, "subadditive", statement, lambda x, y: x + y, relation, source)


def _multiplicative(name: str) -> Law:
    left, right = of_two(name, r"p \times r", r"q \times s"), rf"(1 + {of_two(name)})(1 + {of_two(name, 'r', 's')})"
    return _product(name, "multiplicative", f"1 + {left} = {right}", lambda x, y: (1 + x) * (1 + y) - 1, "==")


def _chained(f: Divergence, p: Pmf, q: Pmf, k: Sequence[Pmf], other: Sequence[Pmf]) -> float:
    """KL(p, q) + E_p KL(K_x, L_x), where rows that p doesn't reach don't count."""
    rows = math.fsum(a * f(x, y) for a, x, y in zip(p, k, other, strict=True) if a > 0)
    return float(f(p, q)) + rows


def _binary_entropy(w: float) -> float:
    return -w * math.log(w) - (1 - w) * math.log(1 - w)


LAWS: list[Law] = [
    *(one for name in (*F, *OVERLAPS) for one in _processed(name)),
    *(_loses(name) for name in STRICT),
    law(
        "coarsening-signs",
        "total_variation",
        rf"{SYMBOLS['total_variation']}(p_{{\mathcal A}}, q_{{\mathcal A}}) = {of_two('total_variation')} "
        r"\text{ where } p - q \text{ keeps one sign on each cell}",
        "the triangle inequality",
        "pairs_and_cells",
        lambda f, p, q, cells: (f(merged(p, cells), merged(q, cells)), f(p, q)),
        relation="==",
        given=_of_one_sign,
    ),
    *(_additive(name) for name in ("kl", "reverse_kl", "jeffreys", "bhattacharyya")),
    *(_additive(name, "<=") for name in ("js", "total_variation", "chernoff")),
    _product(
        "total_variation",
        "packing",
        r"1 - \mathrm{TV}(p \times r, q \times s) \ge (1 - \mathrm{TV}(p, q))(1 - \mathrm{TV}(r, s))",
        lambda x, y: 1 - (1 - x) * (1 - y),
        "<=",
        source="Lin et al. (2018)",
    ),
    *(_multiplicative(name) for name in ("chi2", "neyman_chi2")),
    _product(
        "bhattacharyya_coefficient",
        "multiplicative",
        r"\mathrm{BC}(p \times r, q \times s) = \mathrm{BC}(p, q)\, \mathrm{BC}(r, s)",
        lambda x, y: x * y,
        "==",
    ),
    law(
        "doubling",
        "chernoff",
        r"C(p \times p, q \times q) = 2\, C(p, q)",
        "Chernoff (1952)",
        "two_pairs",
        lambda f, p, q, r, s: (f(product(p, p), product(q, q)), 2 * f(p, q)),
        relation="==",
    ),
    law(
        "common-factor",
        "js",
        r"\mathrm{JS}(p \times s, q \times s) = \mathrm{JS}(p, q)",
        CSISZAR,
        "two_pairs",
        lambda f, p, q, r, s: (f(product(p, s), product(q, s)), f(p, q)),
        relation="==",
        tolerance=roundings(4),
    ),
    law(
        "chain-rule",
        "kl",
        r"\mathrm{KL}(p \times K \| q \times L) = \mathrm{KL}(p \| q) + \sum_x p(x) \mathrm{KL}(K_x \| L_x)",
        CHAIN,
        "pairs_and_two_kernels",
        lambda f, p, q, k, other: (f(joint(p, k), joint(q, other)), _chained(f, p, q, k, other)),
        relation="==",
    ),
    law(
        "marginals",
        "kl",
        r"\mathrm{KL}(pK \| qL) \le \mathrm{KL}(p \| q) + \sum_x p(x) \mathrm{KL}(K_x \| L_x)",
        CHAIN,
        "pairs_and_two_kernels",
        lambda f, p, q, k, other: (f(through(p, k), through(q, other)), _chained(f, p, q, k, other)),
    ),
    law(
        "compensation",
        "kl",
        r"w \mathrm{KL}(p \| s) + (1 - w) \mathrm{KL}(q \| s) = \mathrm{JS}_w(p, q) + \mathrm{KL}(m \| s), "
        r"\quad m = w p + (1 - w) q",
        "Csiszar (1975); Topsoe (2000)",
        "triples_and_weights",
        lambda f, p, q, s, w: (
            weighted(w, f(p, s), f(q, s)),
            ours.js(p, q, weights=[w, 1 - w]) + f(mixed(w, p, q), s),
        ),
        relation="==",
    ),
    law(
        "approach",
        "kl",
        r"(1 - w) \mathrm{KL}(p \| q) \le \mathrm{KL}((1 - w) p + w r \| q) + h(w)",
        "the compensation identity, since JS with the weights w, 1 - w is at most h(w)",
        "triples_and_weights",
        lambda f, p, q, r, w: ((1 - w) * f(p, q), f(mixed(w, r, p), q) + _binary_entropy(w)),
    ),
]
