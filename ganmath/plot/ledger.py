"""The picture of the ledger: which theorem is known by what."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ganmath.plot.style import PALETTE, panels, styled
from ganmath.theory import Theorem

KINDS: dict[str, tuple[str, Callable[[Theorem], bool]]] = {  # what can stand behind a theorem, and its colour
    "derivation": ("p", lambda theorem: theorem.derivation is not None),
    "false neighbour": ("ink", lambda theorem: theorem.false_neighbour is not None),
    "laws": ("d", lambda theorem: bool(theorem.laws)),
    "certificate": ("m", lambda theorem: bool(theorem.certificate)),
    "experiment": ("g", lambda theorem: bool(theorem.experiment)),
}
SPELT = {  # pages whose file's name isn't how the field spells it
    "f_gan": "f-GAN",
    "gan_lab": "GAN lab",
    "jsd_reduction": "JSD reduction",
    "non_saturating": "non-saturating loss",
    "wgan": "WGAN",
    "zero_sum_games": "zero-sum games",
}
ROW = 0.235  # inches a page of the book
WIDTH, GAP = 0.86, 0.15  # of a cell, where the columns are 1 apart; between its strokes, as a part of a stroke


def rests_on_a_citation(theorem: Theorem) -> bool:
    """Whether a step of its derivation is taken from the literature."""
    return theorem.derivation is not None and any(step.rule.source for step in theorem.derivation.steps)


@styled
def evidence(theorems: Iterable[Theorem]) -> Any:
    """Theorems against what stands behind them: a row for each page of the book, a stroke for each of its theorems.

    A stroke is drawn in the column of each kind of evidence that the theorem has, faint where its derivation rests on a
    citation; it stands at the same place in every column. Above each column stands how many have it. Nothing is run:
    this is what is registered, and `ganmath verify` says whether it holds. Returns one Axes.

    Raises ValueError where there is no theorem.

    >>> from ganmath.theory import THEOREMS
    >>> axes = evidence(THEOREMS[key] for key in ("gap", "jsd-reduction", "pinsker"))
    >>> [label.get_text() for label in axes.get_yticklabels()]
    ['optimal discriminator', 'JSD reduction', 'divergences']
    """
    from matplotlib.patches import Rectangle

    pages: dict[str, list[Theorem]] = {}
    for theorem in theorems:
        pages.setdefault(theorem.page, []).append(theorem)
    if not pages:
        raise ValueError("no theorems: give some of ganmath.theory.THEOREMS, as THEOREMS.values()")
    (axes,) = panels(1.2 + ROW * len(pages), (1,))
    axes.grid(False)
    for column, (key, has) in enumerate(KINDS.values()):
        for row, found in enumerate(pages.values()):
            width = WIDTH / len(found)
            gap = min(0.02, GAP * width)
            for place, theorem in enumerate(found):
                if has(theorem):
                    at = (column - WIDTH / 2 + place * width, row - 0.36)
                    faint = key == "p" and rests_on_a_citation(theorem)
                    shade = 0.35 if faint else 0.85
                    axes.add_patch(Rectangle(at, width - gap, 0.72, linewidth=0, color=PALETTE[key], alpha=shade))
            axes.add_patch(
                Rectangle((column - WIDTH / 2, row - 0.36), WIDTH, 0.72, fill=False, ec=PALETTE["grid"], lw=0.6)
            )
    axes.set(xlim=(-0.5, len(KINDS) - 0.5), ylim=(len(pages) - 0.5, -0.5))
    counts = [sum(has(theorem) for found in pages.values() for theorem in found) for _, has in KINDS.values()]
    heads = [f"{name}, {count}" for name, count in zip(KINDS, counts, strict=True)]
    axes.xaxis.tick_top()
    axes.set_xticks(range(len(KINDS)), heads, fontsize=10.5, rotation=50, ha="left")
    axes.set_yticks(
        range(len(pages)),
        [SPELT.get(page, page.replace("_", " ")) for page in pages],
        fontsize=10.5,
    )
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    return axes
