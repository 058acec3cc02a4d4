"""Joins ES modules into one classic script, because browsers load no module from a folder (file://).

    import { js } from "./divergences.js";      goes: every top-level name is the only one of its kind
    export function kl(p, q) {                  loses its first word

Comments and space stay behind; they are half of the bytes. So do functions that nobody uses. The whole is one function
that is called at once. A Worker is started from that function's own text, so no page needs a second file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

IMPORT = re.compile(r'^import \{(?P<names>[^}]*)\} from "(?P<path>\.[^"]+)";\n', re.MULTILINE)
DECLARATION = re.compile(
    r"^(?P<export>export )?(?:async )?(?:function\*? |class |const |let )(?P<names>\w+|[\[{][^\]}=]*[\]}])",
    re.MULTILINE,
)
# Strings come first, so that what looks like a comment in one isn't, nor a quote in a comment the begin of a string.
COMMENT = re.compile(r'("(?:[^"\\\n]|\\.)*"|`[^`]*`)|/\*\*.*?\*/|//[^\n]*', re.DOTALL)
# Space beside punctuation says nothing, but for that within strings, and where + or - stand together: a - -b.
SPACE = re.compile(
    r'("(?:[^"\\\n]|\\.)*"|`[^`]*`)|\s*([{}()\[\],;:=<>?*&|!]+)\s*|(?<![-+])(?<![-+] ) ?([/%]|[-+](?! ?[-+])) '
)
STATEMENT = re.compile(r"^(?=[^\s})\]])", re.MULTILINE)  # it begins at the left, where only brackets end one too
FUNCTION = re.compile(r"(?:export )?(?:(?:async )?function\*? |const )(\w+)(?:\(| = (?:\([^()]*\)|\w+) =>)")
REFUSED = re.compile(r"^(?:import (?!\{)|export (?!(?:async )?(?:function|class|const|let)\b)|var ).*", re.MULTILINE)

NESTED = re.compile(r"`[^`]*\$\{[^}`]*`")  # a template within a template, whose spaces couldn't be told from the code's


class LinkError(ValueError):
    """What in which module can't be joined."""


def link(folder: Path, entry: str) -> str:
    """The script of a module, given its text, and of all it imports from the folder, as a function that is called."""
    texts: dict[Path, str] = {}
    needs: dict[Path, set[Path]] = {}
    _collect((folder / "entry").resolve(), texts, needs, entry)
    try:
        order = list(TopologicalSorter(needs).static_order())
    except CycleError as error:
        raise LinkError(
            "modules import each other: " + " -> ".join(Path(path).name for path in error.args[1])
        ) from None
    _check_names(texts)
    code = "".join(COMMENT.sub(lambda found: found[1] or "", IMPORT.sub("", texts[path])) + "\n" for path in order)
    body = _bare(_used(code))
    return f'"use strict";\nfunction ganmathFigures() {{\n{body}\n}}\nganmathFigures();\n'


def link_views(folder: Path, views: Iterable[str]) -> str:
    """The script of a page: the view `dirac-gan` is what `dirac_gan.js` exports as `diracGan`."""
    modules = {re.sub(r"-(\w)", lambda found: found[1].upper(), view): view.replace("-", "_") for view in views}
    imports = "".join(f'import {{ {name} }} from "./{module}.js";\n' for name, module in modules.items())
    return link(folder, f'import {{ begin }} from "./main.js";\n{imports}begin([{", ".join(modules)}]);\n')


def _collect(path: Path, texts: dict[Path, str], needs: dict[Path, set[Path]], text: str | None = None) -> None:
    if path in texts:
        return
    texts[path] = path.read_text("utf8") if text is None else text
    if found := REFUSED.search(texts[path]):
        raise LinkError(f"{path.name}: only named exports and imports by name can be joined, not {found[0]!r}")
    if found := NESTED.search(texts[path]):
        raise LinkError(f"{path.name}: a template within a template can't be joined: {found[0]!r}")
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


def _used(code: str) -> str:
    """The code without the functions, at the top level, whose names occur nowhere else."""
    parts = STATEMENT.split(code)
    while True:
        words = Counter(re.findall(r"\w+", "\n".join(parts)))
        kept = [part for part in parts if not ((found := FUNCTION.match(part)) and _is_alone(found[1], part, words))]
        if len(kept) == len(parts):
            return "".join(parts)
        parts = kept


def _is_alone(name: str, part: str, words: Counter[str]) -> bool:
    return words[name] == len(re.findall(rf"\b{name}\b", part))


def _bare(code: str) -> str:
    """The code without the word `export` and the space that only people need."""
    bare = SPACE.sub(lambda found: found[1] or found[2] or found[3], re.sub(r"^export ", "", code, flags=re.MULTILINE))
    return re.sub(r"\s*\n\s*", "\n", bare).strip()


def _declared(text: str) -> list[tuple[bool, str]]:
    """The top-level names of a module, and whether each is exported."""
    return [
        (bool(found["export"]), name)
        for found in DECLARATION.finditer(text)
        for name in re.findall(r"\w+", found["names"])
    ]


def _check_names(texts: dict[Path, str]) -> None:
    owner: dict[str, Path] = {}
    for path, text in texts.items():
        for _, name in _declared(text):
            if name in owner:
                raise LinkError(f"{owner[name].name} and {path.name} both define {name}: all names share one scope")
            owner[name] = path
