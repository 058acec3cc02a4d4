"""Make `.venv` with everything the project needs, or say what is missing and the one command that mends it.

Standard library only, on any Python 3.7 or later: its first task is to tell an old Python that it is too old.
It does nothing, in a fraction of a second, while pyproject.toml, constraints.txt and the Python are the same.
"""

import hashlib
import importlib.util
import json
import platform
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST, NEWEST = (3, 11), (3, 14)
GIGABYTE = 10**9
SPACE_NEEDED = 4 * GIGABYTE  # .venv takes 2.4 GB; pip unpacks and caches 1 GB beside it


class Problem(Exception):
    """What is wrong, and the one command that mends it."""

    def __init__(self, what, command):
        super().__init__(f"{what}\nThe command that mends it:\n\n    {command}\n")


def suitable_python():
    """The newest supported Python on the PATH that starts, as one types it; None when there is none."""
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        name = f"python3.{minor}"
        if shutil.which(name):
            tried = subprocess.run([name, "-c", ""], stderr=subprocess.DEVNULL, check=False)
            if tried.returncode == 0:  # a version manager's stand-in is on the PATH, but does not start
                return name
    return None


def check_python(version, system, found=suitable_python):
    """Refuse a Python outside the supported range; name another that is there, or how to get one."""
    if OLDEST <= version[:2] <= NEWEST:
        return
    name = found()
    commands = {
        "Darwin": "brew install python@3.13",
        "Windows": "winget install --id Python.Python.3.13",
    }
    command = commands.get(system, "sudo apt-get install -y python3.11-venv")
    if name is not None:
        command = f"make book PYTHON={name}"
    raise Problem(
        "This is Python {}.{}; ganmath needs Python {}.{} to {}.{}.".format(*version[:2], *OLDEST, *NEWEST),
        command,
    )


def check_venv_module(version, system, find=importlib.util.find_spec):
    """Refuse a Python that came without `venv` or `ensurepip`, as Debian's does."""
    missing = [name for name in ("venv", "ensurepip") if find(name) is None]
    if not missing:
        return
    commands = {"Darwin": "brew reinstall python@3.13", "Windows": "winget install --id Python.Python.3.13"}
    debian = "sudo apt-get install -y python{}.{}-venv".format(*version[:2])
    what = "This Python came without {}: it can't make an environment.".format(" and ".join(missing))
    raise Problem(what, commands.get(system, debian))


def check_disk(free, root, python="python3"):
    """Refuse to begin an installation that would fill the disk."""
    if free >= SPACE_NEEDED:
        return
    needed, there = SPACE_NEEDED / GIGABYTE, free / GIGABYTE
    raise Problem(
        f"The environment needs {needed:.1f} GB, and {root} has {there:.1f} GB free; empty pip's cache.",
        f"{python} -m pip cache purge",
    )


def venv_python(venv):
    """The interpreter of an environment, wherever this system puts it."""
    return venv / ("Scripts/python.exe" if platform.system() == "Windows" else "bin/python")


def check_existing(venv, version, python="python3"):
    """Refuse a `.venv` that is broken, was made by another Python or tool, or was moved."""
    if not venv.exists():
        return
    mend = f"{python} -m venv --clear {venv.name}"
    settings = {}
    if (venv / "pyvenv.cfg").is_file() and venv_python(venv).exists():
        lines = (venv / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
        settings = {key.strip(): value.strip() for key, _, value in (line.partition("=") for line in lines)}
    if not settings:
        raise Problem(f"{venv} is no working environment: its interpreter is gone.", mend)
    made_by = settings.get("version", settings.get("version_info", "")).split(".")
    if made_by[:2] != [str(part) for part in version[:2]]:
        raise Problem(
            "{} is of Python {}, and this is Python {}.{}.".format(venv, ".".join(made_by), *version[:2]),
            mend,
        )
    stamp = read_stamp(venv)
    if stamp and stamp["location"] != str(venv):
        raise Problem(f"{venv} was copied; its commands still point to {stamp['location']}.", mend)
    libraries = [venv / "Lib", *(venv / "lib").glob("python*")]  # Windows, and everywhere else
    if not any((library / "site-packages" / "pip").is_dir() for library in libraries):
        raise Problem(f"{venv} has no pip in it: another tool than `venv` made it.", mend)


def fingerprint(root, version):
    """What the environment is made from, as one short text."""
    digest = hashlib.sha256(repr(tuple(version[:3])).encode())
    for name in ("pyproject.toml", "constraints.txt"):
        digest.update((root / name).read_bytes())
    return digest.hexdigest()


def read_stamp(venv):
    """What the last complete installation left behind; None when there was none."""
    path = venv / "ganmath.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def write_stamp(venv, made_from):
    """Record a complete installation: what it was made from, and where."""
    stamp = {"fingerprint": made_from, "location": str(venv)}
    (venv / "ganmath.json").write_text(json.dumps(stamp), encoding="utf-8")


def is_current(venv, made_from):
    """Whether the environment was completed here, from just these files."""
    stamp = {"fingerprint": made_from, "location": str(venv)}
    return venv_python(venv).exists() and read_stamp(venv) == stamp


def install(root, venv):
    """Make the environment where there is none, and let pip bring it up to the constraints."""
    if not venv.exists():
        print(f"Making {venv} ...", flush=True)
        subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    print("Installing ganmath and its tools: about 0.6 GB the first time, some minutes ...", flush=True)
    pip = [str(venv_python(venv)), "-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet"]
    command = [*pip, "install", "-c", "constraints.txt", "-e", ".[all]"]
    if subprocess.run(command, cwd=str(root), check=False).returncode:
        raise Problem(
            "pip could not install everything; its reason stands above. If the connection failed, try again.",
            f"{Path(sys.executable).name} .ci/environment.py",
        )


def main():
    """Run the checks in the order in which they would fail; install only when something changed."""
    started, venv = time.monotonic(), ROOT / ".venv"
    version, system, python = tuple(sys.version_info[:3]), platform.system(), Path(sys.executable).name
    check_python(version, system)
    made_from = fingerprint(ROOT, version)
    if is_current(venv, made_from):
        return
    check_venv_module(version, system)
    check_existing(venv, version, python)
    if read_stamp(venv) is None:  # an update of a complete environment needs little
        check_disk(shutil.disk_usage(str(ROOT)).free, ROOT, python)
    install(ROOT, venv)
    write_stamp(venv, made_from)
    print(f"The environment is ready: {venv} ({time.monotonic() - started:.0f} s).")


if __name__ == "__main__":
    try:
        main()
    except Problem as problem:
        sys.exit(f"\n{problem}")
