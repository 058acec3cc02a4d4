"""What a report must fit."""

from ganmath.laws import Report


def fits_a_screen(report: Report) -> bool:
    """At most 24 lines of 100 characters."""
    lines = str(report).splitlines()
    return len(lines) <= 24 and all(len(line) <= 100 for line in lines)
