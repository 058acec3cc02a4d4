"""One zip for a class: `python book/archive.py`, after `python book/build.py`.

It holds the built book, which opens from a folder, the wheel, and every chapter's notebook, for students and with the
solutions. The same sources give the same bytes.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from ganmath import __version__
from ganmath.notebooks import write_notebooks

BOOK = Path(__file__).resolve().parent
HTML = BOOK / "_build" / "html"
DIST = BOOK.parent / "dist"
NAME = f"ganmath-book-{__version__}"

README = """\
The mathematics of GANs

Read:   open book/index.html in a browser, from this folder, without a network.
Run:    python -m venv .venv
        .venv/bin/pip install "./{wheel}[gan,laws,transport,certify,class]"
        .venv/bin/jupyter lab notebooks
        (on Windows .venv\\Scripts instead of .venv/bin)
Teach:  solutions/ has the notebooks with the exercises solved.
"""


def files(work: Path) -> Iterator[tuple[str, bytes]]:
    """What the zip holds, by its path in it."""
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(work), str(BOOK.parent)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = work.glob("*.whl")
    yield "README.txt", README.format(wheel=wheel.name).encode()
    yield wheel.name, wheel.read_bytes()
    for folder, solutions in (("notebooks", False), ("solutions", True)):
        for path in write_notebooks(work / folder, solutions=solutions):
            yield f"{folder}/{path.name}", path.read_bytes()
    for path in sorted(HTML.rglob("*")):
        if path.is_file() and not path.name.endswith((".pickle", ".inv")):
            yield f"book/{path.relative_to(HTML).as_posix()}", path.read_bytes()


def write_zip(target: Path) -> int:
    """Writes the zip; how many files it holds."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as work,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as zipped,
    ):
        for name, content in files(Path(work)):
            zipped.writestr(zipfile.ZipInfo(f"{NAME}/{name}"), content, zipfile.ZIP_DEFLATED)
        return len(zipped.namelist())


def main() -> int:
    if not (HTML / "index.html").exists():
        print("the book is not built: python book/build.py", file=sys.stderr)
        return 1
    target = DIST / f"{NAME}.zip"
    number = write_zip(target)
    print(f"{number} files, {target.stat().st_size / 1e6:.1f} MB:\n  {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
