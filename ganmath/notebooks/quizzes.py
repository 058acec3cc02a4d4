"""The quiz of a chapter as an author writes it: five questions, each answer with its reason.

1. A question, one paragraph, with $x$ if need be.
   - [ ] An answer.
     > Why it is wrong.
   - [x] The right answer, marked.
     > Why it is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

QUESTIONS = 5
LETTERS = "abcdef"
QUESTION = re.compile(r"(?P<number>\d+)\. +(?P<text>.*)")
ANSWER = re.compile(r" *- (?:\[(?P<mark>[ x])\] +)?(?P<text>.*)")
REASON = re.compile(r" *> ?(?P<text>.*)")


@dataclass
class Answer:
    text: str
    is_right: bool
    reason: str = ""

    def verdict(self, letter: str) -> str:
        """Told by a sign and by words, never by a colour alone."""
        return f"✓ ({letter}) is right." if self.is_right else f"✗ ({letter}) isn't right."


@dataclass
class Question:
    text: str
    answers: list[Answer] = field(default_factory=list)

    def lettered(self) -> Iterator[tuple[str, Answer]]:
        return zip(LETTERS, self.answers, strict=False)


def read(lines: list[str]) -> list[Question]:
    """The questions of a quiz, or a ValueError that names the one that is malformed."""
    questions: list[Question] = []
    for line in filter(str.strip, lines):
        add(line, questions)
    for number, question in enumerate(questions, start=1):
        right = sum(answer.is_right for answer in question.answers)
        if not 2 <= len(question.answers) <= len(LETTERS):
            raise ValueError(f"question {number} needs 2 to {len(LETTERS)} answers, `- [ ] ...`")
        if right != 1:
            raise ValueError(f"question {number} has {right} right answers: mark just one with [x]")
        for letter, answer in question.lettered():
            if not answer.reason:
                raise ValueError(f"question {number}: answer ({letter}) is not explained: add a line `> Because ...`")
    if len(questions) != QUESTIONS:
        raise ValueError(f"a quiz has {QUESTIONS} questions, this one has {len(questions)}")
    return questions


def add(line: str, questions: list[Question]) -> None:
    """Adds a line to the last question, answer or reason, or begins a new one with it."""
    last = questions[-1] if questions else None
    if found := QUESTION.fullmatch(line):
        questions.append(Question(found["text"]))
        if int(found["number"]) != len(questions):
            raise ValueError(f"question {len(questions)} has the number {found['number']}: write 1., 2., ...")
    elif last is None:
        raise ValueError(f"a quiz begins with `1. ` and the first question, not with {line!r}")
    elif found := ANSWER.fullmatch(line):
        if found["mark"] is None:
            raise ValueError(f"question {len(questions)}: {line.strip()!r} is marked neither [ ] nor [x]")
        last.answers.append(Answer(found["text"], found["mark"] == "x"))
    elif not last.answers:
        last.text += f"\n{line.strip()}"
    elif found := REASON.fullmatch(line):
        last.answers[-1].reason = f"{last.answers[-1].reason}\n{found['text']}".strip()
    elif last.answers[-1].reason:
        last.answers[-1].reason += f"\n{line.strip()}"
    else:
        last.answers[-1].text += f"\n{line.strip()}"


def markdown(lines: list[str]) -> Iterator[str]:
    """The quiz as plain Markdown: a numbered list, then all answers, folded."""
    questions = read(lines)
    for number, question in enumerate(questions, start=1):
        yield from ("", *indented(f"{number}. ", question.text))
        for letter, answer in question.lettered():
            yield from indented("   - ", f"({letter}) {answer.text}")
    yield from ("", "<details>", "<summary>All answers</summary>")
    for number, question in enumerate(questions, start=1):
        yield from ("", f"{number}. The answers:")
        for letter, answer in question.lettered():
            yield from indented("   - ", f"{answer.verdict(letter)} {answer.reason}")
    yield from ("", "</details>", "")


def indented(start: str, text: str) -> Iterator[str]:
    first, *others = text.split("\n")
    yield start + first
    yield from (" " * len(start) + line for line in others)
