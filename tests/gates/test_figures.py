"""The figures of the built book in a real browser: hand, keys and finger move them, and their numbers are Python's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.figures.peers import ELSEWHERE
from tests.gates.figure import BOX, FIGURES, HOLD, PUSH, VIEWS, Figure, assert_numbers_of_python, drag
from tests.gates.visit import PHONE, WIDE, Visit


def test_every_figure_begins_on_every_page(browser: Any, html: Path) -> None:
    for page in dict.fromkeys(page for page, _ in FIGURES):
        with Visit(browser, Path(html, f"{page}.html").as_uri()) as visit:
            expected = [view for at, view in FIGURES if at == page]
            boxes = visit.page.locator("[data-figure].is-live").all()
            assert [box.get_attribute("data-figure") for box in boxes] == expected
            assert all(box.locator("svg, canvas").first.is_visible() for box in boxes)
        for view in expected:  # each page may begin it in another state
            with Figure(browser, html, view, page=page) as figure:
                assert_numbers_of_python(figure)


def test_its_numbers_are_those_of_python_wherever_the_sliders_stand(figure: Figure) -> None:
    assert_numbers_of_python(figure)
    for _ in range(8):
        figure.page.evaluate(PUSH, [figure.selector, 7])
        figure.box.evaluate(HOLD, figure.peer.held)
        assert_numbers_of_python(figure)


@pytest.mark.parametrize(("view", "setting"), ELSEWHERE)
def test_so_they_are_from_other_settings(browser: Any, html: Path, view: str, setting: str) -> None:
    with Figure(browser, html, view, f"#{view}?{setting}") as figure:
        for _ in range(3):
            assert_numbers_of_python(figure)
            figure.page.evaluate(PUSH, [figure.selector, 7])
        assert figure.faults("width()", "contrast()") == []
        assert figure.messages == []


def test_keys_move_it_and_reset_brings_it_back(figure: Figure) -> None:
    begun = figure.state()
    sliders = figure.box.locator(".control:not([hidden]) input[type=range]")
    for place in range(sliders.count()):
        slider = sliders.nth(place)
        slider.focus()
        key, before = slider.get_attribute("data-key"), slider.input_value()
        slider.press("Home" if before != slider.get_attribute("min") else "End")
        figure.settle()
        assert figure.state()[key] != float(before)
    figure.box.get_by_role("button", name="Reset").press("Enter")
    figure.settle()
    assert figure.state() == begun


def test_every_handle_can_be_dragged(figure: Figure) -> None:
    for handle in figure.box.locator("[data-handle]").all():
        if handle.is_visible():
            before = figure.state()
            drag(figure, handle, -30, 25)
            if figure.state() == before:  # it may stand at the end of its range
                drag(figure, handle, 30, -25)
            assert figure.state() != before, handle.get_attribute("data-handle")


def test_a_finger_drags_it(browser: Any, html: Path, view: str) -> None:
    with Figure(browser, html, view, width=PHONE) as figure:
        handles = figure.box.locator("[data-handle]")
        if not handles.count():
            pytest.skip("nothing to drag")
        before = figure.state()
        handles.first.scroll_into_view_if_needed()
        box = handles.first.locator("circle").last.bounding_box()
        session = figure.page.context.new_cdp_session(figure.page)
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        for kind, points in (
            ("touchStart", [{"x": x, "y": y}]),
            ("touchMove", [{"x": x - 20, "y": y + 15}]),
            ("touchMove", [{"x": x - 30, "y": y + 25}]),
            ("touchEnd", []),
        ):
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        figure.settle()
        assert figure.state() != before


def test_its_address_says_how_it_stands(browser: Any, html: Path, view: str) -> None:
    with Figure(browser, html, view) as figure:
        figure.page.evaluate(PUSH, [figure.selector, 5])
        figure.page.wait_for_function(f"location.hash.startsWith('#{view}?')")
        address, state, numbers = figure.page.evaluate("location.hash"), figure.state(), figure.numbers()
    with Figure(browser, html, view, address) as again:
        assert again.state() == state
        assert again.numbers() == numbers
        assert again.messages == []


def test_a_spoiled_address_does_no_harm(browser: Any, html: Path, view: str) -> None:
    with Figure(browser, html, view) as figure:
        keys = list(figure.state())
    nonsense = "&".join(f"{key}=%3Cscript%3E1e999" for key in keys)
    with Figure(browser, html, view, f"#{view}?{nonsense}&stranger=1") as spoiled:
        assert set(spoiled.state()) == set(keys)
        assert spoiled.messages == []


@pytest.mark.parametrize("width", [WIDE, PHONE])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_moved_it_still_fits_and_reads(browser: Any, html: Path, view: str, width: int, theme: str) -> None:
    with Figure(browser, html, view, width=width, theme=theme) as figure:
        figure.page.evaluate(PUSH, [figure.selector, 5])
        assert figure.faults("width()", "contrast()") == []
        assert figure.barriers(figure.selector) == []


def test_without_scripts_the_static_picture_stands_there(browser: Any, html: Path, view: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(Path(html, f"{VIEWS[view]}.html").as_uri())
    assert page.locator(f"{BOX.format(view=view)} img:visible").count() >= 1
    context.close()


def test_print_shows_the_static_picture(figure: Figure) -> None:
    figure.page.emulate_media(media="print")
    assert figure.box.locator(".live").is_hidden()
    assert figure.box.locator("img").first.is_visible()


def test_the_scripts_of_a_page_are_small(html: Path) -> None:
    sizes = {script.name: script.stat().st_size for script in Path(html, "_static").glob("figures-*.js")}
    assert len(sizes) >= 5
    assert max(sizes.values()) <= 60_000, sizes
