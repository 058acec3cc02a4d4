"""`python -m ganmath` is the command `ganmath`."""

import sys

from ganmath.cli import main

if __name__ == "__main__":
    sys.exit(main())
