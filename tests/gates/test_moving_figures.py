"""The figures that move on their own: their buttons, and what they do untouched."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.gates.figure import HOLD, Figure, assert_numbers_of_python

# In the page itself, as a way to it and back may take longer than the rest of the run.
PAUSE_BEYOND_500 = """box => {
  if (box.querySelector('[data-number=step]').dataset.value <= 500) return false;
  if (box.querySelector('.status').textContent !== 'Both are learning.') return false; // no sentence on other numbers
  [...box.querySelectorAll('button')].find(button => button.textContent === 'Pause').click();
  return true;
}"""


def until_frame(figure: Figure, first: int, last: int) -> None:
    """A machine that is busy may show none of the frames between two looks at the page."""
    reached = "([at, [first, last]]) => first <= Number(at.value) && Number(at.value) <= last"
    slider = figure.box.locator("[data-key=frame]").element_handle()
    figure.page.wait_for_function(reached, arg=[slider, [first, last]])


def test_its_buttons_train_step_by_step_as_python_does(training: Figure) -> None:
    press = {name: training.box.get_by_role("button", name=name) for name in ("From the start", "1 step", "100 steps")}
    press["From the start"].click()
    training.settle()
    for _ in range(20):
        press["1 step"].click()
        training.settle()
    assert training.numbers()["step"] == 20
    assert_numbers_of_python(training)
    for _ in range(2):
        press["100 steps"].click()
        training.settle()
    assert training.numbers()["step"] == 220
    assert_numbers_of_python(training)
    training.box.evaluate(HOLD, {"steps": 130})  # back, by way of a record
    assert training.numbers()["step"] == 130
    assert_numbers_of_python(training)


def test_it_runs_till_it_is_told_to_pause_and_then_stands_still(training: Figure) -> None:
    training.page.emulate_media(reduced_motion="no-preference")
    training.page.reload()
    training.settle()
    training.box.get_by_role("button", name="Run").click()
    training.page.wait_for_function(PAUSE_BEYOND_500, arg=training.box.element_handle())
    paused = training.numbers()["step"]
    assert training.box.locator(".status").inner_text().endswith(" higher.")
    assert 500 < paused < 2000
    training.page.wait_for_timeout(100)
    assert training.numbers()["step"] == paused


def test_a_film_is_played_to_its_end_and_can_be_stopped(browser: Any, html: Path) -> None:
    with Figure(browser, html, "mode-collapse") as figure:
        figure.box.get_by_role("button", name="Play").click()
        until_frame(figure, 3, 24)
        figure.box.get_by_role("button", name="Pause").click()
        stopped = figure.state()
        figure.page.wait_for_timeout(400)
        assert figure.state() == stopped
        figure.box.get_by_role("button", name="Play").click()
        until_frame(figure, 25, 25)
        assert figure.box.get_by_role("button", name="Play").is_visible()
        assert figure.messages == []


def test_the_first_page_plays_by_itself_till_it_is_told_to_pause(browser: Any, html: Path) -> None:
    with Figure(browser, html, "descent") as figure:
        assert figure.box.get_by_role("button", name="Play").is_visible()  # as motion is to be reduced here
        stood = figure.state()
        figure.page.wait_for_timeout(400)
        assert figure.state() == stood
        figure.page.emulate_media(reduced_motion="no-preference")
        figure.page.reload()
        until_frame(figure, 3, 95)
        assert figure.page.evaluate("location.hash") == ""
        figure.box.get_by_role("button", name="Pause").press("Enter")
        paused = figure.state()
        figure.page.wait_for_timeout(400)
        assert figure.state() == paused
        figure.box.get_by_role("button", name="Play").click()
        figure.box.locator("[data-key=frame]").press("End")  # whoever takes the slider has it
        assert figure.box.get_by_role("button", name="Play").is_visible()
        assert figure.state() == {"frame": 96}
        figure.box.get_by_role("button", name="Play").click()  # from the start
        until_frame(figure, 1, 95)
        assert figure.messages == []
