"""A page of the built book in a window of a real browser, and what may be wrong with it."""

from __future__ import annotations

import functools
import importlib.metadata
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

BOOK = Path(__file__).resolve().parents[2] / "book"
CHECKS = (Path(__file__).parent / "faults.js").read_text("utf8")
CONTENTS = yaml.safe_load((BOOK / "_toc.yml").read_text("utf8"))
CHAPTERS = [entry["file"] for part in CONTENTS["parts"] for entry in part["chapters"] if part.get("numbered")]
PAGES = [CONTENTS["root"], *(entry["file"] for part in CONTENTS["parts"] for entry in part["chapters"])]

WIDE, TABLET, PHONE = 1400, 768, 360
LOADED = "window.MathJax?.startup?.promise ?? null"


@functools.cache
def axe() -> str:
    """The script of axe, from the package that bears it."""
    files = importlib.metadata.files("axe-playwright-python") or ()
    return next(Path(str(file.locate())).read_text("utf8") for file in files if file.name == "axe.min.js")


class Visit:
    """One page in one window: what it asked for, what it logged, and what is wrong with it."""

    def __init__(self, browser: Any, address: str, width: int = WIDE, theme: str = "light") -> None:
        window = {"width": width, "height": 900}
        # Without motion, else a colour is measured while it fades.
        self.context = browser.new_context(viewport=window, color_scheme=theme, reduced_motion="reduce")
        self.page = self.context.new_page()
        self.origin = urlsplit(address)
        self.requests: list[str] = []
        self.messages: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self._log(message.type, message.text))
        self.page.on("pageerror", lambda error: self._log("error", str(error)))
        self.page.goto(address, wait_until="load")
        self.page.evaluate(LOADED)

    def __enter__(self) -> Visit:
        return self

    def __exit__(self, *exception: object) -> None:
        self.context.close()

    def _log(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.messages.append(f"{kind}: {text}")

    def faults(self, *checks: str) -> list[str]:
        return [fault for check in checks for fault in self.page.evaluate(f"() => {CHECKS.strip()}.{check}")]

    def barriers(self, part: str = "html", colours: bool = True) -> list[str]:
        """What axe finds in this part of the page that keeps somebody out.

        Its look at colours takes most of its time; `contrast()` measures those of a whole page in a moment.
        """
        self.page.evaluate(axe())
        # Without asking for the style sheets once more, which a page in a folder may not.
        options = {"resultTypes": ["violations"], "preload": False, "rules": {"color-contrast": {"enabled": colours}}}
        found = self.page.evaluate("([part, options]) => axe.run(part, options)", [part, options])["violations"]
        return [
            f"{violation['id']}: {node['html'][:200]} {node['failureSummary']}"
            for violation in found
            if violation["impact"] in ("serious", "critical")
            for node in violation["nodes"]
        ]

    def resize(self, width: int) -> None:
        self.page.set_viewport_size({"width": width, "height": 900})

    def strangers(self) -> list[str]:
        """Requests that leave the page's own host."""
        here = (self.origin.scheme, self.origin.netloc)
        return [
            url for url in self.requests if urlsplit(url).scheme not in ("data", "blob") and urlsplit(url)[:2] != here
        ]
