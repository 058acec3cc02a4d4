"""A figure of the built book in a window of a real browser: its state, its numbers, and hands on it."""

from __future__ import annotations

import functools
import math
import re
from pathlib import Path
from typing import Any

from tests.figures.peers import PEERS
from tests.gates.visit import BOOK, PAGES, Visit

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
