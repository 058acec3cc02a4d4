"""The ledger says what was seen, and whether anything falls short."""

import json
from dataclasses import replace
from importlib.util import find_spec

import pytest

from ganmath.laws import LAWS
from ganmath.theory import THEOREMS, Ledger, Row, Theorem, ledger, theorem, verify
from ganmath.theory.certificates import CERTIFICATES
from ganmath.theory.observation import Result
from ganmath.theory.theorem import LawResult
from ganmath.theory.verdict import Verdict


@pytest.fixture
def laws_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every law holds, without being run."""
    monkeypatch.setattr(theorem, "_examine", lambda key, examples: LawResult(key, examples))


@pytest.fixture(scope="module")
def seen() -> Ledger:
    """The ledger of all theorems, every law holding."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(theorem, "_examine", lambda key, examples: LawResult(key, examples))
        return verify()


def changed(key: str, **changes: object) -> Theorem:
    return replace(THEOREMS[key], **changes)


def test_every_theorem_stands(seen: Ledger) -> None:
    assert [row.theorem.key for row in seen.rows] == list(THEOREMS)
    assert seen.ok, seen.table()
    assert seen.summary.startswith(f"{len(THEOREMS)} theorems, all ok")


def test_the_table_fits_100_columns(seen: Ledger) -> None:
    table = seen.table()
    assert max(map(len, table.splitlines())) <= 100
    assert all(key in table for key in THEOREMS)
    assert "linearity" in table


@pytest.mark.usefixtures("laws_hold")
def test_the_json_is_as_documented() -> None:
    document = json.loads(verify(["jsd-reduction"], examples=7).to_json())
    assert set(document) == {"version", "ok", "seconds", "theorems"}
    (row,) = document["theorems"]
    assert set(row) == {
        "key", "title", "statement", "source", "page", "verdict", "steps", "axioms", "false_neighbour_refuted",
        "certificate", "laws", "experiment", "seconds", "recalled", "ok", "shortfalls",
    }  # fmt: skip
    assert row["steps"] == {"PROVED": 11}
    assert row["laws"] == [{"key": "value-js", "examples": 7, "holds": True, "counterexample": ""}]


@pytest.mark.usefixtures("laws_hold")
def test_a_wrong_step_falls_short() -> None:
    gap = THEOREMS["gap"]
    row = changed("gap", derivation=gap.false_neighbour).verify()
    assert not row.ok
    assert any("step 4 FAILED" in why for why in row.shortfalls)
    assert not Ledger((row,)).ok


@pytest.mark.usefixtures("laws_hold")
def test_a_false_neighbour_that_holds_falls_short() -> None:
    row = changed("gap", false_neighbour=THEOREMS["gap"].derivation).verify()
    assert row.shortfalls == ("its false neighbour isn't refuted",)
    assert not changed("gap", false_neighbour=None).verify().ok


@pytest.mark.parametrize("result", [LawResult("value-gap", 100, "p = [1, 0]"), LawResult("value-gap", 0)])
def test_a_broken_or_vacuous_law_falls_short(result: LawResult, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(theorem, "_examine", lambda key, examples: result)
    row = THEOREMS["gap"].verify()
    assert not row.ok
    assert "value-gap" in row.shortfalls[0]
    assert "SHORT" in Ledger((row,)).table()


@pytest.mark.usefixtures("laws_hold")
def test_a_theorem_with_nothing_behind_it_falls_short() -> None:
    assert not changed("gap", derivation=None, false_neighbour=None, laws=()).verify().ok
    assert changed("gap", derivation=None, false_neighbour=None).verify().ok


@pytest.mark.usefixtures("laws_hold")
def test_the_certificate_is_shown_and_one_that_fails_falls_short(monkeypatch: pytest.MonkeyPatch) -> None:
    row = THEOREMS["js-bounded"].verify()
    assert row.ok
    seen = row.to_dict()["certificate"]
    assert (seen["key"], seen["verdict"], seen["false_neighbour_refuted"]) == ("js-bounded", "PROVED", True)
    assert "certificate js-bounded (PROVED; false neighbour refuted)" in str(row)
    assert f"<td>PROVED: {seen['evidence']}</td>" in Ledger((row,))._repr_html_()
    right = CERTIFICATES["js-bounded"]
    monkeypatch.setitem(CERTIFICATES, "js-bounded", replace(right, claims=(right.false_neighbour,)))
    row = THEOREMS["js-bounded"].verify()
    assert any("certificate js-bounded: FAILED" in why for why in row.shortfalls)
    assert not row.ok


@pytest.mark.usefixtures("laws_hold")
def test_a_theorem_without_a_certificate_has_none_in_the_json() -> None:
    assert changed("gap", certificate="").verify().to_dict()["certificate"] is None


def test_an_empty_ledger_is_not_ok() -> None:
    assert not Ledger(()).ok


@pytest.mark.usefixtures("laws_hold")
def test_the_line_verified_by_is_short_and_linked() -> None:
    row: Row = THEOREMS["jsd-reduction"].verify()
    html = row._repr_html_()
    assert 'href="../ledger.html#ledger-jsd-reduction"' in html
    assert "law value-js (100 examples)" in html
    assert "\\" not in html
    assert "jsd-reduction: ok" in str(row)


def test_the_ledger_page_links_each_theorem_to_its_label(seen: Ledger) -> None:
    html = seen._repr_html_()
    for key, entry in THEOREMS.items():
        assert f'<tr id="ledger-{key}"><td><a href="chapters/{entry.page}.html#thm-{key}">' in html


def test_an_unknown_key_lists_the_choices() -> None:
    with pytest.raises(ValueError, match=r"'jsd': did you mean 'jsd-reduction'\? Choose from inverse-transform, .*"):
        verify(["jsd"])


def test_no_examples_is_refused() -> None:
    with pytest.raises(ValueError, match="examples = 0"):
        ledger.verify(["gap"], examples=0)


def test_keys_are_those_of_the_registry() -> None:
    assert all(key == entry.key for key, entry in THEOREMS.items())
    for entry in THEOREMS.values():
        assert entry.derivation is None or entry.derivation.key == entry.key
        assert entry.certificate in {"", *CERTIFICATES}


@pytest.mark.skipif(find_spec("hypothesis") is None, reason="needs the extra `laws`")
def test_the_laws_are_run_on_our_own_functions() -> None:
    row = THEOREMS["js-bounded"].verify(examples=5)
    assert row.ok, row.shortfalls
    assert all(law.examples >= 1 for law in row.laws)


@pytest.mark.skipif(find_spec("hypothesis") is None, reason="needs the extra `laws`")
def test_two_processes_see_what_one_does_in_the_same_order() -> None:
    keys = ["js-bounded", "gap"]
    together = verify(keys, examples=5, processes=2)
    assert [row.theorem.key for row in together.rows] == keys
    assert together == verify(keys, examples=5)


def _needs_more(key: str, quick: bool) -> Result:
    raise ImportError(f"{key} needs what isn't here")


@pytest.mark.skipif(find_spec("hypothesis") is None, reason="needs the extra `laws`")
def test_an_experiment_that_cannot_run_here_falls_short_in_every_form_and_process() -> None:
    keys = ["mode-collapse", "pacgan"]
    ledger = verify(keys, examples=1, processes=2, observe=_needs_more)
    assert ledger == verify(keys, examples=1, observe=_needs_more)
    for row in ledger.rows:
        why = f"not observed here: {row.theorem.experiment} needs what isn't here"
        assert row.shortfalls == (why,)
        assert why in " ".join(row.whole().split())
        assert all("NOT OBSERVED HERE" in text for text in (str(row), row.whole(), ledger._repr_html_()))
    assert "observed (0)" in ledger.table()


def test_laws_and_certificates_that_need_more_fall_short_in_every_form_and_the_need_is_said_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing(*_: object) -> LawResult:
        raise ImportError("more is needed: pip install it")

    monkeypatch.setattr(theorem, "_examine", missing)
    monkeypatch.setattr("ganmath.theory.certificates.certificate.Certificate.check", missing)
    ledger = verify(["gap", "kailath"])
    for row in ledger.rows:
        assert row.verdict is Verdict.PROVED
        assert row.shortfalls == tuple(
            f"not {done} here: more is needed: pip install it" for done in ("certified", "tried")
        )
        for text in (str(row), row.whole()):
            assert "NOT CERTIFIED HERE" in text
            assert "NOT TRIED HERE" in text
    (html, table) = ledger._repr_html_(), ledger.table()
    assert html.count("<td>NOT CERTIFIED HERE</td>") == 2
    assert "value-gap: 0 examples" in html
    assert "value-gap (0)" in table
    assert table.count("pip install it") == 2
    assert "gap, kailath: not tried here: more is needed: pip install it" in table


def test_a_theorem_that_only_laws_stand_for_and_that_cannot_be_tried_is_not_said_to_have_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing(key: str, examples: int) -> LawResult:
        raise ImportError("more is needed")

    monkeypatch.setattr(theorem, "_examine", missing)
    alone = changed("gap", derivation=None, false_neighbour=None, certificate="")
    assert alone.verify().shortfalls == ("not tried here: more is needed",)


def test_no_process_is_refused() -> None:
    with pytest.raises(ValueError, match="processes = 0"):
        verify(["gap"], processes=0)


@pytest.mark.usefixtures("laws_hold")
def test_a_theorem_is_shown_whole() -> None:
    row = THEOREMS["js-bounded"].verify(examples=7)
    entry, seen = row.theorem, row.certification
    assert seen is not None
    whole = row.whole()
    shown = " ".join(whole.split())
    parts = [entry.title, entry.statement, entry.source, f"{entry.page}, label thm-js-bounded", str(entry.derivation)]
    parts += [str(seen), seen.certificate.statement, seen.certificate.why, "standing: ok"]
    parts += [f"law {key}: {LAWS[key].statement} (7 examples)" for key in entry.laws]
    assert all(" ".join(part.split()) in shown for part in parts)
    assert "Refuted at step" in shown
    assert max(map(len, whole.splitlines())) <= 100
    wrong = changed("gap", false_neighbour=THEOREMS["gap"].derivation).verify().whole()
    assert "NOT refuted" in wrong
    assert "standing: FALLS SHORT" in wrong
