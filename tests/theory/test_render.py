"""What a derivation looks like."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
import sympy as sp

from ganmath.theory import THEOREMS, Derivation
from ganmath.theory.functionals import KL, Expectation, Integral, TotalVariation
from ganmath.theory.functions import function
from ganmath.theory.proofs.symbols import D, g, m, p
from ganmath.theory.render import latex, text

DERIVATIONS = {
    name: derivation
    for theorem in THEOREMS.values()
    for name, derivation in ((theorem.key, theorem.derivation), (f"not {theorem.key}", theorem.false_neighbour))
    if derivation is not None
}


class Balance(HTMLParser):
    """Fails on a tag that isn't closed in order; collects the text outside mathematics."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.details = 0
        self.prose = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.details += tag == "details"
        if tag != "br":
            self.open.append("math" if "math" in str(dict(attrs).get("class")) else tag)

    def handle_endtag(self, tag: str) -> None:
        opened = self.open.pop()
        assert opened == tag or (opened, tag) == ("math", "span")

    def handle_data(self, data: str) -> None:
        if "math" not in self.open:
            self.prose += data


@pytest.mark.parametrize("name", DERIVATIONS)
def test_the_html_unfolds_a_step_at_a_time_and_shows_no_raw_tex(name: str) -> None:
    derivation = DERIVATIONS[name]
    page = Balance()
    page.feed(derivation._repr_html_())
    page.close()
    assert page.open == []
    assert page.details == len(derivation.steps)
    assert re.findall(r"[\\$]|\^\{", page.prose) == []
    assert re.findall(r"<=|>=|->|\*\*|\^|\w_\w|\bsqrt\b|\b(?:theta|psi|gamma|lambda|mu|pi)\b", page.prose) == []


def test_no_line_ends_between_a_name_and_the_stop_after_it() -> None:
    page = DERIVATIONS["gap"]._repr_html_()
    names = re.search(r"<li>names: (.*?)</li>", page)
    assert names is not None
    kept = r'<span class="unbroken"><span class="math[^"]*">[^<]*</span>{}</span>'
    assert re.fullmatch(f"(?:{kept.format(';')} )+{kept.format('[.]')}", names[1])


@pytest.mark.parametrize("name", DERIVATIONS)
def test_the_latex_has_a_line_a_step_and_balanced_braces(name: str) -> None:
    derivation = DERIVATIONS[name]
    written = derivation.latex()
    assert written.count(r" \\" + "\n") == len(derivation.steps)
    assert written.count("{") == written.count("}")
    assert written.count(r"\left") == written.count(r"\right")
    assert "Integral" not in written
    assert set(re.findall(r"\\operatorname\{(\w+)\}", written)) <= {"KL", "JS", "TV", "BC"}  # no printer's own name


def test_a_failed_step_stands_open_with_its_residual() -> None:
    html = DERIVATIONS["not jsd-reduction"]._repr_html_()
    assert html.count("<details open>") >= 1
    assert r"\(- \log 2\)" in html


def test_sums_are_written_as_they_are_spoken() -> None:
    assert latex(g + p) == "p + g"
    assert latex(1 - D) == "1 - D"
    assert text(Expectation(g, sp.log(g / (p + g))) + Expectation(p, sp.log(p / (p + g)))).startswith("E_p[")


def test_functionals_write_themselves() -> None:
    assert latex(KL(p, m)) == r"\operatorname{KL}\left(p \,\|\, m\right)"
    assert latex(TotalVariation(p, g) ** 2) == r"\operatorname{TV}\left(p, g\right)^{2}"
    assert latex(Integral(p * sp.log(D))) == r"\int p \log D \,\mathrm{d}x"
    assert text(Integral(p * sp.log(D))) == "integral[p*log(D)]"


@pytest.mark.parametrize("extreme", [sp.Min, sp.Max])
def test_a_power_of_the_smaller_or_the_larger_one_is_of_the_whole(extreme: Any) -> None:
    name = extreme.__name__.lower()
    assert latex(extreme(p, g) ** 2) == rf"\left(\{name}\left(p, g\right)\right)^{{2}}"
    assert text(extreme(p, g) ** 2) == f"{name}(p, g)**2"


def test_an_integral_stands_behind_its_factors() -> None:
    x = sp.Symbol("x")
    assert latex((x + 1) * Integral(p)) == r"\left(x + 1\right) \int p \,\mathrm{d}x"
    assert latex(-sp.Function("f")(x) * Integral(p)) == r"- f{\left(x \right)} \int p \,\mathrm{d}x"


def test_the_text_gives_verdict_and_reason_of_each_step() -> None:
    derivation: Derivation = DERIVATIONS["gap"]
    printed = str(derivation)
    assert printed.count("PROVED by ") == len(derivation.steps)
    assert max(map(len, printed.splitlines())) <= 120


def test_a_sum_wider_than_a_page_stands_on_lines_and_no_other() -> None:
    wide = THEOREMS["hinge"].derivation._repr_html_()
    assert wide.count(r"\begin{array}{l} \int \Bigl(") == 1
    _, second = wide.split(r"\begin{array}{l}")[1].split(r"\end{array}")[0].split(r"\\")
    assert second.startswith(" {} + ")
    assert second.endswith(r"\Bigr) \,\mathrm{d}x ")
    assert r"\begin{array}" not in THEOREMS["pinsker"].derivation._repr_html_()


def test_a_function_has_one_letter_defined_and_applied() -> None:
    x, phi = sp.Symbol("x"), function("phi", r"\varphi")
    assert latex(phi) == r"\varphi"
    assert latex(phi(x)) == r"\varphi\left(x\right)"


def test_an_integral_between_limits_looks_as_one_over_everything() -> None:
    x, N = sp.symbols("x N")
    assert latex(sp.Integral(x, (x, 0, N))) == r"\int_{0}^{N} x\, \mathrm{d}x"
    assert latex(Integral(p)).endswith(r"\mathrm{d}x")


def test_a_name_is_typeset_where_it_is_defined() -> None:
    derivation = THEOREMS["generalised-js"].derivation
    assert derivation is not None
    assert r"m_{\pi} = " in derivation._repr_html_()


def test_a_matrix_stands_on_one_line_of_text_and_between_round_brackets() -> None:
    x = sp.Symbol("x")
    step = sp.ImmutableMatrix([[1, -x], [x, 1]])
    assert text(step) == "(1, -x; x, 1)"
    assert latex(step) == r"\left(\begin{matrix}1 & - x\\x & 1\end{matrix}\right)"


@pytest.mark.parametrize("name", DERIVATIONS)
def test_a_condition_and_the_relation_after_it_are_no_definition(name: str) -> None:
    written = DERIVATIONS[name].latex()
    assert re.findall(r"(?:\\colon|:) *&", written) == []
    assert re.findall(r"\\text{with }[^\n]*(?<!\\quad) &", written) == []
