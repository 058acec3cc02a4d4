"""What a report must fit."""

from ganmath.laws import Report


def fits_a_screen(report: Report) -> bool:
    """At most 24 lines of 89 characters, as wide as an output of the book."""
    lines = str(report).splitlines()
    return len(lines) <= 24 and all(len(line) <= 89 for line in lines)
