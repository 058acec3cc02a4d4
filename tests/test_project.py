"""The project as files: the commands, the pinned versions, and the wheel in a bare environment."""

import doctest
import importlib.metadata
import importlib.util
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
FOLDERS = (".ci", "book", "examples", "ganmath", "tests")


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


# ------------------------------------------------------------------------------------------------ texts

# What would not exist for a reader elsewhere. Written as patterns, so that this file does not match itself.
FOREIGN = re.compile(
    r"\.\./shared|(?<![\w.])/(?:work|root|home|opt)/\w|pypi\.org|pythonhosted\.org|download\.pytorch\.org"
    r"|pip install\s+[\"']?ganmath\b(?!-)"
)


def own_files() -> Iterator[Path]:
    """The repository's own files: nothing that was installed, built or cached, nor where a worktree's store lies."""
    yield from (path for path in ROOT.iterdir() if path.is_file() and path.name != ".git")
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and not {"_build", "__pycache__", ".hypothesis"} & set(path.parts):
                yield path


def test_no_file_names_a_place_outside_the_repository() -> None:
    found = {
        path.relative_to(ROOT).as_posix(): match.group()
        for path in own_files()
        if (match := FOREIGN.search(path.read_text("utf-8", errors="ignore")))
    }
    assert not found


@pytest.mark.parametrize(
    "parts",
    [
        ("see ..", "/shared/DESIGN.md"),
        ("in /wo", "rk/main"),
        ("py", "pi.org/simple"),
        ("pip install", " ganmath"),
    ],
)
def test_the_name_of_such_a_place_is_found(parts: tuple[str, str]) -> None:
    assert FOREIGN.search("".join(parts))
    assert not FOREIGN.search("pip install ./ganmath-0.1.0-py3-none-any.whl")


def printed_otherwise(markdown: str) -> tuple[int, list[str]]:
    """How many examples a page's Python blocks hold, and those that print something else than is written."""
    blocks = re.findall(r"```python\n(.*?)```", markdown, flags=re.DOTALL)
    test = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, "README", None, 0)
    wrong: list[str] = []
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    doctest.DocTestRunner(optionflags=flags).run(test, out=wrong.append)
    return len(test.examples), wrong


def test_the_readme_shows_what_python_prints() -> None:
    examples, wrong = printed_otherwise(read("README.md"))
    assert examples > 10
    assert not wrong


def test_a_readme_that_shows_something_else_is_found() -> None:
    assert printed_otherwise("```python\n>>> 1 + 1\n3\n```\n")[1]


def test_the_version_stands_in_each_file_that_names_it() -> None:
    import ganmath

    version = ganmath.__version__
    assert f'__version__ = "{version}"\n' in read("ganmath/__init__.py")  # hatchling reads it there, as text
    assert f"\nversion: {version}\n" in read("CITATION.cff")
    assert f"\n## [{version}]" in read("CHANGELOG.md")


# ------------------------------------------------------------------------------------------- constraints


def pins() -> dict[str, Requirement]:
    lines = [line for line in read("constraints.txt").splitlines() if line and not line.startswith("#")]
    return {canonicalize_name(pin.name): pin for pin in map(Requirement, lines)}


def closure(requirements: list[str]) -> set[str]:
    """The distributions that requirements pull in on this machine, by canonical name."""
    found: dict[tuple[str, str], None] = {}
    todo = [Requirement(text) for text in requirements]
    while todo:
        requirement = todo.pop()
        for extra in ("", *requirement.extras):
            key = (canonicalize_name(requirement.name), extra)
            if key in found:
                continue
            found[key] = None
            needed = importlib.metadata.requires(requirement.name) or []
            todo += [r for r in map(Requirement, needed) if not r.marker or r.marker.evaluate({"extra": extra})]
    return {name for name, _ in found}


def extras() -> list[str]:
    groups = PROJECT["optional-dependencies"]
    return [text for name, group in groups.items() if name != "all" for text in group]


def test_constraints_are_plain_pins() -> None:
    for line in read("constraints.txt").splitlines():
        assert line.startswith("# ") or re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][0-9a-z.]*(; python_\S+ .*)?", line)


def test_constraints_pin_all_that_is_installed_within_its_range() -> None:
    pinned = pins()
    requirements = [*PROJECT["dependencies"], *extras()]
    assert closure(requirements) <= set(pinned)
    for requirement in map(Requirement, requirements):
        (version,) = (clause.version for clause in pinned[canonicalize_name(requirement.name)].specifier)
        assert requirement.specifier.contains(version), requirement


def test_all_names_every_other_extra() -> None:
    groups = PROJECT["optional-dependencies"]
    (everything,) = map(Requirement, groups["all"])
    assert everything.extras == set(groups) - {"all"}


# ------------------------------------------------------------------------------------------ the commands


def recipes(makefile: str) -> dict[str, list[str]]:
    """The command lines of each target."""
    found: dict[str, list[str]] = {}
    for line in makefile.splitlines():
        if line.startswith("\t"):
            found[list(found)[-1]].append(line.strip())
        elif target := re.match(r"([\w-]+):(?!=)", line):
            found[target[1]] = []
    return found


def complicated(makefile: str) -> list[str]:
    """Targets with more than three commands, or with one that is not plain."""
    plain = re.compile(r"(?!@?(if|for|while)\b)[^;&|`\\<>]*")
    return [
        target
        for target, lines in recipes(makefile).items()
        if len(lines) > 3 or not all(plain.fullmatch(line) and "$(shell" not in line for line in lines)
    ]


def test_each_make_target_is_at_most_three_plain_commands() -> None:
    makefile = read("Makefile")
    assert {"book", "test", "lint", "verify", "serve", "lab", "clean", "gates"} <= set(recipes(makefile))
    assert not complicated(makefile)


@pytest.mark.parametrize("recipe", ["a\n\tb\n\tc\n\td", "a && b", "a; b", "a | b", "if a", "echo $(shell ls)"])
def test_a_complicated_make_target_is_found(recipe: str) -> None:
    assert complicated(f"book: environment\n\t{recipe}\n") == ["book"]


def test_lint_and_the_commit_hooks_are_the_same_tools() -> None:
    tools = [line.split("/", 1)[1] for line in recipes(read("Makefile"))["lint"]]
    assert [tool.removesuffix(" --check") for tool in tools] == re.findall(
        r"entry: \.venv/bin/(.+?)(?: --force-exclude)?\n", read(".pre-commit-config.yaml")
    )


def test_the_ci_script_is_bash_that_stops_at_the_first_error() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    assert "\nset -euo pipefail\n" in script.read_text("utf-8")
    assert subprocess.run(["bash", "-n", script], check=False).returncode == 0


# ----------------------------------------------------------------------------- the wheel, with the core alone


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the wheel's contents and the core dependencies, and nothing else."""
    work = tmp_path_factory.mktemp("wheel")
    site = work / "site-packages"
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(work), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = work.glob("ganmath-*.whl")
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--target",
        str(site),
    ]
    subprocess.run([*pip, str(wheel)], check=True)
    for name in closure(PROJECT["dependencies"]):
        distribution = importlib.metadata.distribution(name)
        for top in {file.parts[0] for file in distribution.files or []} - {"..", "__pycache__", "bin"}:
            if not (site / top).exists():
                (site / top).symlink_to(Path(str(distribution.locate_file(top))))
    return site


def run_bare(site: Path, script: str) -> Any:
    """What a script prints, as JSON, where nothing but `site` and the standard library can be imported."""
    start = f"import json, sys\nsys.path.append({str(site)!r})\n"
    command = [sys.executable, "-I", "-S", "-c", start + script]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=site.parent)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_wheel_holds_types_licence_and_version(bare: Path) -> None:
    import ganmath

    (info,) = bare.glob("ganmath-*.dist-info")
    assert info.name == f"ganmath-{ganmath.__version__}.dist-info"
    assert (bare / "ganmath" / "py.typed").exists()
    assert (info / "licenses" / "LICENSE").exists()
    assert "ganmath=ganmath.cli:main" in (info / "entry_points.txt").read_text("utf-8").replace(" ", "")


def test_the_bare_environment_is_bare(bare: Path) -> None:
    script = "from importlib.util import find_spec\nprint(json.dumps([bool(find_spec(n)) for n in {}]))"
    assert run_bare(bare, script.format(["torch", "hypothesis", "flint", "ot", "pytest"])) == [False] * 5
    assert run_bare(bare, script.format(["numpy", "scipy", "sympy", "matplotlib"])) == [True] * 4


def test_the_wheel_gives_divergences_with_the_core_alone(bare: Path) -> None:
    script = "from ganmath.divergence import js\nprint(json.dumps(js([.5, .5], [.9, .1])))"
    assert run_bare(bare, script) == pytest.approx(0.101749225079196763, rel=1e-15)


def test_the_wheel_writes_the_same_notebooks_as_the_clone(bare: Path, tmp_path: Path) -> None:
    from ganmath.notebooks import write_notebooks

    script = f"from ganmath.notebooks import write_notebooks\nwrite_notebooks({str(tmp_path / 'wheel')!r})\nprint('[]')"
    run_bare(bare, script)
    for path in write_notebooks(tmp_path / "clone"):
        assert (tmp_path / "wheel" / path.name).read_bytes() == path.read_bytes()


def test_the_wheel_gives_derivations_with_the_core_alone(bare: Path) -> None:
    script = (
        "from ganmath.theory import THEOREMS\n"
        "derived = {key: theorem.derivation for key, theorem in THEOREMS.items() if theorem.derivation}\n"
        "print(json.dumps({key: derivation.verdict.name for key, derivation in derived.items()}))"
    )
    verdicts = run_bare(bare, script)
    assert {"optimal-discriminator", "gap", "jsd-reduction"} <= set(verdicts)
    assert "FAILED" not in verdicts.values()


@pytest.mark.parametrize(
    ("statement", "package", "extra"),
    [
        (
            "from ganmath.laws.examination import examine; examine(__import__('ganmath').laws.LAWS['pinsker'])",
            "hypothesis",
            "laws",
        ),
        ("import ganmath.gan", "torch", "gan"),
    ],
)
def test_what_needs_an_extra_names_it(bare: Path, statement: str, package: str, extra: str) -> None:
    script = f"try:\n    {statement}\nexcept ImportError as error:\n    print(json.dumps(str(error)))"
    message = run_bare(bare, script)
    assert package in message
    assert f"extra `{extra}`" in message
