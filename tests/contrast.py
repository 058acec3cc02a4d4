"""How far two colours stand out from each other, as the guidelines for accessible pages count it: text needs 4.5."""

from __future__ import annotations


def channels(colour: str) -> list[float]:
    """Red, green and blue of `#rrggbb`, from 0 to 1."""
    return [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]


def mixed(colour: str, ground: str, opacity: float) -> str:
    """What is seen of a colour that lets the ground shine through."""
    pairs = zip(channels(colour), channels(ground), strict=True)
    return "#" + "".join(f"{round(255 * (opacity * over + (1 - opacity) * under)):02x}" for over, under in pairs)


def contrast(one: str, other: str) -> float:
    """The ratio of the luminances, 0.05 added to each; at least 1."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
