"""Where two-player training stands, how far it steps, and how strong what steadies it is."""

from __future__ import annotations

from hypothesis import strategies as st


def _eighths(draw: st.DrawFn, low: int, high: int) -> float:
    return draw(st.integers(low, high)) / 8


@st.composite
def strengths(draw: st.DrawFn) -> tuple[float]:
    """The strength of a penalty: a multiple of 1/8, from 1/8 to 4."""
    return (_eighths(draw, 1, 32),)


@st.composite
def strengths_and_shares(draw: st.DrawFn) -> tuple[float, float]:
    """A strength, or a step's size, and a share of some limit: a multiple of 1/8 from 1/8 to 2, or 1 +- 1e-6."""
    near = st.sampled_from((1 - 1e-6, 1 + 1e-6))
    return _eighths(draw, 1, 32), draw(st.integers(1, 16).filter(lambda k: k != 8).map(lambda k: k / 8) | near)


@st.composite
def points_and_steps(draw: st.DrawFn) -> tuple[float, float, float]:
    """theta and psi, multiples of 1/8 from -4 to 4, and the size of a step, from 1/8 to 2."""
    return _eighths(draw, -32, 32), _eighths(draw, -32, 32), _eighths(draw, 1, 16)
