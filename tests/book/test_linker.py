"""Modules joined into one script: what is refused, and that the script does what the modules do."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.figures.node import FIGURES, program
from tests.scripts import extension

BOOK = Path(__file__).resolve().parents[2] / "book"
PAGES = sorted([*BOOK.glob("*.md"), *(BOOK / "chapters").glob("*.md")])


@pytest.fixture(scope="module")
def linker() -> Any:
    return extension("linker")


def write(folder: Path, **modules: str) -> Path:
    for name, text in modules.items():
        (folder / f"{name}.js").write_text(text, "utf8")
    return folder


def test_the_joined_script_runs_its_modules_in_order(linker: Any, tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        low="const [one, two] = [1, 2];\nexport const three = one + two;\n",
        high='import { three } from "./low.js";\n\nexport function nine() {\n  return three * three;\n}\n',
        main='import { nine } from "./high.js";\nimport {\n  three\n} from "./low.js";\nconsole.log(three + nine());\n',
    )
    script = tmp_path / "joined.cjs"
    script.write_text(linker.link(folder, (folder / "main.js").read_text("utf8")), "utf8")
    assert subprocess.run([program(), script], capture_output=True, text=True, check=True).stdout == "12\n"


def test_comments_and_space_go_but_not_those_in_strings(linker: Any, tmp_path: Path) -> None:
    kept = ['"a = { b };  // no comment"', "`1 , ${ 1 + 1 }  /* 2 */`", '"\\"( ; )"']
    main = "// A comment.\n/** @type {string[]} */\nconst words = [\n  " + ",\n  ".join(kept) + ",\n]; // another\n"
    sums = "let i = 3;\nconsole.log(i++ + 2 - i / 2, i - -i, i + +i, i-- - --i);\n"
    folder = write(
        tmp_path,
        main=main
        + 'for (const word of words) console.log(word, 1 - -1); // it\'s "said"\n[3].forEach((x) => console.log(x));\n'
        + sums,
    )
    script = tmp_path / "joined.cjs"
    script.write_text(linker.link(folder, (folder / "main.js").read_text("utf8")), "utf8")
    assert "i++ + 2-i/2" in script.read_text("utf8")
    said = subprocess.run([program(), script], capture_output=True, text=True, check=True).stdout
    assert said == 'a = { b };  // no comment 2\n1 , 2  /* 2 */ 2\n"( ; ) 2\n3\n3 8 8 2\n'
    assert "omment.\n" not in script.read_text("utf8")
    assert "another" not in script.read_text("utf8")


def test_what_nobody_uses_stays_behind(linker: Any, tmp_path: Path) -> None:
    low = (
        "const deep = (x) => x;\n/** @param {number} x Not unused. */\n"
        "export function unused(x) {\n  return deep(x);\n}\n\n"
        "export const seven = (x) =>\n  x + 7;\nexport function used() {\n  return seven(0);\n}\n"
        "export const kept = console.log('begun');\n"
    )
    folder = write(tmp_path, low=low, main='import { used } from "./low.js";\nconsole.log(used());\n')
    script = tmp_path / "joined.cjs"
    script.write_text(linker.link(folder, (folder / "main.js").read_text("utf8")), "utf8")
    assert subprocess.run([program(), script], capture_output=True, text=True, check=True).stdout == "begun\n7\n"
    assert "unused" not in script.read_text("utf8")
    assert "deep" not in script.read_text("utf8")


@pytest.mark.parametrize(
    ("main", "message"),
    [
        ('import { nothing } from "./low.js";\n', "entry imports nothing, which low.js doesn't export"),
        ('import { hidden } from "./low.js";\n', "entry imports hidden, which low.js doesn't export"),
        ('import { a } from "./absent.js";\n', "entry imports from ./absent.js, which is not there"),
        ('import { shown } from "./low.js";\nconst hidden = 2;\n', "both define hidden"),
        ('import low from "./low.js";\n', "only named exports and imports by name"),
        ("const a = `${[1].map((i) => `${i} `)} b`;\n", "a template within a template"),
        ("export default 3;\n", "only named exports and imports by name"),
        ('import { a } from "./loop.js";\nexport const b = 1;\n', "modules import each other"),
    ],
)
def test_what_cannot_be_joined_is_named(linker: Any, tmp_path: Path, main: str, message: str) -> None:
    loop = 'import { b } from "./main.js";\nexport const a = 1;\n'
    folder = write(tmp_path, low="const hidden = 1;\nexport const shown = 1;\n", loop=loop, main=main)
    with pytest.raises(linker.LinkError, match=message):
        linker.link(folder, (folder / "main.js").read_text("utf8"))


def views_of(page: Path) -> list[str]:
    return sorted(set(re.findall(r"\{interactive\} ([\w-]+)", page.read_text("utf8"))))


@pytest.mark.parametrize(
    "page", [page for page in PAGES if "{interactive}" in page.read_text("utf8")], ids=lambda p: p.stem
)
def test_the_script_of_a_page_has_sixty_kilobytes_at_most(linker: Any, page: Path) -> None:
    assert len(linker.link_views(FIGURES, views_of(page)).encode()) <= 60_000


RUNS = {"trainOn", "truthAbout", "labAfter"}  # a whole game, truth or training in one call, for tests over the border


def test_nothing_is_exported_that_no_figure_uses(linker: Any) -> None:
    """The joined script leaves out functions that nobody calls."""
    script = linker.link_views(FIGURES, sorted({view for page in PAGES for view in views_of(page)}))
    exported = {
        name
        for file in FIGURES.rglob("*.js")
        for is_exported, name in linker._declared(file.read_text("utf8"))
        if is_exported
    }
    assert exported - set(re.findall(r"\w+", script)) == RUNS
