"""The discriminator's loss: the binary cross-entropy, of probabilities and of log-odds."""

from __future__ import annotations

from typing import Any

import numpy as np

from ganmath.divergence.arrays import check_dtype, dtype_name, from_list, namespace_of, wide
from ganmath.divergence.logistic import log, softplus, times

__all__ = ["bce", "bce_with_logits"]


def bce(d: Any, y: Any, *, reduction: str = "mean") -> Any:
    r"""The binary cross-entropy :math:`-y \log d - (1 - y) \log(1 - d)` in nats, averaged over all entries.

    ``d`` are probabilities, ``y`` labels in [0, 1] (soft ones too) of the same shape, or one number for all.
    ``reduction="none"`` keeps the entries. Infinite where d contradicts y outright. With as many real (y = 1) as
    generated (y = 0) samples it is -V/2.

    Raises ValueError for probabilities or labels outside [0, 1], for shapes that differ, and for another reduction;
    TypeError for what is no number.

    References: Good (1952), "Rational decisions" (the logarithmic score).

    >>> bce([.9, .2], [1, 0])
    0.164252033486018
    """
    d, y, xp = _entries(d, y)
    check_unit_interval(d, "d", "; log-odds go to bce_with_logits")
    with np.errstate(all="ignore"):
        return _reduced(-(times(y, log(d, xp), xp) + times(1.0 - y, log(1.0 - d, xp), xp)), reduction, xp)


def bce_with_logits(a: Any, y: Any, *, reduction: str = "mean") -> Any:
    r"""`bce` of :math:`d = 1/(1 + e^{-a})` from the log-odds a: :math:`y \log(1 + e^{-a}) + (1 - y) \log(1 + e^a)`.

    Exact where d itself would round to 0 or 1 and its logarithm to minus infinity.

    Raises ValueError for labels outside [0, 1], for shapes that differ, and for another reduction; TypeError for what
    is no number.

    References: Good (1952), "Rational decisions" (the logarithmic score).

    >>> bce_with_logits([800.0], [0]), bce_with_logits([40.0], [1])
    (800.0, 4.248354255291589e-18)
    """
    a, y, xp = _entries(a, y)
    with np.errstate(all="ignore"):
        losses = times(y, softplus(-a, xp), xp) + times(1.0 - y, softplus(a, xp), xp)
        return _reduced(losses, reduction, xp)


def check_unit_interval(d: Any, name: str, hint: str = "") -> None:
    """ValueError where an entry isn't a probability."""
    # NaN passes: it is what D* is where neither p nor g has mass, and weighs nothing there.
    wrong = (d < 0) | (d > 1)
    if bool(wrong.any()):
        raise ValueError(
            f"{name} has the entry {float(d[wrong].reshape(-1)[0]):g}, but probabilities lie in [0, 1]{hint}"
        )


def _entries(d: Any, y: Any) -> tuple[Any, Any, Any]:
    d = _array(d, "the first argument")
    xp = namespace_of(d)
    y = _array(y, "y")
    y = xp.astype(y, d.dtype) if namespace_of(y) is xp else xp.asarray(y, dtype=d.dtype, device=d.device)
    if 0 in d.shape:
        raise ValueError("there are no predictions to average: the first argument is empty")
    if y.ndim and y.shape != d.shape:
        raise ValueError(
            f"{tuple(d.shape)} predictions but {tuple(y.shape)} labels; give one label each, or one for all"
        )
    check_unit_interval(y, "y")
    return d, y, xp


def _array(x: Any, name: str) -> Any:
    """The entries as floats; a tensor keeps its type, so that losses cost what they do in a training loop."""
    if isinstance(x, list | tuple):
        x = from_list(x, name)
    elif isinstance(x, int | float):
        x = np.asarray(x)
    if not hasattr(x, "dtype"):
        raise TypeError(f"{name} is a {type(x).__name__}; give numbers: a list, an array or a tensor")
    check_dtype(x, name)
    return wide(x, namespace_of(x)) if "float" not in dtype_name(x) else x


def _reduced(losses: Any, reduction: str, xp: Any) -> Any:
    if reduction == "none":
        return losses
    if reduction != "mean":
        raise ValueError(f'reduction={reduction!r}; choose "mean" or "none"')
    mean = xp.mean(losses)
    return float(mean) if xp is np else mean
