"""A browser and the built book, over http and from its folder.

On a user's machine a gate without a browser or a built book is skipped; in CI (`CI=true`) it fails.
"""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

from tests.gates.figure import VIEWS, Figure
from tests.gates.visit import BOOK
from tests.scripts import load

sys.path.insert(0, str(BOOK))
from chromium import NoBrowserError, chromium


def missing(what: str) -> NoReturn:
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The system's Chromium; none is ever downloaded."""
    try:
        with chromium() as opened:
            yield opened
    except NoBrowserError as error:
        missing(str(error))


@pytest.fixture(scope="session")
def build() -> Any:
    """The module `book/build.py`."""
    return load("book/build.py")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A book of one page, to be written into `index.md`, with the settings, extensions and style of ours."""
    source = tmp_path / "book"
    for name in ("_ext", "figures", "scripts", "style"):
        shutil.copytree(BOOK / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("_config.yml", "references.bib"):
        shutil.copy(BOOK / name, source)
    (source / "_toc.yml").write_text("format: jb-book\nroot: index\n", "utf8")
    return source


@pytest.fixture(scope="session")
def html(build: Any) -> Path:
    """The folder of the built book, which must be that of today's sources."""
    folder = BOOK / "_build" / "html"
    if not (folder / "index.html").exists():
        missing("the book is not built: python book/build.py")
    if not build.is_current():
        missing("the built book is older than its sources: python book/build.py")
    return folder


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments: Any) -> None:
        pass


@pytest.fixture
def serve() -> Iterator[Any]:
    """serve(folder) -> its address on this machine."""
    servers = []

    def start(folder: Path) -> str:
        handler = functools.partial(Quiet, directory=str(folder))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(params=sorted(VIEWS))
def view(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def figure(browser: Any, html: Path, view: str) -> Iterator[Figure]:
    with Figure(browser, html, view) as opened:
        yield opened
        assert opened.messages == []
        assert opened.strangers() == []


@pytest.fixture
def training(browser: Any, html: Path) -> Iterator[Figure]:
    with Figure(browser, html, "training") as figure:
        figure.settle()
        yield figure
        assert figure.messages == []
