"""Block diagrams of generative adversarial networks: who is told what, who answers what, and where each loss goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ganmath.plot.style import PALETTE, panels, styled

if TYPE_CHECKING:
    from matplotlib.axes import Axes


class Part(NamedTuple):
    """A text at a place, in the colour of its key; a network has a frame."""

    across: float
    up: float
    text: str
    key: str
    network: bool = False


class Way(NamedTuple):
    """An arrow between two parts; a loss on its way back is dashed. The bend is matplotlib's ``rad``."""

    start: str
    end: str
    key: str = "ink"
    bend: float = 0.0
    back: bool = False


class System(NamedTuple):
    """A diagram as data: its parts by name, and the ways between them."""

    parts: dict[str, Part]
    ways: tuple[Way, ...]


def forward(*pairs: str) -> tuple[Way, ...]:
    """Straight arrows, each from the first to the second name of ``"start end"``."""
    return tuple(Way(start, end) for start, end in map(str.split, pairs))


def losses(*pairs: str, key: str, bend: float) -> tuple[Way, ...]:
    """Dashed arrows that bend, in the colour of the network that learns."""
    return tuple(Way(start, end, key, bend, back=True) for start, end in map(str.split, pairs))


SAMPLER = {
    "z": Part(0.9, 1.6, "noise\n$z$", "muted"),
    "G": Part(3.2, 1.6, "$G$", "g", True),
    "x": Part(5.5, 4.5, "data\n$x$", "p"),
    "G_loss": Part(6.2, -0.1, "$G$'s loss", "g"),
}
JUDGE = {
    "D": Part(7.6, 3.0, "$D$", "d", True),
    "real": Part(9.4, 3.0, "real?", "ink"),
    "D_loss": Part(8.6, 4.9, "$D$'s loss", "d"),
}
BESIDE = {
    "D": Part(7.2, 4.4, "$D$", "d", True),
    "real": Part(9.4, 4.4, "real?", "ink"),
    "D_loss": Part(8.5, 6.0, "$D$'s loss", "d"),
    "G_loss": Part(6.5, -0.7, "$G$'s loss", "g"),
}
PLAY = forward("z G", "G fake", "fake D", "x D", "D real")
LEARN = losses("real D_loss", "D_loss D", key="d", bend=0.25) + losses("G_loss G", key="g", bend=-0.25)
ONE_LOSS = losses("real G_loss", key="g", bend=-0.25)
TWO_LOSSES = losses("real G_loss", key="g", bend=-0.42)  # round the second answer

SYSTEMS = {
    "gan": System(SAMPLER | JUDGE | {"fake": Part(5.5, 1.6, "$G(z)$", "g")}, PLAY + LEARN + ONE_LOSS),
    "conditional": System(
        SAMPLER | JUDGE | {"fake": Part(5.5, 1.6, "$G(z, y)$", "g"), "y": Part(3.2, 3.6, "label $y$", "ink")},
        PLAY + forward("y G", "y D") + LEARN + ONE_LOSS,
    ),
    "acgan": System(
        SAMPLER | BESIDE | {
            "fake": Part(5.0, 1.6, "$G(z, y)$", "g"),
            "y": Part(3.2, 3.6, "label $y$", "ink"),
            "C": Part(6.8, 1.4, "$C$", "m", True),
            "class": Part(8.2, 1.4, "$y$?", "ink"),
            "C_loss": Part(7.7, 2.9, "$C$'s loss", "m"),
        },
        PLAY + forward("y G", "fake C", "x C", "C class") + LEARN + TWO_LOSSES
        + losses("class C_loss", "C_loss C", key="m", bend=0.25) + losses("class G_loss", key="g", bend=-0.15),
    ),
    "infogan": System(
        SAMPLER | BESIDE | {
            "fake": Part(5.0, 1.6, "$G(z, c)$", "g"),
            "c": Part(3.2, 3.6, "code $c$", "ink"),
            "Q": Part(6.8, 1.4, "$Q$", "m", True),
            "code": Part(8.2, 1.4, "$c$?", "ink"),
            "Q_loss": Part(7.7, 2.9, "$-L_I$", "m"),
        },
        PLAY + forward("c G", "fake Q", "Q code") + LEARN + TWO_LOSSES
        + losses("code Q_loss", "Q_loss Q", key="m", bend=0.25) + losses("code G_loss", key="g", bend=-0.15),
    ),
    "projection": System(
        {
            "x": Part(0.8, 3.6, "image\n$x$", "ink"),
            "features": Part(2.8, 3.6, "$\\phi$", "d", True),
            "y": Part(0.8, 1.0, "label\n$y$", "ink"),
            "vector": Part(2.8, 1.0, "$e_y$", "d", True),
            "data": Part(5.7, 3.6, "like data?\n$w \\cdot \\phi(x) + b$", "d"),
            "match": Part(5.7, 1.0, "like its label?\n$e_y \\cdot \\phi(x)$", "d"),
            "sum": Part(7.6, 2.3, "$+$", "d", True),
            "score": Part(9.25, 2.3, "$a(x, y)$", "ink"),
        },
        forward("x features", "features data", "features match", "y vector", "vector match")
        + forward("data sum", "match sum", "sum score"),
    ),
}  # fmt: skip


@styled
def system(kind: str = "gan") -> Axes:
    """Networks in frames and what goes between them; and dashed, the way back that each loss takes.

    ``kind`` is ``"gan"``; with a label for both players, ``"conditional"``; with a classifier beside the discriminator,
    ``"acgan"``; with a code to be guessed, ``"infogan"``; the inside of a discriminator, ``"projection"``.

    Raises ValueError for a kind that there is no diagram of.

    References: Goodfellow et al. (2014); Mirza and Osindero (2014), "Conditional generative adversarial nets"; Odena,
    Olah and Shlens (2017), "Conditional image synthesis with auxiliary classifier GANs"; Chen et al. (2016),
    "InfoGAN"; Miyato and Koyama (2018), "cGANs with projection discriminator".

    >>> [text.get_text() for text in system().texts if len(text.get_text()) == 3]  # the two networks
    ['$G$', '$D$']
    >>> [text.get_text() for text in system("acgan").texts if text.get_size() == 16]
    ['$G$', '$D$', '$C$']
    """
    if kind not in SYSTEMS:
        raise ValueError(f"no diagram of {kind!r}: give one of {', '.join(map(repr, SYSTEMS))}")
    parts, ways = SYSTEMS[kind]
    (axes,) = panels(3.0, (1,))
    tops = [part.up for part in parts.values()]
    axes.set(xlim=(0, 10), ylim=(min(tops) - 0.5, max(tops) + 0.5))
    axes.axis("off")
    # Every text has a frame, if often an unseen one: arrows stop there.
    frames = {}
    for name, (across, up, text, key, network) in parts.items():
        frame = {"facecolor": "none", "edgecolor": PALETTE[key] if network else "none", "linewidth": 1.6}
        frame["boxstyle"] = f"round,pad={0.45 if network else 0.2}"
        size = 16 if network else 11
        written = axes.text(across, up, text, ha="center", va="center", color=PALETTE[key], size=size, bbox=frame)
        frames[name] = written.get_bbox_patch()
    for start, end, key, bend, back in ways:
        axes.annotate(
            "", parts[end][:2], parts[start][:2],
            arrowprops={
                "arrowstyle": "->", "color": PALETTE[key], "linewidth": 1.4, "linestyle": "--" if back else "-",
                "connectionstyle": f"arc3,rad={bend}", "shrinkA": 1, "shrinkB": 1,
                "patchA": frames[start], "patchB": frames[end],
            },
        )  # fmt: skip
    return axes  # type: ignore[no-any-return]
