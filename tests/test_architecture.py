"""The house stays as it was drawn: arrows, laziness, file lengths, and links between claims by key.

Each rule is a function over texts, so that it is shown twice: the repository keeps it, and a planted
violation is found.
"""

import ast
import json
import re
import subprocess
import sys
import textwrap
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Set
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.scripts import load

ROOT = Path(__file__).resolve().parent.parent
RULES = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["ganmath"]["architecture"]
Texts = Mapping[str, str]  # path within the repository -> content


def read(folder: str, suffix: str) -> dict[str, str]:
    """The texts of a folder's files, by path within the repository; nothing that was built."""
    paths = [path for path in sorted((ROOT / folder).rglob(f"*{suffix}")) if "_build" not in path.parts]
    return {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in paths}


# ------------------------------------------------------------------------------------------------ arrows


def imported(path: str, source: str) -> Iterator[str]:
    """Every module a file imports, anywhere in it; `from ganmath import game` imports ganmath.game."""
    package = Path(path).parent.parts
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(part for part in (base, node.module) if part)
            yield from (f"{module}.{alias.name}" for alias in node.names)


def room(module: str) -> str:
    """The room of a module of ganmath: the second part of its name when that is a room, else `__init__`."""
    second = module.split(".")[1] if "." in module else "__init__"
    return second if second in RULES["rooms"] else "__init__"


def misplaced(files: Texts) -> list[str]:
    """Python files that lie in no room."""
    rooms = {"/".join(Path(path).with_suffix("").parts[1:2]) for path in files}
    return sorted(rooms - set(RULES["rooms"]))


def forbidden_imports(files: Texts) -> list[str]:
    """Imports against the arrows, of torch below the networks, of tests, book or examples."""
    found = []
    for path, source in files.items():
        here = room(".".join(Path(path).with_suffix("").parts))
        for module in imported(path, source):
            top = module.split(".")[0]
            upward = top == "ganmath" and RULES["rooms"].index(room(module)) > RULES["rooms"].index(here)
            torch_below = top == "torch" and here in RULES["without_torch"]
            if upward or torch_below or top in ("tests", "book", "examples"):
                found.append(f"{path}: {module}")
    return found


def test_each_file_lies_in_a_room() -> None:
    assert not misplaced(read("ganmath", ".py"))
    assert misplaced({"ganmath/game.py": "", "ganmath/utils/misc.py": "", "ganmath/helpers.py": ""}) == [
        "helpers",
        "utils",
    ]


def test_imports_point_one_way() -> None:
    assert not forbidden_imports(read("ganmath", ".py"))


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("ganmath/game.py", "from ganmath.theory import THEOREMS"),
        ("ganmath/game.py", "from ganmath import laws"),
        ("ganmath/divergence/measures.py", "import ganmath.game"),
        ("ganmath/divergence/measures.py", "from ..game import value"),
        ("ganmath/laws/__init__.py", "from .. import theory"),
        ("ganmath/theory/rules.py", "def f():\n    from torch import nn"),
        ("ganmath/divergence/kernels.py", "import torch.nn.functional as F"),
        ("ganmath/plot.py", "from tests.divergence import exact"),
    ],
)
def test_an_import_against_the_arrows_is_found(path: str, source: str) -> None:
    assert len(forbidden_imports({path: source})) == 1


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("ganmath/game.py", "from ganmath.divergence import js\nfrom ganmath import __version__"),
        ("ganmath/laws/check.py", "from .strategies import pmfs\nfrom ..divergence import js"),
        ("ganmath/gan/train.py", "import torch\nfrom ganmath import game"),
        ("ganmath/cli.py", "from ganmath import theory"),
    ],
)
def test_an_import_along_the_arrows_is_not(path: str, source: str) -> None:
    assert forbidden_imports({path: source}) == []


def test_a_change_of_any_room_that_a_verdict_rests_on_has_the_build_check_the_theorems_again() -> None:
    """Experiments train networks: what they may import bears on the ledger."""
    rooms = RULES["rooms"]
    passed_over = load("book/build.py").NOT_IN_THE_LEDGER
    assert min(map(rooms.index, passed_over)) > rooms.index("experiments")


# ---------------------------------------------------------------------------------------------- laziness


def loaded_by(statement: str) -> set[str]:
    """The modules a fresh interpreter has loaded after a statement."""
    script = f"{statement}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(json.loads(done.stdout))


@pytest.mark.parametrize(
    ("statement", "unwanted"),
    [
        ("import ganmath", {"torch", "sympy", "matplotlib", "scipy", "numpy"}),
        ("import ganmath.divergence", {"torch", "sympy", "matplotlib", "scipy.stats"}),
        ("from ganmath.divergence import js; js([.5, .5], [.9, .1])", {"torch", "sympy", "scipy.stats"}),
    ],
)
def test_import_loads_no_more_than_it_needs(statement: str, unwanted: Set[str]) -> None:
    assert not loaded_by(statement) & unwanted


def test_what_an_import_loads_is_seen() -> None:
    assert {"sympy", "scipy"} <= loaded_by("import ganmath, sympy, scipy")


def test_the_package_names_every_room_and_no_other() -> None:
    import ganmath

    there = {Path(path).parts[1].removesuffix(".py") for path in read("ganmath", ".py")}
    assert set(ganmath.__all__) == {name for name in there if name != "cli" and not name.startswith("_")}
    assert set(ganmath.__all__) <= set(dir(ganmath))
    with pytest.raises(AttributeError, match=r"no attribute 'js'.*from ganmath\.divergence import js"):
        _ = ganmath.js


# -------------------------------------------------------------------------------------------- file lengths


def too_long(files: Texts, limit: int, excused: Iterable[str] = ()) -> list[str]:
    """Files over the limit, save those with a reason in pyproject.toml."""
    return [path for path, text in files.items() if len(text.splitlines()) > limit and path not in excused]


def test_files_are_short_enough_to_read() -> None:
    excused = RULES["longer_files"]
    folders = (".ci", "book", "examples", "ganmath", "tests")
    python = {path: text for folder in folders for path, text in read(folder, ".py").items()}
    javascript = {**read("book", ".js"), **read("book", ".mjs")}
    assert not too_long(python, RULES["max_python_lines"], excused)
    assert not too_long(javascript, RULES["max_javascript_lines"], excused)
    assert all(reason.strip() for reason in excused.values())
    assert set(excused) <= {*python, *javascript}
    assert too_long({"a.py": "x\n" * 301, "b.py": "x\n" * 300, "c.py": "x\n" * 999}, 300, ["c.py"]) == ["a.py"]


# ------------------------------------------------------------------------- the book imports, never redefines


def public_names(files: Texts) -> set[str]:
    """What the rooms of the package export: the `__all__` of each, read without importing anything."""
    names: set[str] = set()
    for path, source in files.items():
        parts = Path(path).parts
        inside_a_room = len(parts) > 3 or (len(parts) == 3 and parts[-1] != "__init__.py")
        for node in [] if inside_a_room else ast.parse(source).body:
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
                names |= set(ast.literal_eval(node.value))
    return names


def code_cells(page: str) -> list[str]:
    """The executed cells of a MyST page, without their options and magics."""
    cells = re.findall(r"^([`~:]{3,})\{code-cell\}[^\n]*\n(.*?)^\1\s*$", page, re.MULTILINE | re.DOTALL)
    bodies = [re.sub(r"\A(---\n.*?^---\n|(:[^\n]*\n)+)", "", body, flags=re.M | re.S) for _, body in cells]
    return [re.sub(r"^\s*[%!].*$", "pass", body, flags=re.MULTILINE) for body in bodies]


def defined_by(cell: str) -> Iterator[str]:
    """Every name a cell binds to something that is not ganmath's: definitions, assignments, other imports."""
    tree = ast.parse(textwrap.dedent(cell))
    inner = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)  # their variables stay inside
    own = {id(name) for node in ast.walk(tree) if isinstance(node, inner) for name in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and id(node) not in own:
            yield node.id
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] != "ganmath":
            yield from (alias.asname or alias.name for alias in node.names)


def redefinitions(pages: Texts, public: Set[str]) -> list[str]:
    """Public names of ganmath that a page of the book gives a meaning of its own."""
    return [
        f"{path}: {name}"
        for path, page in pages.items()
        for cell in code_cells(page)
        for name in defined_by(cell)
        if name in public
    ]


def test_pages_import_and_never_redefine() -> None:
    public = public_names(read("ganmath", ".py"))
    assert {"js", "optimal_discriminator"} <= public
    assert not redefinitions(read("book", ".md"), public)


@pytest.mark.parametrize(
    "cell",
    [
        "def js(p, q):\n    ...",
        "js = lambda p, q: 0",
        "from scipy.spatial.distance import jensenshannon as js",
    ],
)
@pytest.mark.parametrize("fence", ["```", "````", ":::"])
def test_a_redefinition_in_a_page_is_found(cell: str, fence: str) -> None:
    page = f"# Title\n\n{fence}{{code-cell}} ipython3\n:tags: [solution]\n%matplotlib inline\n{cell}\n{fence}\n"
    assert redefinitions({"book/page.md": page}, {"js"}) == ["book/page.md: js"]
    assert redefinitions({"book/page.md": page.replace("js", "my_js")}, {"js"}) == []


# --------------------------------------------------------------------------------------------- links by key


def labels(page: str) -> list[str]:
    """The keys of the theorems a page states: labels `thm-<key>`."""
    return re.findall(r"^(?::label:\s*|\()thm-([\w-]+)(?:\)=)?\s*$", page, re.MULTILINE)


def broken_links(
    theorems: Mapping[str, Any], laws: Iterable[str], pages: Texts, experiments: Iterable[str] = ()
) -> list[str]:
    """Theorems that not just their page states, or that name what isn't there; labels and experiments without one."""
    stated = [(key, Path(path).stem) for path, page in pages.items() for key in labels(page)]
    found = [f"thm-{key} on {page}: no such theorem" for key, page in stated if key not in theorems]
    for key, theorem in theorems.items():
        where = [page for stated_key, page in stated if stated_key == key]
        if theorem.key != key or where != [theorem.page]:
            found.append(f"{key}: stated on {where}, should be on {theorem.page} alone")
        found += [f"{key}: no law {law}" for law in theorem.laws if law not in laws]
        if theorem.experiment and theorem.experiment not in experiments:
            found.append(f"{key}: no experiment {theorem.experiment}")
    named = {theorem.experiment for theorem in theorems.values()}
    return found + [f"experiment {key}: no theorem names it" for key in experiments if key not in named]


def test_theorems_pages_and_laws_are_linked_by_key() -> None:
    from ganmath.experiments import EXPERIMENTS
    from ganmath.laws import LAWS
    from ganmath.theory import THEOREMS

    assert THEOREMS
    assert not broken_links(THEOREMS, LAWS, read("book", ".md"), EXPERIMENTS)


def test_a_broken_link_is_found() -> None:
    page = "```{prf:theorem} Pinsker\n:label: thm-pinsker\n\n...\n```\n"
    pinsker = {"pinsker": SimpleNamespace(key="pinsker", page="divergences", laws=("pinsker",), experiment="")}
    there = {"book/chapters/divergences.md": page}
    assert broken_links(pinsker, {"pinsker"}, there) == []
    assert len(broken_links(pinsker, {"pinsker"}, {})) == 1
    assert len(broken_links(pinsker, {"pinsker"}, {**there, "book/index.md": page})) == 1
    assert len(broken_links(pinsker, {"pinsker"}, {"book/index.md": page})) == 1
    assert len(broken_links(pinsker, {"kl-nonnegative"}, there)) == 1
    assert len(broken_links({}, {"pinsker"}, there)) == 1
    assert len(broken_links(pinsker, {"pinsker"}, there, ["coins"])) == 1
    pinsker["pinsker"].experiment = "coins"
    assert broken_links(pinsker, {"pinsker"}, there, ["coins"]) == []
    assert len(broken_links(pinsker, {"pinsker"}, there)) == 1
