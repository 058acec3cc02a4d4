"""The system's Chromium, driven by playwright: for the gates, and for the book as a PDF. None is ever downloaded."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
# No sandbox in a container; the rest keeps the browser's own business off the network.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class NoBrowserError(RuntimeError):
    """What is missing, and how to get it."""


@contextmanager
def chromium() -> Iterator[Any]:
    """The browser, closed afterwards."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        raise NoBrowserError(f"no browser: install one of {', '.join(NAMES)}")
    if importlib.util.find_spec("playwright") is None:
        raise NoBrowserError("no playwright: install the extra `dev`")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield opened
        opened.close()
