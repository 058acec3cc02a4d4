"""What a report looks like in a notebook, and that no words are lost on the way to a terminal."""

from __future__ import annotations

from html.parser import HTMLParser

from ganmath.divergence import js, kl
from ganmath.laws import check_laws


class Outline(HTMLParser):
    """The tags of a fragment of HTML with what follows each, and those left open."""

    def __init__(self, fragment: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None], str]] = []
        self.open: list[str] = []
        self.feed(fragment)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs), ""))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        tag, attributes, text = self.found[-1]
        self.found[-1] = (tag, attributes, text + data)


def test_a_notebook_shows_cause_and_calls_first_and_folds_the_laws() -> None:
    report = check_laws(lambda p, q: 2 * js(p, q), "js")
    outline = Outline(report._repr_html_())
    assert outline.open == []
    tags = [tag for tag, _, _ in outline.found]
    assert tags.index("pre") < tags.index("details") < tags.index("table")
    assert ("strong", {}, "twice the right value: is a 1/2 missing?") in outline.found
    laws = [text for tag, attributes, text in outline.found if tag == "th" and attributes["scope"] == "row"]
    assert laws[0] == "definition"
    assert len(laws) == len(report.examinations)


def test_verdicts_in_a_notebook_are_words_and_bring_no_colours_of_their_own() -> None:
    html = check_laws(lambda p, q: 2 * js(p, q), "js")._repr_html_()
    verdicts = [text for tag, attributes, text in Outline(html).found if "verdict" in (attributes.get("class") or "")]
    assert set(verdicts) == {"BROKEN", "and so", "holds"}
    assert "color" not in html


def test_what_a_function_says_is_no_markup() -> None:
    def my_js(p: list[float], q: list[float]) -> float:
        raise ValueError("<b>bold</b>")

    html = check_laws(my_js, "js")._repr_html_()
    assert "&lt;b&gt;bold" in html
    assert "<b>" not in html


def test_the_convention_to_name_is_printed_whole() -> None:
    assert "convention='bits'" in str(check_laws(lambda p, q: kl(p, q, base=2), "kl"))


def test_a_mean_in_place_of_the_sum_is_recognised_also_where_the_value_is_infinite() -> None:
    report = check_laws(lambda p, q: kl(p, q) / len(p), "kl")
    assert report.cause == "the mean over the outcomes: their sum is meant"


def test_a_value_that_is_infinite_somewhere_is_not_called_capped() -> None:
    assert "capped" not in check_laws(lambda p, q: kl(p, q) * (0.9 if len(p) > 2 else 1), "kl").cause
