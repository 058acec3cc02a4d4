"""The laws themselves, a family a file."""
