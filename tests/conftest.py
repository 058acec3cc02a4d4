"""Read before all tests: settings of the libraries they load, and what the programs they start find around them."""

import contextlib
import os

# pytest-xdist keeps every core busy already; the libraries' own threads would only push each other aside.
if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ.setdefault("OMP_NUM_THREADS", "1")

# What a command prints is compared with what is expected, whatever terminal the tests are run in.
os.environ["COLUMNS"] = "80"
for name in ("FORCE_COLOR", "CLICOLOR_FORCE", "PY_COLORS", "PYTEST_ADDOPTS"):
    os.environ.pop(name, None)

with contextlib.suppress(ImportError):  # the extra `laws`
    import hypothesis

    # By default an example that takes a fifth of a second fails: on a busy machine any may.
    hypothesis.settings.register_profile("unhurried", deadline=None)
    hypothesis.settings.load_profile("unhurried")
