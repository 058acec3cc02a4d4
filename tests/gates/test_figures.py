"""The figures of the built book in a real browser: hand, keys and finger move them, and their numbers are Python's."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.figures.peers import ELSEWHERE, PEERS
from tests.gates.test_pages import BOOK, PAGES, PHONE, WIDE, Visit

FIGURES = [
    (page, found)
    for page in PAGES
    for found in re.findall(r"\{interactive\} ([\w-]+)", Path(BOOK, f"{page}.md").read_text("utf8"))
]
VIEWS = {view: page for page, view in reversed(FIGURES)}  # the first page that shows it

# What a test asks of the page; a figure is drawn at the frame after a change.
BOX = "[data-figure='{view}']"
NUMBERS = """box => Object.fromEntries([...box.querySelectorAll("[data-number]")].map(
  output => [output.dataset.number, output.dataset.value]))"""
STATE = """box => Object.fromEntries([...box.querySelectorAll("[data-key]")].map(({ dataset, type, checked, value }) =>
  [dataset.key, type === "checkbox" ? checked : type === "range" ? Number(value) : value]))"""
REST = "box => box.getAttribute('aria-busy') !== 'true'"
HOLD = """(box, held) => Object.entries(held).forEach(([key, value]) => {
  const input = box.querySelector(`[data-key=${key}]`);
  input.value = value;
  input.dispatchEvent(new Event('input', { bubbles: true }));
})"""
FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
PUSH = """async ([selector, times]) => {
  const sliders = [...document.querySelectorAll(selector + ' .control:not([hidden]) input[type=range]')];
  for (let i = 0; i < times; i++) {
    const slider = sliders[i % sliders.length];
    slider.valueAsNumber = +slider.min + (+slider.max - +slider.min) * ((i * 0.381966) % 1);
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    await new Promise(requestAnimationFrame);
  }
}"""


class Figure(Visit):
    """One figure on its page."""

    def __init__(
        self, browser: Any, html: Path, view: str, address: str = "", page: str | None = None, **window: Any
    ) -> None:
        super().__init__(browser, Path(html, f"{page or VIEWS[view]}.html").as_uri() + address, **window)
        self.peer = PEERS[view]
        self.selector = BOX.format(view=view)
        self.box = self.page.locator(self.selector)
        self.box.scroll_into_view_if_needed()

    def settle(self) -> None:
        """Until it is drawn, by a Worker too."""
        self.page.evaluate(FRAMES)
        self.page.wait_for_function(REST, arg=self.box.element_handle())

    def numbers(self) -> dict[str, float]:
        self.settle()
        return {key: value for key, value in read_numbers(self.box).items() if key not in self.peer.apart}

    def state(self) -> dict[str, Any]:
        return dict(self.box.evaluate(STATE))

    @functools.cached_property
    def session(self) -> Any:
        """One for all measurements, as times count from the moment that it is told to measure."""
        opened = self.page.context.new_cdp_session(self.page)
        opened.send("Performance.enable")
        return opened

    def metrics(self) -> dict[str, float]:
        self.settle()  # else what a Worker is still sending counts as kept
        self.session.send("HeapProfiler.collectGarbage")
        return {entry["name"]: entry["value"] for entry in self.session.send("Performance.getMetrics")["metrics"]}


@pytest.fixture(params=sorted(VIEWS))
def view(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def figure(browser: Any, html: Path, view: str) -> Iterator[Figure]:
    with Figure(browser, html, view) as opened:
        yield opened
        assert opened.messages == []
        assert opened.strangers() == []


def read_numbers(box: Any) -> dict[str, float]:
    found = box.evaluate(NUMBERS)
    return {key: float(value.replace("Infinity", "inf")) for key, value in found.items() if value is not None}


def close(ours: float, python: float) -> bool:
    return (
        ours == python
        or (math.isnan(ours) and math.isnan(python))
        or math.isclose(ours, python, rel_tol=1e-9, abs_tol=1e-9)
    )


def assert_numbers_of_python(figure: Figure) -> None:
    assert_close(figure.numbers(), figure.peer.numbers(figure.state()))


def assert_close(shown: dict[str, float], expected: dict[str, float]) -> None:
    assert set(shown) == set(expected)
    assert {key: (shown[key], value) for key, value in expected.items() if not close(shown[key], value)} == {}


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


def test_it_is_painted_within_a_fifth_of_a_second(figure: Figure, view: str) -> None:
    late = figure.page.evaluate(
        "name => performance.getEntriesByName(`figure ${name}`)[0].startTime"
        " - performance.getEntriesByType('navigation')[0].loadEventEnd",
        view,
    )
    assert late <= 200


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


def drag(figure: Figure, handle: Any, right: float, down: float) -> None:
    handle.evaluate("handle => handle.scrollIntoView({ block: 'center' })")  # out from under the page's header
    box = handle.locator("circle").last.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    figure.page.mouse.move(x, y)
    figure.page.mouse.down()
    figure.page.mouse.move(x + right / 2, y + down / 2)
    figure.page.mouse.move(x + right, y + down)
    figure.page.mouse.up()
    figure.settle()


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


def test_an_update_takes_at_most_eight_milliseconds_and_keeps_no_memory(figure: Figure, view: str) -> None:
    reset = figure.box.get_by_role("button", name="Reset")

    def moved(times: int) -> dict[str, float]:
        """Measured where the sliders stand as at first: how many ticks there are depends on that."""
        figure.page.evaluate(PUSH, [figure.selector, times])
        reset.press("Enter")
        return figure.metrics()

    before, after = moved(200), moved(1000)
    assert 0 < after["ScriptDuration"] - before["ScriptDuration"] <= 8.0
    assert after["Nodes"] <= before["Nodes"] + 20
    assert after["JSHeapUsedSize"] <= before["JSHeapUsedSize"] + 300_000


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
