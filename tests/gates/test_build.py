"""The build itself, on a book of one page: strict, with and without the address of a repository."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from myst_nb.core.config import NbParserConfig
from myst_parser.config.main import MdParserConfig

FRONT = "---\nfile_format: mystnb\nkernelspec:\n  name: python3\n---\n"
PAGE = f"{FRONT}# A page\n\nWith $x$.\n\n```{{code-cell}} python\n1 + 1\n```\n"


@pytest.fixture
def small(small: Path) -> Path:
    (small / "index.md").write_text(PAGE, "utf8")
    return small


def links(source: Path) -> list[str]:
    return re.findall(r'href="(https?://[^"]+)"', (source / "_build" / "html" / "index.html").read_text("utf8"))


def test_without_an_address_no_page_links_out(build: Any, small: Path) -> None:
    assert build.pages(small, small / "_build") == 0
    assert links(small) == []


def test_with_an_address_launch_button_and_source_link_appear(build: Any, small: Path) -> None:
    address = "https://github.com/someone/something"
    assert build.pages(small, small / "_build", repository_url=address) == 0
    found = links(small)
    assert address in found
    assert any(link.startswith(f"{address}/blob/main/book/index.md") for link in found)
    assert any("/gh/someone/something/main" in link for link in found)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (PAGE.replace("1 + 1", "1 / 0"), "ZeroDivisionError"),
        (PAGE.replace("1 + 1", "import sys; print('lost', file=sys.stderr)"), "stderr"),
        (PAGE + "\nSee {doc}`nowhere`.\n", "nowhere"),
        (PAGE + "\n```{nonsense}\n```\n", "nonsense"),
        (PAGE + "\nSee {cite}`nobody`.\n", "nobody"),
    ],
    ids=["failing cell", "cell that complains", "dead link", "unknown directive", "unknown reference"],
)
def test_a_fault_stops_the_build_and_is_named(
    build: Any, small: Path, capfd: pytest.CaptureFixture[str], source: str, message: str
) -> None:
    (small / "index.md").write_text(source, "utf8")
    # Twice: a page with a fault must not be taken for read the second time.
    for _ in range(2):
        assert build.pages(small, small / "_build") == 1
        said = capfd.readouterr().err
        assert "index.md" in said
        assert message in said


# Says whether the other page's cell began before this one ended.
MEETING = f"""{FRONT}# A page

```{{{{code-cell}}}} python
import time
from pathlib import Path

Path("{{mine}}.begun").touch()
for _ in range(300):
    if met := Path("{{other}}.begun").exists():
        break
    time.sleep(0.1)
print("met:", met)
```
"""


def test_pages_are_executed_at_once_and_the_cache_says_how_long_each_took(
    build: Any, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    (small / "_toc.yml").write_text("format: jb-book\nroot: index\nchapters:\n  - file: second\n", "utf8")
    for mine, other in (("index", "second"), ("second", "index")):
        (small / f"{mine}.md").write_text(MEETING.format(mine=mine, other=other), "utf8")
    assert build.pages(small, small / "_build") == 0
    for name in ("index", "second"):
        assert "met: True" in (small / "_build" / "html" / f"{name}.html").read_text("utf8")
    records = get_cache(small / "_build" / ".jupyter_cache").list_cache_records()
    assert sorted(Path(record.uri).stem for record in records) == ["index", "second"]  # each was executed once
    assert all(0 < record.data["execution_seconds"] < 60 for record in records)


def test_a_line_printed_in_two_parts_stays_a_line(build: Any, small: Path) -> None:
    """Between them the kernel has sent the first; whoever merges them later ends it there."""
    cell = "import time\nprint('the first', end='', flush=True)\ntime.sleep(1)\nprint(' and the second')\n"
    (small / "index.md").write_text(PAGE.replace("1 + 1\n", cell), "utf8")
    assert build.pages(small, small / "_build") == 0
    assert "the first and the second" in (small / "_build" / "html" / "index.html").read_text("utf8")


def test_stale_pages_alone_are_executed_and_the_longest_first(build: Any, small: Path) -> None:
    """A note for instructors says how long a page takes; a page without one might be the longest."""
    note = "\n**Minutes.** All cells, at once: {} seconds.\n\nMore.\n"
    for name, text in (("short", note.format(5)), ("long", note.format(50)), ("unknown", ""), ("prose", "")):
        (small / f"{name}.md").write_text((PAGE if name != "prose" else "# Prose\n") + f"\n{name}\n" + text, "utf8")
    sys.path.insert(0, str(small / "_ext"))
    import execution

    cache = get_cache(small / "cache")
    env = SimpleNamespace(
        doc2path=lambda name: small / f"{name}.md", myst_config=MdParserConfig(), mystnb_config=NbParserConfig()
    )
    names = ["prose", "short", "long", "unknown"]
    pages = list(execution.stale(env, cache, names))
    assert [path.stem for path, _ in pages] == ["unknown", "long", "short"]
    cache.cache_notebook_bundle(CacheBundleIn(pages[0][1], "unknown"), check_validity=False)
    assert list(execution.stale(env, cache, names)) == []  # their cells are the same


def test_a_change_of_how_pages_are_executed_has_them_executed_again(
    build: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, read = build.hashes(), Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: b"" if path.name == "execution.py" else read(path))
    changed = {part for part, found in build.hashes().items() if found != before[part]}
    assert changed == {"cells", "tools", "html"}


def times(source: Path) -> list[tuple[str, float]]:
    """The rows of the table of run times."""
    page = (source / "_build" / "html" / "index.html").read_text("utf8")
    table = re.search(r'<table class="[^"]*run-times.*?</table>', page, re.DOTALL)
    assert table is not None
    rows = re.findall(r"<tr.*?</tr>", table[0].split("<tbody>")[1], re.DOTALL)
    cells = [re.findall(r"<td>(.*?)</td>", row, re.DOTALL) for row in rows]
    return [(re.sub(r"<.*?>", "", name).strip(), float(re.sub(r"<.*?>", "", seconds))) for name, seconds in cells]


def test_run_times_are_listed_in_the_books_order_and_anew_when_a_page_is_executed_again(
    build: Any, small: Path
) -> None:
    (small / "_toc.yml").write_text("format: jb-book\nroot: index\nchapters:\n  - file: b\n  - file: a\n", "utf8")
    (small / "index.md").write_text("# Times\n\n```{run-times}\n```\n", "utf8")
    for name in "ab":
        (small / f"{name}.md").write_text(PAGE.replace("A page", f"Page {name}"), "utf8")
    assert build.pages(small, small / "_build") == 0
    b, a, total = times(small)
    assert (b[0], a[0], total[0]) == ("Page b", "Page a", "all")
    assert abs(total[1] - a[1] - b[1]) < 1
    (small / "a.md").write_text(PAGE.replace("A page", "Page a").replace("1 + 1", "import time; time.sleep(2)"), "utf8")
    assert build.pages(small, small / "_build") == 0
    assert times(small)[0] == b
    assert times(small)[1][1] >= 2
