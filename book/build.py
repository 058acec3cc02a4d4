"""Builds the book: `python book/build.py`.

The ledger first (`ganmath verify`), then the pages, executed and strict: a warning, a dead link or a failing cell
stops the build. What has not changed is not made again: `_build/sources.json` holds the hashes of what was built.
Nothing is asked of the network.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

BOOK = Path(__file__).resolve().parent
PACKAGE = BOOK.parent / "ganmath"
BUILD = BOOK / "_build"
LEDGER = BUILD / "ledger.json"
SOURCES = BUILD / "sources.json"

NOT_IN_THE_LEDGER = ("notebooks", "plot")  # no verdict rests on these rooms
SUFFIXES = {".py", ".md", ".yml", ".bib", ".css", ".js", ".svg", ".json"}


def digest(*roots: Path) -> str:
    """One hash of the names and contents of the source files at and below these paths."""
    found = hashlib.sha256()
    for root in roots:
        for path in sorted(root.rglob("*")) if root.is_dir() else [root]:
            if path.is_file() and path.suffix in SUFFIXES and BUILD not in path.parents:
                found.update(f"{path.relative_to(BOOK.parent).as_posix()}\0".encode())
                found.update(path.read_bytes())
    return found.hexdigest()


def hashes() -> dict[str, str]:
    """What each part of the built book is made from."""
    return {
        "ledger": digest(*(path for path in sorted(PACKAGE.iterdir()) if path.name not in NOT_IN_THE_LEDGER)),
        "cells": digest(PACKAGE, BOOK / "_ext" / "execution.py"),
        "tools": digest(BOOK / "_ext", BOOK / "_config.yml"),
        "html": digest(PACKAGE, BOOK),
    }


def built() -> dict[str, str]:
    """The hashes of what lies in `_build`."""
    return dict(json.loads(SOURCES.read_text("utf8"))) if SOURCES.exists() else {}


def is_current() -> bool:
    """Whether the built book is that of today's sources."""
    return built() == hashes()


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fresh", action="store_true", help="forget everything that was built before")
    started = time.perf_counter()
    for module in ("ganmath", "jupyter_book"):
        if importlib.util.find_spec(module) is None:
            print(f"{module} is not installed for {sys.executable}: python .ci/environment.py", file=sys.stderr)
            return 1
    if parser.parse_args(arguments).fresh:
        shutil.rmtree(BUILD, ignore_errors=True)
    BUILD.mkdir(exist_ok=True)
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # threads that wait by spinning starve each other on a busy machine
    # Cells that draw examples keep what they note there, not beside the pages.
    os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", str(BUILD / ".hypothesis"))

    old, new = built(), hashes()
    if old.get("ledger") != new["ledger"] or not LEDGER.exists():
        print("Checking the theorems: ganmath verify", flush=True)
        verify = [sys.executable, "-m", "ganmath", "verify", "--json", str(LEDGER)]
        if subprocess.run(verify, cwd=BOOK.parent).returncode:
            LEDGER.unlink(missing_ok=True)
            print("\nThe book was not built: a theorem falls short, see above.", file=sys.stderr)
            return 1
    if old.get("cells") != new["cells"]:
        # jupyter-cache knows a page's cells, not the package that they import, nor how they were executed.
        remove(".jupyter_cache", ".doctrees", "html")
    if old.get("tools") != new["tools"]:
        remove(".doctrees", "html")
    record({name: new[name] for name in ("ledger", "cells", "tools")})

    if pages():
        return 1
    record(new)
    index = BUILD / "html" / "index.html"
    print(f"\nThe book is built, in {time.perf_counter() - started:.0f} s. Open\n  {index}\n  {index.as_uri()}")
    return 0


def remove(*names: str) -> None:
    for name in names:
        shutil.rmtree(BUILD / name, ignore_errors=True)


def record(parts: dict[str, str]) -> None:
    SOURCES.write_text(json.dumps(parts, indent=2) + "\n", "utf8")


def pages(source: Path = BOOK, build: Path = BUILD, **overrides: Any) -> int:
    """Sphinx, configured by jupyter-book, each warning an error; `overrides` are settings of Sphinx."""
    from jupyter_book.sphinx import build_sphinx

    settings = {"nitpicky": True, "external_toc_path": str(source / "_toc.yml"), "latex_individualpages": False}
    result = build_sphinx(
        source,
        build / "html",
        noconfig=True,
        path_config=source / "_config.yml",
        confoverrides=settings | overrides,
        warningiserror=True,
        keep_going=True,
    )
    if result == 0:
        return 0
    # A page that was read with a warning must not count as read: the next run would pass it over in silence.
    shutil.rmtree(build / ".doctrees", ignore_errors=True)
    print("\nThe book was not built: mend what is named above, then run this again.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
