from __future__ import annotations

from tests.figures.mutants import Mutant

MUTANTS = [
    Mutant(f"mathematics/{file}.js", old, new, "sending")
    for file, old, new in (
        ("sending", "i !== without && mass >= most - 1e-9", "mass >= most - 1e-9"),
        ("sending", "filter((_, i) => i !== without)", "slice()"),
        ("sending", "largestBut(plan[i], l)", "largestBut(plan[l], l)"),
        ("sending", "map((row) => row[l]), i)", "map((row) => row[i]), i)"),
        ("sending", "share * mostExchanged", "mostExchanged"),
        ("sending", "plan = sentAlong(plan, i, l, share)", "sentAlong(plan, i, l, share)"),
        ("sending", "&& share <= 1) plan", "&& share < 1) plan"),
        ("reading", "/ Number(parts[1] ?? 1)", "* Number(parts[1] ?? 1)"),
        ("reading", "/ Number(parts[1] ?? 1)", "/ Number(parts[1] ?? 2)"),
        ("reading", '.replace("−", "-")', '.replace("−", "")'),
        ("reading", ".sort((a, b) => a - b)", ".sort((a, b) => b - a)"),
        ("reading", "(number) => number === point", "(number) => number >= point"),
        ("reading", "[...first.numbers, ...second.numbers]", "first.numbers"),
    )
]
