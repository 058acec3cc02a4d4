"""Functions of other libraries, called as `check_laws` calls: their own order of arguments, logarithms, tensors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np


def adapt(
    function: Callable[..., Any],
    *,
    order: Sequence[int] = (0, 1),
    log: Sequence[int] = (),
    logits: Sequence[int] = (),
    to: Callable[[Any], Any] = np.asarray,
    total: bool = False,
    **options: Any,
) -> Callable[..., Any]:
    """The function as ``f(p, q)`` of two lists of numbers.

    ``order`` says which of p (0) and q (1) comes first, second; ``log`` which of them it wants as logarithms, and
    ``logits`` which as unnormalised ones (here: logarithms plus a constant). ``to`` makes what it wants of a list:
    `numpy.asarray`, or `torch.tensor` with its type. ``total=True`` adds up what it gives entry by entry. Other
    keywords go to the function.

    torch's ``kl_div(input, target)`` is KL(target, exp(input)), the logarithm of q first::

        from functools import partial
        double = partial(torch.tensor, dtype=torch.float64)
        check_laws(adapt(F.kl_div, order=(1, 0), log=[1], to=double, reduction="sum"), "kl")

    Raises TypeError for positions other than 0 and 1.

    >>> from scipy.special import rel_entr
    >>> from ganmath.laws import check_laws
    >>> check_laws(adapt(rel_entr, total=True), "kl").ok
    True
    """
    for name, positions in (("order", order), ("log", log), ("logits", logits)):
        if not set(positions) <= {0, 1}:
            raise TypeError(f"{name}={positions!r}: give positions of p (0) and q (1), such as {name}=(1, 0)")

    def adapted(*given: Any) -> Any:
        with np.errstate(divide="ignore"):
            forms = [
                np.log(one) + (3.0 if place in logits else 0.0) if place in log or place in logits else one
                for place, one in enumerate(map(np.asarray, given))
            ]
        answer = function(*(to(forms[place]) for place in order), **options)
        return answer.sum() if total else answer

    adapted.__name__ = getattr(function, "__name__", type(function).__name__)
    return adapted
