"""What `ganmath verify` found before: the rows that stood, each beside a hash of all that it rests on.

Only the command remembers; `Theorem.verify` and `ledger.verify` always check. A row that falls short is never kept.
"""

from __future__ import annotations

import hashlib
import json
import platform
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import platformdirs

from ganmath.theory.certificates import CERTIFICATES, Certification, Finding
from ganmath.theory.derivation import Outcome
from ganmath.theory.observation import Result
from ganmath.theory.theorem import LawResult, Row
from ganmath.theory.theorems import THEOREMS
from ganmath.theory.verdict import Verdict

PACKAGES = ("numpy", "scipy", "sympy", "mpmath", "hypothesis", "python-flint", "POT", "torch", "scikit-learn")


def folder() -> Path:
    """Where the rows are kept: a folder of the user's caches, which may be deleted at any time."""
    return platformdirs.user_cache_path("ganmath") / "verify"


@cache
def sources() -> str:
    """A hash of the package's modules, and of the versions of Python and of the libraries that compute for it."""
    root = Path(__file__).parent.parent
    found = hashlib.sha256(repr([platform.python_version(), *map(_version, PACKAGES)]).encode())
    for path in sorted(root.rglob("*.py")):
        found.update(f"{path.relative_to(root).as_posix()}\0".encode())
        found.update(path.read_bytes())
    return found.hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _file(key: str, examples: int, quick: bool) -> Path:
    return folder() / f"{key}-{examples}{'' if quick else '-whole'}.json"


def recall(key: str, examples: int, quick: bool = True) -> Row | None:
    """The row of that theorem as it was found from the same sources; None where it wasn't, or can't be read."""
    try:
        kept = json.loads(_file(key, examples, quick).read_text("utf8"))
        return _row(key, kept["row"]) if kept["sources"] == sources() else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep(row: Row, examples: int, quick: bool = True) -> None:
    """Keep a row that stands and lacks nothing; what can't be written, or read again, is checked again."""
    if not row.ok or bool(row.theorem.experiment) != bool(row.observed):
        return
    kept = json.dumps({"sources": sources(), "row": _written(row)})
    with suppress(OSError):
        folder().mkdir(parents=True, exist_ok=True)
        _file(row.theorem.key, examples, quick).write_text(kept, "utf8")


def _written(row: Row) -> dict[str, Any]:
    """A row that stands as JSON: residuals and points, which only failures show, are left out."""
    seen = row.certification
    return {
        "outcomes": [(str(outcome.verdict), outcome.admissible, outcome.note) for outcome in row.outcomes],
        "refuted": row.refuted,
        "laws": [(law.key, law.examples) for law in row.laws],
        "seconds": row.seconds,
        "certification": seen
        and [(str(found.verdict), found.evidence, found.where) for found in (*seen.findings, seen.neighbour)],
        "observed": row.observed and row.observed.to_dict(),
    }


def _row(key: str, kept: dict[str, Any]) -> Row:
    theorem = THEOREMS[key]
    outcomes = tuple(Outcome(Verdict[name], admissible=points, note=note) for name, points, note in kept["outcomes"])
    laws = tuple(LawResult(name, examples) for name, examples in kept["laws"])
    certification = None
    if kept["certification"]:
        *findings, neighbour = (Finding(Verdict[name], how, where) for name, how, where in kept["certification"])
        certification = Certification(CERTIFICATES[theorem.certificate], tuple(findings), neighbour)
    observed = Result.from_dict(kept["observed"]) if kept["observed"] else None
    return Row(theorem, outcomes, kept["refuted"], laws, kept["seconds"], certification, observed, recalled=True)
