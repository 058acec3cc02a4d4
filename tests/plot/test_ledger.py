"""The picture of the ledger shows what each theorem has, and nothing that it hasn't."""

from dataclasses import replace

import pytest
from matplotlib.colors import to_hex

from ganmath import plot
from ganmath.plot.ledger import KINDS, rests_on_a_citation
from ganmath.theory import THEOREMS


def strokes(axes: object) -> list[tuple[int, int, str, float]]:
    """(column, row, colour, opacity) of the filled strokes, from left to right."""
    found = []
    for patch in axes.patches:  # type: ignore[attr-defined]
        if patch.get_fill() and patch.get_facecolor()[3] > 0:
            x, y = patch.get_center()
            found.append((round(x), round(y), to_hex(patch.get_facecolor()), patch.get_facecolor()[3]))
    return sorted(found)


def test_each_theorem_has_a_stroke_for_each_kind_of_evidence_it_has() -> None:
    axes = plot.evidence(THEOREMS.values())
    drawn = strokes(axes)
    pages = list(dict.fromkeys(theorem.page for theorem in THEOREMS.values()))
    for column, (key, has) in enumerate(KINDS.values()):
        for row, page in enumerate(pages):
            expected = sum(has(theorem) for theorem in THEOREMS.values() if theorem.page == page)
            here = [colour for at, on, colour, _ in drawn if (at, on) == (column, row)]
            assert here == [plot.PALETTE[key]] * expected
    heads = [label.get_text() for label in axes.get_xticklabels()]
    assert heads[2] == f"laws, {sum(bool(theorem.laws) for theorem in THEOREMS.values())}"


def test_what_rests_on_a_citation_is_faint() -> None:
    assert rests_on_a_citation(THEOREMS["sqrt-js-metric"])
    assert not rests_on_a_citation(THEOREMS["pinsker"])
    (cited, *_), (proved, *_) = (strokes(plot.evidence([THEOREMS[key]])) for key in ("sqrt-js-metric", "pinsker"))
    assert cited[3] < 0.5 < proved[3]


def test_what_a_theorem_lacks_is_not_drawn() -> None:
    bare = replace(THEOREMS["gap"], derivation=None, false_neighbour=None, certificate="", experiment="")
    assert [column for column, *_ in strokes(plot.evidence([bare]))] == [list(KINDS).index("laws")]


def test_no_theorem_is_refused() -> None:
    with pytest.raises(ValueError, match="no theorems: give some of"):
        plot.evidence([])
