"""The block diagrams say of each system who is told what and which answers reach the generator's loss."""

import pytest
from matplotlib.colors import to_hex

from ganmath import plot
from ganmath.plot.system import SYSTEMS


def into(kind: str, part: str) -> set[str]:
    """What an arrow leads from to this part, both on the way forward and on the way back."""
    return {way.start for way in SYSTEMS[kind].ways if way.end == part}


@pytest.mark.parametrize("kind", SYSTEMS)
def test_every_way_joins_two_parts_and_every_part_is_on_a_way(kind: str) -> None:
    parts, ways = SYSTEMS[kind]
    assert {name for way in ways for name in way[:2]} == set(parts)


@pytest.mark.parametrize("kind", SYSTEMS)
def test_no_two_texts_meet_and_none_leaves_the_picture(kind: str) -> None:
    axes = plot.system(kind)
    axes.figure.canvas.draw()
    frames = [text.get_bbox_patch().get_window_extent() for text in axes.texts if text.get_text()]
    pairs = [(one, other) for i, one in enumerate(frames) for other in frames[:i]]
    assert not any(one.overlaps(other) for one, other in pairs)
    page = axes.figure.bbox
    assert all(page.contains(*frame.min) and page.contains(*frame.max) for frame in frames)


def test_only_the_conditional_discriminator_is_told_the_label() -> None:
    assert into("conditional", "D") - into("gan", "D") == {"y"}
    assert into("acgan", "D") == into("infogan", "D") == into("gan", "D")
    assert into("acgan", "G") == into("conditional", "G")


def test_the_second_answer_joins_the_loss_of_the_generator() -> None:
    assert into("gan", "G_loss") == into("conditional", "G_loss") == {"real"}
    assert into("acgan", "G_loss") == {"real", "class"}
    assert into("infogan", "G_loss") == {"real", "code"}


def test_the_classifier_sees_data_and_the_reader_of_codes_does_not() -> None:
    assert {"x", "fake"} <= into("acgan", "C")
    assert "x" not in into("infogan", "Q")


@pytest.mark.parametrize("kind", SYSTEMS)
def test_losses_are_dashed_and_nothing_else_is(kind: str) -> None:
    arrows = [text.arrow_patch for text in plot.system(kind).texts if not text.get_text()]
    assert [arrow.get_linestyle() for arrow in arrows] == ["--" if way.back else "-" for way in SYSTEMS[kind].ways]


@pytest.mark.parametrize("kind", SYSTEMS)
def test_diagrams_keep_to_the_palette(kind: str) -> None:
    texts = plot.system(kind).texts
    drawn = [text.get_color() for text in texts if text.get_text()]
    drawn += [text.arrow_patch.get_edgecolor() for text in texts if not text.get_text()]
    assert {to_hex(colour) for colour in drawn} <= set(plot.PALETTE.values())


def test_an_unknown_system_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="no diagram of 'vae': give one of 'gan', 'conditional'"):
        plot.system("vae")
