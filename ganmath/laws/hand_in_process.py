"""The program that runs one hand-in, in a process of its own: `ganmath.laws.remote` starts it and speaks with it.

It is NOT a sandbox: it keeps honest mistakes from doing harm, not an attacker. Run strangers' code in a container.

It reads a line of JSON and answers with a line of JSON. The first names the hand-in's code and the limits, each later
one the arguments of a call; expected values never come here. It imports nothing of this package. Before the hand-in
runs, the pipe is moved away from where prints go, limits are set, and an audit hook, which Python can't take back,
refuses to import this package, to open files outside the process's own folder and the installed libraries, to start
processes, to open sockets and to send signals.
"""

from __future__ import annotations
import __future__

import ast
import contextlib
import importlib
import json
import linecache
import math
import os
import random
import re
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

MODULE = "hand_in"  # the hand-in's `__name__`: what it guards by `if __name__ == "__main__"` doesn't run
FILE_MIB = 16  # the largest file it may write, in its own folder
LARGEST = 100_000  # numbers in one answer
REFUSED = {
    "start processes": (
        *("subprocess.Popen", "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn"),
        *("os.startfile", "pty.spawn", "_winapi.CreateProcess"),
    ),
    "use the network": (
        *("socket.__new__", "socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo"),
        *("socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"),
    ),
    "send signals to other processes": ("os.killpg",),
    "change its limits": ("resource.setrlimit", "resource.prlimit"),
}
CHANGING = (  # files: only in its own folder
    *("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.chmod"),
    *("os.chown", "os.lchown", "os.utime", "os.setxattr", "os.removexattr", "sqlite3.connect"),
)
FROM_C = ("puts", "printf", "putchar", "fputs", "fflush", "write")  # besides mathematics, what it may call of C


def main() -> None:
    """Serve one hand-in until the pipe closes."""
    requests, answers = pipes()
    job = json.loads(requests.readline())
    sys.path += job["libraries"]  # they may lie where -I doesn't look, such as among a user's own packages
    np = importlib.import_module("numpy")
    made: dict[str, Callable[[Any], Any]] = {"array": np.asarray, "code": eval}
    limit(job["memory"], job["cpu"])
    refused = guard(job["package"], job["libraries"])
    module, failed = load(job["name"], job["cells"])
    refused.discard("import ganmath")  # a notebook may well check itself
    function, defined = choose(module, job["names"], job["only"])
    reply: dict[str, Any] = {"function": function, "functions": defined, "failed": failed}
    while True:
        answers.write(json.dumps({**reply, "refused": sorted(refused)}) + "\n")
        answers.flush()
        line = requests.readline()
        if not line:
            os._exit(0)  # whatever threads the hand-in left
        request = json.loads(line, object_hook=lambda one: next((made[k](one[k]) for k in one if k in made), one))
        random.seed(0)
        np.random.seed(0)  # the generator that hand-ins draw from, so that two runs are the same
        reply = call(getattr(module, function), request, job["name"])


def pipes() -> tuple[Any, Any]:
    """The ends of the pipes, moved away from 0 and 1, where from now on nothing comes and nothing goes."""
    requests = os.fdopen(os.dup(0), encoding="utf-8")
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    return requests, answers


def limit(memory: int, cpu: int) -> None:
    """Set what the system has of limits: memory in MiB, time of the processor in seconds, files, no new processes."""
    try:
        import resource
        import signal
    except ImportError:  # Windows
        return
    sizes = {"AS": memory * 2**20, "CPU": cpu, "FSIZE": FILE_MIB * 2**20, "NPROC": 0, "CORE": 0, "NOFILE": 128}
    for name, size in sizes.items():
        with contextlib.suppress(AttributeError, ValueError, OSError):  # macOS has no limit on memory
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (size, size))
    signal.alarm(cpu + 60)  # should nobody be left to end it


# ------------------------------------------------------------------------------------------------ what is refused


def guard(package: str, libraries: list[str]) -> set[str]:
    """Refuse what a hand-in has no business doing; the set is filled with what it tried, in words."""
    real, absolute, separator, getpid = os.path.realpath, os.path.abspath, os.sep, os.getpid
    own, installed = real("."), {real(place) for place in (sys.prefix, sys.base_prefix, *libraries)}
    holding = [entry for entry in sys.path if Path(entry, "ganmath").is_dir()]
    hidden = {real(package), *(real(Path(entry, "ganmath")) for entry in holding)}
    sys.path[:] = [entry for entry in sys.path if entry not in holding or within(real(entry), installed)]
    installed |= {sys.prefix, sys.base_prefix, *sys.path, *map(real, sys.path)}
    harmless = {real(os.devnull), "/dev/urandom", "/dev/random", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat"}
    system = {f"/proc/{getpid()}", "/sys/devices/system/cpu", "/usr/share/zoneinfo", "/etc/localtime"}
    standard, tried = real(Path(os.__file__).parent) + separator, set[str]()

    def refuse(deed: str, kind: type[Exception] = PermissionError) -> None:
        frame: Any = sys._getframe(1)
        while frame and in_standard(frame.f_code.co_filename):
            frame = frame.f_back
        if frame and not of_library(frame.f_code.co_filename):  # it was the hand-in
            tried.add(deed)
        raise kind(f"a hand-in may not {deed}")

    def of_library(path: str) -> bool:
        return within(real(path), installed) or within(absolute(path), installed)  # installers may link files

    def in_standard(file: str) -> bool:
        there = file.startswith(standard) and not file.startswith(f"{standard}site-packages")
        return there or file == __file__ or file.startswith("<frozen")

    def reach(path: Any, change: bool) -> None:
        if isinstance(path, int) or path == ":memory:":
            return
        place = real(path := os.fsdecode(path))
        if within(place, hidden):
            refuse("read ganmath")
        if within(place, {own}) or place in harmless:
            return
        if change:
            refuse("write outside its own folder")
        if not (of_library(path) or within(place, system) or place.startswith("pipe:")):
            refuse("look into other processes" if place.startswith("/proc/") else "read outside its own folder")

    def opened(path: Any, mode: str | None, flags: int) -> None:
        changing = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND)
        reach(path, bool(changing or set(mode or "") & set("wax+")))

    def changed(*paths: Any) -> None:
        for path in paths:
            if isinstance(path, (str, bytes)):
                reach(path, True)

    def imported(name: str, *_: Any) -> None:
        if name.split(".")[0] == "ganmath":
            refuse("import ganmath", ImportError)

    def called_c(library: Any, name: Any) -> None:
        place = getattr(library, "_name", None)
        pure = str(name).startswith(("Py", "_Py")) or name in FROM_C or hasattr(math, str(name).rstrip("fl"))
        if not pure and not (place and separator in place and of_library(place)):
            refuse(f"call C's {name}")

    rules: dict[str, Callable[..., None]] = {
        "open": opened,
        "import": imported,
        "os.kill": lambda pid, *_: None if pid == getpid() else refuse("send signals to other processes"),
        "ctypes.dlopen": lambda name: reach(name, False) if name and separator in name else None,
        "ctypes.dlsym": called_c,
        "os.listdir": lambda path: reach(path or ".", False),
        "os.scandir": lambda path: reach(path or ".", False),
        **{event: lambda *_, deed=deed: refuse(deed) for deed, events in REFUSED.items() for event in events},
        **dict.fromkeys(CHANGING, changed),
    }

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event in rules:
            rules[event](*arguments)

    with contextlib.suppress(ImportError):  # it starts processes without a word to audit hooks
        vars(importlib.import_module("_posixsubprocess"))["fork_exec"] = lambda *_: refuse("start processes")
    linecache.cache[__file__] = (0, None, [], __file__)  # so that tracebacks and warnings needn't open this file
    sys.addaudithook(hook)
    return tried


def within(place: str, folders: Any) -> bool:
    """Whether a real path is one of these, or lies in one."""
    return any(place == folder or place.startswith(folder.rstrip(os.sep) + os.sep) for folder in folders)


# --------------------------------------------------------------------------------------------- loading, choosing


def load(name: str, cells: list[str]) -> tuple[types.ModuleType, list[str]]:
    """Run the hand-in's top level, a statement at a time, and go on after those that fail; say which did."""
    module = types.ModuleType(MODULE)
    sys.modules[MODULE] = sys.modules["__main__"] = module
    failed, flags = [], 0
    for number, cell in enumerate(cells, 1):
        cell_name = name if len(cells) == 1 else f"{name}, cell {number}"
        linecache.cache[cell_name] = (len(cell), None, cell.splitlines(keepends=True), cell_name)
        try:
            statements = parsed(cell, notebook=name.endswith(".ipynb")).body
        except BaseException as error:
            failed.append(told(error, cell_name))
            continue
        for statement in statements:
            try:
                flags |= futures(statement)
                code = compile(ast.Module([statement], []), cell_name, "exec", flags, dont_inherit=True)
                exec(code, module.__dict__)
            except BaseException as error:  # SystemExit too
                failed.append(told(error, cell_name))
    return module, failed


def futures(statement: ast.stmt) -> int:
    """The flags of `from __future__ import ...`: they hold for the statements after it."""
    if not isinstance(statement, ast.ImportFrom) or statement.module != "__future__":
        return 0
    return sum(getattr(__future__, alias.name).compiler_flag for alias in statement.names if alias.name != "*")


def parsed(cell: str, notebook: bool) -> ast.Module:
    """The statements of a cell, without the notebook's magics."""
    try:
        return ast.parse(cell)
    except SyntaxError:
        if not notebook:
            raise
    if re.match(r"\s*%%(?!time|timeit|capture|prun)", cell):
        return ast.Module([], [])  # another language
    bare = re.sub(r"^(\s*)(?:[%!?]|[\w.]+\s*=\s*[%!]|[\w.]+\?+\s*$).*$", r"\1pass", cell, flags=re.MULTILINE)
    return ast.parse(bare)


def choose(module: types.ModuleType, names: list[str], only: bool) -> tuple[str, list[str]]:
    """The first of these names that stands for something callable, else, if ``only``, the only function defined."""
    defined = [
        name
        for name, value in vars(module).items()
        if isinstance(value, types.FunctionType) and value.__module__ == MODULE and not name.startswith("_")
    ]
    for name in names:
        if callable(getattr(module, name, None)):
            return name, defined
    return (defined[0] if only and len(defined) == 1 else ""), defined


# ------------------------------------------------------------------------------------------------------- calling


def call(function: Any, request: dict[str, Any], name: str) -> dict[str, Any]:
    """The function's value, or its error, and whether it edited its arguments."""
    before = repr(request)
    try:
        value = plain(function(*request["arguments"], **request["options"]), iter(range(LARGEST)))
        reply: dict[str, Any] = {"value": value}
    except BaseException as error:
        reply = {"error": told(error, name)}
    return {**reply, "edited": repr(request) != before}


def plain(value: Any, room: Iterator[int]) -> Any:
    """A value as JSON has it: numbers and lists; arrays and tensors with their type; of anything else, what it is."""
    if next(room, None) is None:
        raise ValueError(f"it returns more than {LARGEST} numbers")
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, (list, tuple)):
        return [plain(entry, room) for entry in value]
    if hasattr(value, "dtype") and hasattr(value, "tolist"):
        entries = (value.detach() if hasattr(value, "detach") else value).tolist()
        return {"array": plain(entries, room), "type": str(value.dtype).removeprefix("torch.")}
    if hasattr(value, "__float__") and not isinstance(value, complex):
        return float(value)
    return {"other": f"{'an' if type(value).__name__[0] in 'aeiou' else 'a'} {type(value).__name__}"}


def told(error: BaseException, name: str) -> str:
    """An error on one line: its kind, its words without what changes from run to run, and the hand-in's line."""
    try:
        words = str(error)
    except BaseException:
        words = ""
    if isinstance(error, SyntaxError):
        words = f"{error.msg} (line {error.lineno})"
    else:
        trace, line = error.__traceback__, 0
        while trace:
            if trace.tb_frame.f_code.co_filename.startswith(name):
                line = trace.tb_lineno
            trace = trace.tb_next
        words += f" (line {line})" if line else ""
    words = re.sub(r" at 0x[0-9a-fA-F]+", "", words.replace(str(Path.cwd()), "."))
    return f"{type(error).__name__}: {' '.join(words.split())[:300]}"


if __name__ == "__main__":
    main()
