"""The derivations, each beside its false neighbour: the same with one plausible wrong step."""
