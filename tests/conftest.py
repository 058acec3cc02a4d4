"""Read before all tests: one setting of the libraries they load."""

import os

# pytest-xdist keeps every core busy already; the libraries' own threads would only push each other aside.
if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ.setdefault("OMP_NUM_THREADS", "1")
