"""The build itself, on a book of one page: strict, with and without the address of a repository."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

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
        (PAGE + "\nSee {doc}`nowhere`.\n", "nowhere"),
        (PAGE + "\n```{nonsense}\n```\n", "nonsense"),
        (PAGE + "\nSee {cite}`nobody`.\n", "nobody"),
    ],
    ids=["failing cell", "dead link", "unknown directive", "unknown reference"],
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
