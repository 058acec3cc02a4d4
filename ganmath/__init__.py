"""The mathematics of generative adversarial networks: derived, property-tested and observed.

Each room is imported when first touched, so that `import ganmath` costs nothing and a reader of the
divergences never waits for torch or sympy.

>>> import ganmath
>>> round(ganmath.divergence.js([0.5, 0.5], [0.9, 0.1]), 6)
0.101749
"""

from importlib import import_module
from types import ModuleType

__version__ = "0.1.0"

__all__ = ["divergence", "experiments", "game", "gan", "laws", "notebooks", "plot", "theory", "transform"]


def __getattr__(name: str) -> ModuleType:
    if name in __all__:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(
        f"module 'ganmath' has no attribute {name!r}. It has the modules {', '.join(__all__)}; "
        "functions live in them, as in `from ganmath.divergence import js`"
    )


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
