from __future__ import annotations

from tests.figures.mutants import Mutant


def planted(module: str, *texts: tuple[str, str]) -> list[Mutant]:
    return [Mutant(f"mathematics/{module}.js", old, new) for old, new in texts]


MUTANTS = [
    *planted("summing", (">= Math.abs(terms[i])", "<= Math.abs(terms[i])"), ("total + lost : total", "total : total")),
    *planted(
        "divergences",
        ("return a === 0 ? b : Infinity", "return a === 0 ? b : 0"),
        ("Math.log(b)) - a + b", "Math.log(b))"),
        ("k = 25; k > 1", "k = 25; k > 3"),
        ("Math.log1p(-z * z) / 2", "Math.log1p(-z * z)"),
        ("const log = Math.log((a + b) / 2)", "const log = Math.log(a + b)"),
        ("Math.abs(a - b)) / 2;", "Math.abs(a - b));"),
        ("Math.sqrt(a) * Math.sqrt(b)", "a * Math.sqrt(b)"),
        ("a / (a + g[i])", "g[i] / (a + g[i])"),
        ("b * Math.log1p(-d)", "b * Math.log(d)"),
        ("2 * divergence - 2 * Math.LN2", "2 * divergence - Math.LN2"),
        ("scaled.map((w) => w / total)", "scaled"),
    ),
    *planted(
        "normal",
        ("Math.abs(z) > 8.5", "Math.abs(z) > 3"),
        ("1e-17 * Math.abs(total)", "1e-7 * Math.abs(total)"),
    ),
    *planted(
        "quadrature",
        ("round < 6", "round < 2"),
        ("(k - 1) * before", "k * before"),
        ("width * w", "w"),
    ),
    *planted(
        "gaussians",
        ("+ Math.log(g.std / p.std)", "+ Math.log(p.std / g.std)"),
        ("1 / (1 + Math.exp(-optimalLogit", "1 / (1 + Math.exp(optimalLogit"),
        ("klTerm(1, (p.std / g.std) ** 2)", "klTerm((p.std / g.std) ** 2, 1)"),
        ("(4 * (p.std ** 2 + g.std ** 2))", "(8 * (p.std ** 2 + g.std ** 2))"),
        ("Math.sqrt(-Math.expm1(-", "Math.sqrt(1 - Math.exp(-"),
        ("wide.mean < narrow.mean ? -wide.std : wide.std", "wide.std"),
        ("h * h + 2 * L)", "h * h + L)"),
        ("[...ends, ...inside]", "ends"),
        ("[-11, -5, 0, 5, 11]", "[-5, 0, 5]"),
        ("2 * b * normalPdf(a / b)", "b * normalPdf(a / b)"),
        ("Math.hypot(p.mean - g.mean, p.std - g.std)", "Math.abs(p.mean - g.mean)"),
    ),
    *planted(
        "gradients",
        ("(x - g.mean) / g.std ** 2 - (x - p.mean)", "(x - g.mean) / g.std ** 2 + (x - p.mean)"),
        ("(1 + Math.exp(-optimalLogit(x, p, g)))", "(1 + Math.exp(optimalLogit(x, p, g)))"),
        ("(1 + Math.exp(optimalLogit(x, p, g)))", "1"),
        ("(x - p.mean) / p.std - (x - g.mean) / g.std)", "(x - g.mean) / g.std - (x - p.mean) / p.std)"),
        ("term * (points[i][0] - g.mean)", "term * (points[i][0] - p.mean)"),
        ("a / Math.abs(b)", "a / b"),
        ("2 * g.std * Math.sign(b)", "2 * Math.sign(b)"),
    ),
    *planted(
        "transport",
        ("low += high >= m", "low += high < m"),
        ("low + high * more", "low"),
        ("ahead <= 0 ? F[i] : G[j]", "F[i]"),
        ("** (1 / order)", ""),
        ("plan[i][j] = mass", "plan[j][i] = mass"),
        ("i === k || j === l ? 0 : ", ""),
        ("changed[k][j] += mass", "changed[k][j] -= mass"),
        ("Math.abs(ahead) < 1e-15 ? 0 : ", ""),
        ("height - least", "height"),
        ("slope > 1 + 1e-12", "slope >= 2"),
    ),
]
