"""What must stay below a limit, whatever a peer does: memory, the time of the import, the error of an integral."""

from __future__ import annotations

from functools import partial

from tests.benchmarks import mixtures
from tests.benchmarks.table import Row, Table, said
from tests.benchmarks.timing import cpu_times, import_times, peak_memory

LAZY = ("scipy.stats", "scipy.special", "scipy.integrate", "scipy.optimize", "torch", "sympy")
MB = 1e6


def table(quick: bool = False) -> Table:
    """Each measurement beside its limit."""
    found = Table("Limits", ("what", "measured", "at most", "met"))

    def add(what: str, measured: float, limit: float, form: str) -> None:
        met = measured <= limit
        found.rows.append(Row((what, form.format(measured), form.format(limit), said(met)), met))

    n = 10**5 if quick else 10**7
    for name in ("kl", "js"):
        allocated, resident = peak_memory(name, n)
        size = f"{n:.0e}".replace("e+0", "e")
        add(f"{name}, n = {size}: allocated beyond the inputs", allocated / MB, 32, "{:.1f} MB")
        if resident is not None:
            add(f"{name}, n = {size}: resident beyond the inputs", resident / MB, 32, "{:.1f} MB")
    _, extra, modules = import_times(1 if quick else 9)
    add("`import ganmath.divergence` after `import numpy`", extra * 1e3, 100, "{:.0f} ms")
    loaded = [name for name in LAZY if name in modules]
    what = f"loaded with it, of {', '.join(f'`{name}`' for name in LAZY)}"
    found.rows.append(Row((what, ", ".join(loaded) or "none", "none", said(not loaded)), not loaded))
    pairs = mixtures.pairs(2 if quick else 40)
    times = cpu_times(*(partial(mixtures.ours, pair) for pair in pairs), rounds=1 if quick else 9)
    size = f"js of two Gaussian mixtures, {len(pairs)} pairs"
    add(f"{size}: longest time", max(times) * 1e3, 1, "{:.2f} ms")
    add(f"{size}: largest relative error", max(map(mixtures.error, pairs)), 1e-12, "{:.0e}")
    return found
