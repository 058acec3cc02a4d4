"""Joins ES modules into one classic script, because browsers load no module from a folder (file://).

    import { js } from "./divergences.js";      goes: every top-level name is the only one of its kind
    export function kl(p, q) {                  loses its first word

Comments and space stay behind; they are half of the bytes. The whole is one function that is called at once. A Worker
is started from that function's own text, so no page needs a second file.
"""

from __future__ import annotations

import re
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

IMPORT = re.compile(r'^import \{(?P<names>[^}]*)\} from "(?P<path>\.[^"]+)";\n', re.MULTILINE)
DECLARATION = re.compile(
    r"^(?P<export>export )?(?:async )?(?:function\*? |class |const |let )(?P<names>\w+|[\[{][^\]}=]*[\]}])",
    re.MULTILINE,
)
# Casts stand within a line, other comments on lines of their own or at the end of one.
COMMENT = re.compile(r"/\*\*.*?\*/|^[ ]*//[^\n]*$|[ ]//[ ][^\n\"'`]*$", re.DOTALL | re.MULTILINE)
# Space beside punctuation says nothing, but for that within strings; + and - keep theirs, for a - -b.
SPACE = re.compile(r'("(?:[^"\\\n]|\\.)*"|`[^`]*`)|\s*([{}()\[\],;:=<>?*&|!]+)\s*')
REFUSED = re.compile(r"^(?:import (?!\{)|export (?!(?:async )?(?:function|class|const|let)\b)|var ).*", re.MULTILINE)


class LinkError(ValueError):
    """What in which module can't be joined."""


def link(folder: Path, entry: str = "main.js", name: str = "ganmathFigures") -> str:
    """The script of the module `entry` and of everything that it imports, as a function of this name that is called."""
    texts: dict[Path, str] = {}
    needs: dict[Path, set[Path]] = {}
    _collect((folder / entry).resolve(), texts, needs)
    try:
        order = list(TopologicalSorter(needs).static_order())
    except CycleError as error:
        raise LinkError(
            "modules import each other: " + " -> ".join(Path(path).name for path in error.args[1])
        ) from None
    _check_names(texts, folder)
    body = "\n".join(map(_bare, (texts[path] for path in order)))
    return f'"use strict";\nfunction {name}() {{\n{body}\n}}\n{name}();\n'


def _collect(path: Path, texts: dict[Path, str], needs: dict[Path, set[Path]]) -> None:
    if path in texts:
        return
    texts[path] = path.read_text("utf8")
    if found := REFUSED.search(texts[path]):
        raise LinkError(f"{path.name}: only named exports and imports by name can be joined, not {found[0]!r}")
    needs[path] = set()
    for found in IMPORT.finditer(texts[path]):
        target = (path.parent / found["path"]).resolve()
        if not target.is_file():
            raise LinkError(f"{path.name} imports from {found['path']}, which is not there")
        needs[path].add(target)
        _collect(target, texts, needs)
        exported = {name for export, name in _declared(texts[target]) if export}
        for name in filter(None, map(str.strip, found["names"].split(","))):
            if name not in exported:
                raise LinkError(f"{path.name} imports {name}, which {target.name} doesn't export")


def _bare(text: str) -> str:
    """The module's code without imports, the word `export`, comments and the space that only people need."""
    code = COMMENT.sub("", re.sub(r"^export ", "", IMPORT.sub("", text), flags=re.MULTILINE))
    return re.sub(r"\s*\n\s*", "\n", SPACE.sub(lambda found: found[1] or found[2], code)).strip()


def _declared(text: str) -> list[tuple[bool, str]]:
    """The top-level names of a module, and whether each is exported."""
    return [
        (bool(found["export"]), name)
        for found in DECLARATION.finditer(text)
        for name in re.findall(r"\w+", found["names"])
    ]


def _check_names(texts: dict[Path, str], folder: Path) -> None:
    owner: dict[str, Path] = {}
    for path, text in texts.items():
        for _, name in _declared(text):
            if name in owner:
                raise LinkError(f"{owner[name].name} and {path.name} both define {name}: all names share one scope")
            owner[name] = path
