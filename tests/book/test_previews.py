"""Previews follow the pages that they show, and a build in which no page was written passes them over."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.scripts import extension

FROM = '<article><a class="reference internal" href="to.html#thm-one">it</a></article>'
TO = '<article><div class="proof" id="thm-one"><p>{}</p></div></article>'


@pytest.fixture(scope="module")
def previews() -> Any:
    return extension("previews")


@pytest.fixture
def app(tmp_path: Path) -> Any:
    """Sphinx at the end of a build of two pages, `from` with a link to a theorem in `to`."""
    (tmp_path / "html").mkdir()
    html = SimpleNamespace(name="html")
    pages = SimpleNamespace(found_docs={"from", "to"})
    app = SimpleNamespace(builder=html, outdir=tmp_path / "html", doctreedir=tmp_path, env=pages)
    write(app, "from", FROM)
    write(app, "to", TO.format("All is well."))
    return app


def write(app: Any, name: str, article: str) -> None:
    (app.outdir / f"{name}.html").write_text(f"<html><body>{article}</body></html>", "utf8")


def shown(app: Any) -> str:
    return str((app.outdir / "from.html").read_text("utf8").partition("<template")[2])


def test_a_page_that_was_not_written_shows_what_another_now_says(previews: Any, app: Any) -> None:
    previews.add_previews(app, None)
    assert "All is well." in shown(app)
    write(app, "to", TO.format("All is done."))
    previews.add_previews(app, None)
    assert "All is done." in shown(app)
    assert "All is well." not in shown(app)


def test_where_no_page_was_written_none_is_searched(previews: Any, app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    previews.add_previews(app, None)
    before = shown(app)
    monkeypatch.setattr(previews.Book, "block", lambda *given: pytest.fail("a page is searched again"))
    previews.add_previews(app, None)
    assert shown(app) == before


def test_a_build_that_failed_before_its_previews_is_made_up_for(previews: Any, app: Any) -> None:
    previews.add_previews(app, None)
    write(app, "from", FROM)
    previews.add_previews(app, RuntimeError("a warning is an error"))
    assert not shown(app)
    previews.add_previews(app, None)
    assert "All is well." in shown(app)


def test_pages_in_another_folder_get_theirs_too(previews: Any, app: Any) -> None:
    previews.add_previews(app, None)
    shutil.move(app.outdir, app.outdir.with_name("copy"))
    app.outdir = app.outdir.with_name("copy")
    write(app, "from", FROM)
    previews.add_previews(app, None)
    assert "All is well." in shown(app)
