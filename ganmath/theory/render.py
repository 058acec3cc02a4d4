r"""How a derivation looks: LaTeX, HTML that unfolds (JupyterLab and the book's pages alike), plain text."""

from __future__ import annotations

import re
import textwrap
from html import escape
from typing import Any

import sympy as sp
from sympy.printing.latex import LatexPrinter
from sympy.printing.printer import Printer
from sympy.printing.str import StrPrinter

from ganmath.theory.derivation import Assumptions, Derivation, Outcome, Step
from ganmath.theory.functionals import Integral
from ganmath.theory.functions import OPAQUE, AbsoluteValue
from ganmath.theory.prose import readable
from ganmath.theory.verdict import Verdict

RELATION_LATEX = {"=": "=", "<=": r"\le", ">=": r"\ge", "<": "<", ">": ">"}
SETTINGS = {"long_frac_ratio": 1, "mat_delim": "(", "diff_operator": "rd", "itex": True}  # itex: limits beside the sign
LINE = 90  # characters of plain text whose formula a page holds in a line
LETTERS = "abpgmr"  # the order of terms: p before g, as it is spoken


def _rank(term: Any) -> tuple[bool, int]:
    """Where a term goes in a sum: what is subtracted last, and in the order of its leading letter."""
    return term.could_extract_minus_sign() and not term.is_number, _leading_letter(term)


def _leading_letter(term: Any) -> int:
    if isinstance(term, sp.Function):
        return _leading_letter(term.args[0])
    factors = [factor for factor in sp.Mul.make_args(term) if not isinstance(factor, sp.log)]
    if len(factors) == 1 and isinstance(factors[0], sp.Function):
        return _leading_letter(factors[0].args[0])
    letters = [str(symbol) for factor in factors for symbol in factor.free_symbols]
    return min((LETTERS.index(letter) for letter in letters if letter in LETTERS), default=-1)


def _coefficient_and_values(product: Any) -> tuple[Any, list[Any]]:
    """The product as c f(x) f'(x): what multiplies the values of functions, and these, slopes last."""
    values = [factor for factor in product.args if isinstance(factor, (*OPAQUE, AbsoluteValue))]
    coefficient = sp.Mul(*(factor for factor in product.args if factor not in values))
    if coefficient.has(*OPAQUE):  # one fraction is easier to read
        return product, []
    return coefficient, sorted(values, key=lambda value: "'" in str(value.func) or isinstance(value, AbsoluteValue))


def _spoken(inside: Any) -> Any:
    """p - g, of which sympy sees no difference to g - p in an absolute value."""
    return min((inside, -inside), key=lambda side: _rank(min(sp.Add.make_args(side), key=_rank)))


def _letters_first(expression: Any) -> list[Any]:
    return sorted(expression.args, key=_leading_letter)


class _InOrder(Printer):  # type: ignore[misc]
    """What sympy's printers have in common here: sums in the order of the book (p + g, 1 - D, a - b)."""

    def _as_ordered_terms(self, expr: Any, order: Any = None) -> list[Any]:
        return sorted(super()._as_ordered_terms(expr, order), key=_rank)

    def _print_Max(self, expr: Any, **exponent: str) -> str:
        return str(self._print_Min(expr, **exponent))


class _Latex(_InOrder, LatexPrinter):  # type: ignore[misc]
    """sympy's LaTeX, with bare logs."""

    def _print_Mul(self, expr: Any) -> str:
        integrals = [factor for factor in expr.args if isinstance(factor, Integral)]
        if integrals:  # last, and apart: what follows one seems to stand under it
            rest = sp.Mul(*(factor for factor in expr.args if factor not in integrals))
            written = r" \cdot ".join(map(self._print, sorted(integrals, key=_rank)))
            before = rf"\left({self._print(rest)}\right)" if rest.is_Add else self._print(rest)
            factor = "" if rest == 1 else "- " if rest == -1 else f"{before} "
            return factor + written
        coefficient, values = _coefficient_and_values(expr)
        if not values:
            return str(super()._print_Mul(expr))
        sign, size = ("- ", -coefficient) if coefficient.could_extract_minus_sign() else ("", coefficient)
        leading = [] if size == 1 else [rf"\left({self._print(size)}\right)" if size.is_Add else self._print(size)]
        return sign + " ".join([*leading, *map(self._print, values)])

    def _print_UndefinedFunction(self, expr: Any) -> str:
        return str(expr.notation)

    def _print_sign(self, expr: Any, exp: str | None = None) -> str:
        written = rf"\mathrm{{sign}}\left({self._print(expr.args[0])}\right)"
        return written if exp is None else rf"{written}^{{{exp}}}"

    def _print_log(self, expr: Any, exp: str | None = None) -> str:
        (argument,) = expr.args
        inside = self._print(argument)
        bare = argument.is_Symbol or (argument.is_Integer and argument > 0)
        written = rf"\log {inside}" if bare else rf"\log\left({inside}\right)"
        return written if exp is None else rf"\left({written}\right)^{{{exp}}}"

    def _print_Abs(self, expr: Any, exp: str | None = None) -> str:
        return rf"\left|{self._print(_spoken(expr.args[0]))}\right|" + ("" if exp is None else f"^{{{exp}}}")

    def _print_erf(self, expr: Any, exp: str | None = None) -> str:
        name = r"\mathrm{erf}" + ("" if exp is None else f"^{{{exp}}}")
        return rf"{name}\left({self._print(expr.args[0])}\right)"

    def _print_Min(self, expr: Any, exp: str | None = None) -> str:
        inside = ", ".join(map(self._print, _letters_first(expr)))
        written = rf"\{type(expr).__name__.lower()}\left({inside}\right)"
        return written if exp is None else rf"\left({written}\right)^{{{exp}}}"


def latex(expression: Any) -> str:
    r"""LaTeX of a sympy expression, in the book's order and with its epsilon.

    >>> epsilon, g, p = sp.symbols("epsilon g p", positive=True)
    >>> print(latex(g + p), latex(epsilon))
    p + g \varepsilon
    """
    written: str = _Latex(SETTINGS).doprint(sp.sympify(expression))
    return written.replace(r"\epsilon", r"\varepsilon")


def _in_lines(expression: Any, left: str = "") -> str:
    r"""LaTeX of a sum, or of the integral of one, on as many lines as a page needs, behind what stands to the left.

    >>> a, b = sp.symbols("a b")
    >>> print(_in_lines(a + b))
    a + b
    >>> print(_in_lines(a + b, left="a" * LINE))
    \;\begin{array}{l} a \\ {} + b \end{array}
    """
    room = LINE - len(re.sub(r"\\[A-Za-z]+|[\\{} ]", "", left))
    before, whole, after = "", expression, ""
    if isinstance(expression, Integral):
        before, (whole,), after = r"\int \Bigl( ", expression.args, r" \Bigr) \,\mathrm{d}x"
    if len(text(expression)) <= room or not whole.is_Add:
        return latex(expression)
    room -= len(text(expression)) - len(text(whole))
    lines: list[list[Any]] = [[]]
    for term in _Latex()._as_ordered_terms(whole):
        if lines[-1] and len(text(sp.Add(*lines[-1], term, evaluate=False))) > room:
            lines.append([])
            room = LINE
        lines[-1].append(term)
    first, *rest = (latex(sp.Add(*terms, evaluate=False)) for terms in lines)
    written = [before + first, *(f"{{}} {line}" if line.startswith("-") else f"{{}} + {line}" for line in rest)]
    return r"\;\begin{array}{l} " + r" \\ ".join(written) + after + r" \end{array}"


def inline(tex: str) -> str:
    """HTML that MathJax typesets in a notebook and in a page made by Sphinx."""
    return rf'<span class="math notranslate nohighlight">\({escape(tex, quote=False)}\)</span>'


def derivation_latex(derivation: Derivation) -> str:
    """The chain as one `aligned`, a line a step."""
    lines = [f"{derivation.left} &= {latex(derivation.start)}" if derivation.left else f"& {latex(derivation.start)}"]
    lines += [f"{_left(step)} &{RELATION_LATEX[step.relation]} {latex(step.after)}" for step in derivation.steps]
    return "\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}"


def _left(step: Step) -> str:
    """What stands to the left; after a condition, which ends in a colon, a space: `s = 1: =` reads as `1 :=`."""
    return rf"{step.left} \quad" if step.left.endswith(r"\colon") else step.left


def derivation_html(derivation: Derivation) -> str:
    """A line of mathematics a step, which opens on its rule, reason, axioms and evidence."""
    start = (f"{derivation.left} = " if derivation.left else "") + _in_lines(derivation.start, derivation.left)
    outcomes = derivation.check()
    rows = "".join(_step_html(step, outcome) for step, outcome in zip(derivation.steps, outcomes, strict=True))
    return (
        f'<div class="derivation"><p><strong>{readable(derivation.title)}</strong> '
        f"{_badge(min((o.verdict for o in outcomes), default=Verdict.FAILED))}</p>"
        f"{_assumptions_html(derivation.assumptions)}"
        f"<p>{inline(start)}</p>{rows}{_axioms_html(derivation.axioms)}</div>"
    )


def _assumptions_html(assumptions: Assumptions) -> str:
    names = [inline(f"{latex(symbol)} = {latex(what)}") for symbol, what in assumptions.definitions.items()]
    kept = [f'<span class="unbroken">{name}{";" if name is not names[-1] else "."}</span>' for name in names]
    items = [f"{readable(text)}." for text in assumptions.text] + ([f"names: {' '.join(kept)}"] if names else [])
    return "<p>Given:</p><ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>" if items else ""


def _axioms_html(axioms: tuple[str, ...]) -> str:
    if not axioms:
        return ""
    return "<p>Axioms:</p><ul>" + "".join(f"<li>{readable(a)}.</li>" for a in axioms) + "</ul>"


def _badge(verdict: Verdict) -> str:
    return f'<span class="verdict verdict-{str(verdict).lower()}">{verdict}</span>'


def _step_html(step: Step, outcome: Outcome) -> str:
    mathematics = inline(f"{_left(step)} {RELATION_LATEX[step.relation]} {_in_lines(step.after, step.left)}".strip())
    details = [readable(step.why), f"Rule: {readable(step.rule.name)}."]
    if step.rule.axioms:
        details.append(f"Given {readable('; '.join(axiom.split(':')[0] for axiom in step.rule.axioms))}.")
    if outcome.verdict is Verdict.FAILED and outcome.residual is not None:
        at = ", ".join(inline(f"{latex(symbol)} = {latex(value)}") for symbol, value in outcome.point.items())
        where = f" at {at}" if at else ""
        details.append(f"{readable(outcome.note)}: {inline(latex(outcome.residual))}{where}.")
    elif outcome.note:
        details.append(readable(outcome.note) + ".")
    opened = " open" if outcome.verdict is Verdict.FAILED else ""
    return (
        f"<details{opened}><summary>{mathematics} {_badge(outcome.verdict)}</summary>"
        f"<p>{'<br>'.join(details)}</p></details>"
    )


class _Text(_InOrder, StrPrinter):  # type: ignore[misc]
    """sympy's text."""

    def _print_Mul(self, expr: Any) -> str:
        coefficient, values = _coefficient_and_values(expr)
        if not values:
            return str(super()._print_Mul(expr))
        sign, size = ("-", -coefficient) if coefficient.could_extract_minus_sign() else ("", coefficient)
        leading = [] if size == 1 else [f"({self._print(size)})" if size.is_Add else self._print(size)]
        return sign + "*".join([*leading, *map(self._print, values)])

    def _print_ImmutableDenseMatrix(self, expr: Any) -> str:
        return f"({'; '.join(', '.join(map(self._print, row)) for row in expr.tolist())})"

    def _print_Abs(self, expr: Any) -> str:
        return f"|{self._print(_spoken(expr.args[0]))}|"

    def _print_Min(self, expr: Any) -> str:
        return f"{type(expr).__name__.lower()}({', '.join(map(self._print, _letters_first(expr)))})"

    def _print_Symbol(self, expr: Any) -> str:
        return str(expr.name).replace("^*", "_star")


def text(expression: Any) -> str:
    """Plain text of a sympy expression, in the book's order."""
    written: str = _Text().doprint(sp.sympify(expression))
    return written


def derivation_text(derivation: Derivation) -> str:
    """The chain for a terminal: a line of mathematics a step, and under it verdict, rule and reason."""
    where = (f"{text(symbol)} = {text(what)}" for symbol, what in derivation.assumptions.definitions.items())
    lines = [f"{derivation.key}: {derivation.title}"]
    lines += [_wrapped(f"given: {given}") for given in (*derivation.assumptions.text, *where)]
    lines += [_wrapped(f"axiom: {axiom}") for axiom in derivation.axioms]
    lines.append(f"   {text(derivation.start)}")
    chain = (derivation.start, *(step.after for step in derivation.steps))
    for step, outcome in zip(derivation.steps, derivation.check(), strict=True):
        if step.of is not None:
            lines.append(f"   {text(chain[step.of])}")
        lines.append(f"{step.relation:2} {text(step.after)}")
        lines.append(_wrapped(f"{outcome.verdict} by {step.rule.name}: {step.why}"))
        if str(outcome):
            lines.append(_wrapped(str(outcome)))
    return "\n".join(lines)


def _wrapped(words: str) -> str:
    return textwrap.fill(words, 96, initial_indent=" " * 6, subsequent_indent=" " * 8)
