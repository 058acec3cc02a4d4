"""What is special to a figure: masses that a reader types, cells that are pressed, a critic that is bent too far."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.gates.figure import Figure, assert_numbers_of_python, drag

CELL = """(svg, [from, to]) => {
  const box = svg.getBoundingClientRect(), scale = box.width / 330, low = -1.6, span = 8.1;
  return [box.left + scale * (44 + 276 * (to - low) / span), box.top + scale * (10 + 286 * (1 - (from - low) / span))];
}"""


@pytest.fixture
def pair(browser: Any, html: Path) -> Iterator[Figure]:
    with Figure(browser, html, "two-distributions", "#two-distributions?masses=1") as opened:
        yield opened
        assert opened.messages == []


@pytest.fixture
def plan(browser: Any, html: Path) -> Iterator[Figure]:
    with Figure(browser, html, "transport-plan") as opened:
        yield opened
        assert opened.messages == []


def typed(figure: Figure, key: str, text: str) -> None:
    figure.box.locator(f"[data-key={key}]").fill(text)
    figure.settle()


def fault(figure: Figure, key: str) -> str:
    field = figure.box.locator(f"[data-key={key}]")
    note = figure.page.locator(f"#{field.get_attribute('aria-describedby')}").inner_text()
    assert field.get_attribute("aria-invalid") == ("true" if note else "false")
    return str(note)


def said(figure: Figure) -> str:
    return str(figure.box.locator(".status").inner_text())


@pytest.mark.parametrize(
    ("p", "g"),
    [("1/3 1/3\n1/3", "1, 2, 3"), ("1 0", "0 1"), ("5", "2"), ("1e-9 1", "1 1e-9"), ("0 0 1 0", "0 1 0 0")],
)
def test_typed_masses_give_the_numbers_of_python(pair: Figure, p: str, g: str) -> None:
    typed(pair, "p", p)
    typed(pair, "g", g)
    assert fault(pair, "p") == fault(pair, "g") == ""
    assert_numbers_of_python(pair)


def test_an_infinite_number_is_shown_with_its_reason(pair: Figure) -> None:
    typed(pair, "p", "1 1 0")
    typed(pair, "g", "1 0 1")
    shown = pair.box.locator("[data-number=klpg]").inner_text(), pair.box.locator("[data-number=klgp]").inner_text()
    assert shown == ("∞", "∞")
    assert "KL(p ‖ g) = ∞: outcome 1 has mass under p and none under g." in said(pair)
    assert "KL(g ‖ p) = ∞: outcome 2 has mass under g and none under p." in said(pair)


def test_a_list_that_cannot_be_read_shows_no_number_and_says_why(pair: Figure) -> None:
    typed(pair, "p", "1/2, half")
    assert fault(pair, "p") == "p, place 2: “half” is not a number. Type one such as 0.25 or 1/3."
    assert pair.numbers() == {}
    typed(pair, "p", "1/2 1/2")
    assert fault(pair, "p") == ""
    assert fault(pair, "g").startswith("p has 2 weights and g has 4.")
    typed(pair, "g", "1 1")
    assert_numbers_of_python(pair)


def press(figure: Figure, start: int, end: int) -> None:
    matrix = figure.box.locator("svg.pressed")
    matrix.evaluate("matrix => matrix.scrollIntoView({ block: 'center' })")
    figure.page.mouse.click(*matrix.evaluate(CELL, [start, end]))
    figure.settle()


def test_a_pressed_cell_makes_the_plan_worse_and_a_button_mends_it(plan: Figure) -> None:
    best = plan.numbers()
    assert best["cost"] == pytest.approx(best["w1"]) == pytest.approx(best["gain"])
    press(plan, 0, 4)
    once = plan.numbers()["cost"]
    assert once > best["w1"] + 0.1
    press(plan, 6, 1)
    assert plan.state()["moves"] == "0>4x1 "
    assert plan.numbers()["cost"] > once
    assert_numbers_of_python(plan)
    press(plan, 6, 1)  # again takes it back
    assert plan.numbers()["cost"] == pytest.approx(once)
    plan.box.get_by_role("button", name="Best plan").click()
    assert plan.numbers() == best


def test_a_mass_dragged_to_another_cell_goes_there(plan: Figure) -> None:
    matrix = plan.box.locator("svg.pressed")
    matrix.evaluate("matrix => matrix.scrollIntoView({ block: 'center' })")
    plan.page.mouse.move(*matrix.evaluate(CELL, [0, 1]))
    plan.page.mouse.down()
    plan.page.mouse.move(*matrix.evaluate(CELL, [0, 4]))
    plan.page.mouse.up()
    assert_numbers_of_python(plan)
    assert (plan.state()["from"], plan.state()["to"], plan.state()["share"]) == (0, 4, 1)
    assert plan.numbers()["cost"] > plan.numbers()["w1"] + 0.1


def test_a_plan_that_sends_a_bit_of_each_to_each_costs_more(plan: Figure) -> None:
    best = plan.numbers()
    plan.box.locator("[data-key=plan]").select_option("independent")
    assert_numbers_of_python(plan)
    assert plan.numbers()["cost"] > best["w1"] + 0.5
    plan.box.get_by_role("button", name="Best plan").click()
    assert plan.numbers() == best


def test_the_worth_of_answers_peaks_at_the_best_one_wherever_it_is_asked(browser: Any, html: Path) -> None:
    with Figure(browser, html, "two-distributions", "#two-distributions?panel=d&a=-1&b=1") as figure:
        before = figure.numbers()
        drag(figure, figure.box.locator("[data-handle=d]"), -40, 0)
        assert_numbers_of_python(figure)
        assert figure.numbers()["answer"] > before["answer"] + 0.1
        assert figure.numbers()["worth"] > before["worth"]


def test_a_critic_bent_too_far_turns_red_and_a_button_mends_it(plan: Figure) -> None:
    best = plan.numbers()
    drag(plan, plan.box.locator("[data-handle=f3]"), 0, -60)
    assert_numbers_of_python(plan)
    assert plan.numbers()["steepest"] > 1
    assert "not allowed" in said(plan)
    assert plan.box.locator(".line.bad").get_attribute("d")
    plan.box.get_by_role("button", name="Best critic").click()
    assert plan.numbers() == best
    assert not plan.box.locator(".line.bad").get_attribute("d")


def test_typed_samples_and_masses_are_carried(plan: Figure) -> None:
    plan.box.locator("[data-key=hand]").select_option("masses")
    plan.box.locator("[data-key=source]").select_option("samples")
    plan.settle()
    assert plan.numbers()["w1"] == pytest.approx(5)  # 0, 1, 3 to 5, 6, 8
    typed(plan, "samplesOfP", "1 2 3 4 7")
    assert fault(plan, "samplesOfG") == "p and g have 8 different values, and 7 fit. Round some of them."
    assert plan.numbers() == {}
    typed(plan, "samplesOfG", "1.5, -2 1.5")
    assert_numbers_of_python(plan)
    plan.box.locator("[data-key=source]").select_option("masses")
    typed(plan, "weightsOfP", "1 1 1 1 1 1 1 1")
    typed(plan, "weightsOfG", "1 1 1 1 1 1 1 1")
    assert fault(plan, "weightsOfG") == "p and g have 8 weights each. Type 2 to 7."
