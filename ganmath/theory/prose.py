"""Formulas within a sentence, as a page shows them: reasons, rules and axioms are typed for the console."""

from __future__ import annotations

import re
from html import escape

from sympy.printing.pretty.pretty_symbology import greek_unicode

GREEK = greek_unicode | {"varphi": greek_unicode["phi"]}
SIGNS = (
    (re.compile(r"(?<![^\W_])_(?=[a-z])"), ""),  # a dummy of sympy's, _x
    (re.compile(r"(?<![\w-])chi2\b"), "χ<sup>2</sup>"),  # but theorem sampling-chi2
    (
        re.compile(rf"(?<![A-Za-z])({'|'.join(GREEK)})(?!-?[A-Za-z]|\d)"),
        lambda found: GREEK[found[1]],
    ),  # but chi-square
    (re.compile(r"_star\b"), "*"),
    (re.compile(r"(?:\*\*|\^)\(((?:[^()]|\([^()]*\))*)\)"), r"<sup>\1</sup>"),
    (re.compile(r"(?:\*\*|\^)(\*|-?\w+)"), r"<sup>\1</sup>"),
    (re.compile(r"(?<=[^\W_])_([^\W_]+|[+-](?!\w))"), r"<sub>\1</sub>"),
    (re.compile(r"(?<!f)\*(?=[\w(√])"), "·"),  # f* is a conjugate, D* has nothing behind it
    (re.compile(r"\bsqrt\("), "√("),
    (re.compile(r"\bintegral\["), "∫["),
    (re.compile(r"-&gt;"), "→"),
    (re.compile(r"&lt;="), "≤"),
    (re.compile(r"&gt;="), "≥"),
)


def readable(text: str) -> str:
    """HTML of a sentence with formulas typed as plain text.

    >>> readable("put in M_2 = (k - 1)/n**2, where D* <= gamma*theta")
    'put in M<sub>2</sub> = (k - 1)/n<sup>2</sup>, where D* ≤ γ·θ'
    >>> readable("attained: u <= F(F^-1(u))")
    'attained: u ≤ F(F<sup>-1</sup>(u))'
    """
    text = escape(text)
    for pattern, shown in SIGNS:
        text = pattern.sub(shown, text)
    return text
