"""A theorem links by key what stands for it: a derivation, a false neighbour, a certificate, laws and a page."""

from __future__ import annotations

import textwrap
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from typing import Any, TypeVar

from ganmath.theory.certificates import CERTIFICATES, Certification
from ganmath.theory.derivation import Derivation, Outcome, tally
from ganmath.theory.observation import Observe, Result
from ganmath.theory.verdict import Verdict

Found = TypeVar("Found")


@dataclass(frozen=True)
class Theorem:
    r"""One theorem of the book, under the label ``thm-<key>`` on `page` (the stem of its file).

    `statement` is LaTeX; `laws` are keys of `ganmath.laws.LAWS`, where the inequalities themselves stand;
    `false_neighbour` is the derivation with one plausible mistake, which must come out FAILED; `certificate` the key
    of a second route in `ganmath.theory.certificates.CERTIFICATES`, `experiment` that of one in
    `ganmath.experiments`, "" for none.

    >>> from ganmath.theory import THEOREMS
    >>> THEOREMS["jsd-reduction"].derivation.verdict
    <Verdict.PROVED: 3>
    """

    key: str
    title: str
    statement: str
    source: str
    page: str
    derivation: Derivation | None = None
    false_neighbour: Derivation | None = None
    laws: tuple[str, ...] = ()
    certificate: str = ""
    experiment: str = ""

    def verify(self, examples: int = 100, observe: Observe | None = None, quick: bool = True) -> Row:
        """Check the derivation and the certificate, refute their false neighbours, put each law to `examples` examples.

        The experiment is run by `observe`, which is `ganmath.experiments.observe`, for this room doesn't know the
        networks; in its short form where `quick`. Without `observe` the row says that it wasn't run. Where evidence
        needs what isn't installed (hypothesis and POT for laws, python-flint for certificates, torch for networks), the
        row falls short, and says what to install.
        """
        began = time.perf_counter()
        unseen: dict[str, str] = {}

        def seen(done: str, see: Callable[[], Found]) -> Found | None:
            try:
                return see()
            except ImportError as error:  # the rest of the theorem, and the other theorems, need none of it
                unseen[done] = str(error)
                return None

        outcomes = self.derivation.check() if self.derivation else ()
        neighbour = self.false_neighbour
        refuted = None if neighbour is None else neighbour.verdict is Verdict.FAILED
        certification = seen("certified", CERTIFICATES[self.certificate].check) if self.certificate else None
        laws = seen("tried", lambda: tuple(_examine(key, examples) for key in self.laws)) or ()
        observed = seen("observed", lambda: observe(self.experiment, quick)) if observe and self.experiment else None
        return Row(self, outcomes, refuted, laws, time.perf_counter() - began, certification, observed, unseen)


@dataclass(frozen=True)
class LawResult:
    """A law on our own functions: how many admissible examples; the smallest counterexample, "" for none."""

    key: str
    examples: int
    counterexample: str = ""

    @property
    def holds(self) -> bool:
        """Whether there were examples, and none broke it."""
        return self.examples > 0 and not self.counterexample


def _examine(key: str, examples: int) -> LawResult:
    from ganmath.laws import LAWS
    from ganmath.laws.examination import examine

    examination = examine(LAWS[key], examples=examples)
    broken = examination.counterexample
    if broken and isinstance(broken.error, ImportError):  # of a function of ours, which then says nothing of the law
        raise broken.error
    return LawResult(key, examination.examples, "" if broken is None else str(broken) or repr(broken))


@dataclass(frozen=True)
class Row:
    """What was seen of one theorem today; in a page it is the line "Verified by"."""

    theorem: Theorem
    outcomes: tuple[Outcome, ...]
    refuted: bool | None
    laws: tuple[LawResult, ...]
    seconds: float = field(compare=False)
    certification: Certification | None = None
    observed: Result | None = None
    unseen: dict[str, str] = field(default_factory=dict)  # why it couldn't be "certified", "tried", "observed" here
    recalled: bool = field(default=False, compare=False)  # found before from the same sources, not now

    @property
    def verdict(self) -> Verdict | None:
        """That of the weakest step; None without a derivation."""
        return min((outcome.verdict for outcome in self.outcomes), default=None)

    @property
    def steps(self) -> dict[str, int]:
        """How many steps have each verdict."""
        return tally(self.outcomes)

    @property
    def axioms(self) -> tuple[str, ...]:
        """The axioms that the derivation is given."""
        return self.theorem.derivation.axioms if self.theorem.derivation else ()

    @property
    def shortfalls(self) -> tuple[str, ...]:
        """In words, all that is wrong; empty where the theorem stands."""
        found = [
            f"step {number} FAILED ({outcome})"
            for number, outcome in enumerate(self.outcomes, start=1)
            if outcome.verdict is Verdict.FAILED
        ]
        if self.theorem.derivation and not self.outcomes:
            found.append("the derivation has no step")
        if self.outcomes and not self.refuted:
            found.append("its false neighbour isn't refuted")
        found += self.certification.shortfalls if self.certification else ()
        found += self.observed.shortfalls if self.observed else ()
        found += [f"not {done} here: {why}" for done, why in self.unseen.items()]
        for law in self.laws:
            if not law.holds:
                found.append(f"law {law.key}: {law.counterexample or 'no admissible example'}")
        if not self.outcomes and not self.examples:
            found.append("neither a derivation nor a law")
        return tuple(found)

    @property
    def examples(self) -> dict[str, int]:
        """How many examples each law was tried on: none where it couldn't be."""
        untried = self.theorem.laws if "tried" in self.unseen else ()
        return dict.fromkeys(untried, 0) | {law.key: law.examples for law in self.laws}

    def not_here(self, done: str, otherwise: str = "none") -> str:
        """NOT OBSERVED HERE, say, where that couldn't be done for want of something; else what is given."""
        return f"NOT {done.upper()} HERE" if done in self.unseen else otherwise

    @property
    def seen_there(self) -> str:
        """In a few words, what the experiment saw, or that it wasn't run."""
        return self.observed.evidence if self.observed else self.not_here("observed", "not run")

    @property
    def ok(self) -> bool:
        """Whether nothing falls short."""
        return not self.shortfalls

    def to_dict(self) -> dict[str, Any]:
        """The row as it stands in the ledger's JSON."""
        return {
            "key": self.theorem.key,
            "title": self.theorem.title,
            "statement": self.theorem.statement,
            "source": self.theorem.source,
            "page": self.theorem.page,
            "verdict": None if self.verdict is None else str(self.verdict),
            "steps": self.steps,
            "axioms": list(self.axioms),
            "false_neighbour_refuted": self.refuted,
            "certificate": None if self.certification is None else self.certification.to_dict(),
            "laws": [
                {
                    "key": law.key,
                    "examples": law.examples,
                    "holds": law.holds,
                    "counterexample": law.counterexample,
                }
                for law in self.laws
            ],
            "experiment": None if self.observed is None else self.observed.to_dict(),
            "seconds": round(self.seconds, 3),
            "recalled": self.recalled,
            "ok": self.ok,
            "shortfalls": list(self.shortfalls),
        }

    def _parts(self) -> list[str]:
        parts = []
        if self.outcomes:
            steps = ", ".join(f"{count} {verdict}" for verdict, count in self.steps.items())
            axioms = ", ".join(axiom.split(":")[0] for axiom in self.axioms)
            number = "step" if len(self.outcomes) == 1 else "steps"
            parts.append(f"derivation ({number}: {steps}" + (f"; given {axioms})" if axioms else ")"))
        if self.refuted is not None:
            parts.append("false neighbour " + ("refuted" if self.refuted else "NOT refuted"))
        if self.certification is not None:
            seen = self.certification
            neighbour = "refuted" if seen.refuted else "NOT refuted"
            parts.append(f"certificate {self.theorem.certificate} ({seen.verdict}; false neighbour {neighbour})")
        elif "certified" in self.unseen:
            parts.append(f"certificate {self.theorem.certificate} ({self.not_here('certified')})")
        if "tried" in self.unseen:
            parts += [f"law {key} ({self.not_here('tried')})" for key in self.examples]
        for law in self.laws:
            parts.append(f"law {law.key} ({law.examples} examples{'' if law.holds else ', BROKEN'})")
        if self.theorem.experiment:
            parts.append(f"experiment {self.theorem.experiment} ({self.seen_there})")
        return parts

    def whole(self) -> str:
        """The theorem as text: what it says, and all that stands for it, step by step and law by law."""
        theorem = self.theorem
        parts = [
            theorem.title,
            _filled("statement", theorem.statement),
            _filled("source", theorem.source),
            _filled("page", f"{theorem.page}, label thm-{theorem.key}"),
            f"\n{theorem.derivation}\n" if theorem.derivation else "derivation: none",
            _filled("false neighbour", _failure(theorem.false_neighbour)),
        ]
        if self.certification is None:
            parts.append(f"certificate: {self.not_here('certified')}")
        else:
            certificate = self.certification.certificate
            parts += [
                _filled("certificate", str(self.certification)),
                _filled("  statement", certificate.statement),
                _filled("  why", certificate.why),
            ]
        parts += [_law_text(law) for law in self.laws] or [f"laws: {self.not_here('tried')}"]
        if theorem.experiment:
            parts.append(f"experiment {self.observed or f'{theorem.experiment}: {self.seen_there}'}")
        parts.append(_filled("standing", "ok" if self.ok else "FALLS SHORT: " + "; ".join(self.shortfalls)))
        return "\n".join(parts)

    def __str__(self) -> str:
        return f"{self.theorem.key}: {'ok' if self.ok else 'falls short'}: " + ", ".join(self._parts())

    def _repr_html_(self) -> str:
        ledger = f'<a href="../ledger.html#ledger-{self.theorem.key}">'
        links = "; ".join(f"{ledger}{escape(part)}</a>" for part in self._parts())
        short = "" if self.ok else f" <strong>Falls short:</strong> {escape('; '.join(self.shortfalls))}."
        return f'<p class="verified-by"><strong>Verified by</strong> {links}.{short}</p>'


def _filled(label: str, text: str) -> str:
    return textwrap.fill(f"{label}: {text}", 99, subsequent_indent="    ", break_long_words=False)


def _failure(neighbour: Derivation | None) -> str:
    """The step at which a false neighbour fails, and how."""
    if neighbour is None:
        return "none"
    for number, outcome in enumerate(neighbour.check(), start=1):
        if outcome.verdict is Verdict.FAILED:
            return f"{neighbour.steps[number - 1].why} Refuted at step {number}: {outcome}"
    return f"{neighbour.title}: NOT refuted"


def _law_text(law: LawResult) -> str:
    from ganmath.laws import LAWS

    standing = "" if law.holds else f", BROKEN: {law.counterexample or 'no admissible example'}"
    return _filled(f"law {law.key}", f"{LAWS[law.key].statement} ({law.examples} examples{standing})")
