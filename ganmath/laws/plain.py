r"""A law's statement as plain text, for a terminal: ``\mathrm{KL}(p \| q) \ge 0`` reads ``KL(p ‖ q) ≥ 0``."""

from __future__ import annotations

import re

SIGNS = {
    r"\le": "≤", r"\ge": "≥", r"\ne": "≠", r"\|": "‖", r"\times": "×", r"\circ": "∘", r"\cdot": "·", r"\sum": "Σ",
    r"\int": "∫", r"\infty": "∞", r"\iff": "⇔", r"\Rightarrow": "⇒", r"\in": "∈", r"\perp": "⊥", r"\mapsto": "↦",
    r"\sim": "~", r"\dots": "...",
    r"\chi": "χ", r"\sigma": "σ", r"\theta": "θ", r"\varepsilon": "ε", r"\mu": "μ",
    r"\varphi": "φ", r"\psi": "ψ", r"\lambda": "λ", r"\gamma": "γ", r"\eta": "η", r"\pi": "π", r"\nabla": "∇",
    r"\partial": "∂", r"\leftarrow": "←", r"\lceil": "⌈", r"\rceil": "⌉", r"\{": "{", r"\}": "}", r"\_": "_",
    r"\,": " ", r"\;": " ", r"\quad": " ", r"\!": "", r"\left": "", r"\right": "", r"\textstyle": "", "~": " ",
    r"\rho": "ρ", r"\pm": "±", r"\approx": "≈", r"\delta": "δ", r"\Delta": "Δ", r"\to": "→", r"\ast": "*",
}  # fmt: skip
FUNCTIONS = r"\\(log|min|max|sup|inf|exp|tanh|det|lim|tr)(?![a-zA-Z])"
SUPERSCRIPTS = str.maketrans("0123456789-+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺")
SUBSCRIPTS = str.maketrans("0123456789-+", "₀₁₂₃₄₅₆₇₈₉₋₊")
GROUP = r"\{((?:[^{}]|\{[^{}]*\})*)\}"


def plain(statement: str) -> str:
    r"""The LaTeX of a statement as one line of text.

    >>> plain(r"2\, \mathrm{TV}(p, q)^2 \le \mathrm{KL}(p \| q)")
    '2 TV(p, q)² ≤ KL(p ‖ q)'
    """
    text = re.sub(r"\\(?:t?frac)(\d)(\d|n)", r"\1/\2", statement)
    text = re.sub(FUNCTIONS, r"\1", text)
    text = re.sub(r"\\[a-zA-Z]+|\\[,;!]|~", lambda sign: SIGNS.get(sign[0], sign[0]), text)
    before = None
    while before != text:  # from the inside out
        before = text
        text = re.sub(r"(log )?\\t?frac\{([^{}\\]*)\}\{([^{}\\]*)\}", _fraction, text)
        text = re.sub(rf"\\sqrt{GROUP}", r"√(\1)", text)
        text = re.sub(rf"\\(?:mathrm|mathbb|mathcal|mathtt|text|hat|operatorname){GROUP}", r"\1", text)
        text = re.sub(r"\\(?:mathbb|mathcal|mathrm|hat)\s+(\w)", r"\1", text)
    text = re.sub(rf"\^(?:{GROUP}|(.))", lambda raised: _index("^", SUPERSCRIPTS, raised), text)
    text = re.sub(rf"_(?:{GROUP}|(.))", lambda lowered: _index("_", SUBSCRIPTS, lowered), text)
    text = re.sub(r"\\[|{}_]", lambda sign: SIGNS[sign[0]], text)
    return re.sub(r"\s+([,:)])", r"\1", re.sub(r"\s+", " ", text)).strip()


def _fraction(found: re.Match[str]) -> str:
    """a/b, with brackets where a or b is a sum, or both stand under a logarithm."""
    above, below = (f"({part})" if re.search(r"[-+ ]", part) and part[0] != "(" else part for part in found.group(2, 3))
    return f"log({above}/{below})" if found[1] else f"{above}/{below}"


def _index(mark: str, table: dict[int, int], found: re.Match[str]) -> str:
    inside = (found[1] or found[2] or "").strip()
    if all(ord(character) in table for character in inside):
        return inside.translate(table)
    if mark == "^" and inside in {"*", "**", "←", "T"}:
        return inside if inside != "T" else "ᵀ"
    return f"{mark}{inside}" if len(inside) == 1 else f"{mark}({inside})"
