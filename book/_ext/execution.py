"""Executes the pages that Sphinx is about to read, as many at once as there are cores, into the cache of myst-nb.

Myst-nb itself executes a page when it is read, one after the other. Here the pages that its cache doesn't hold are
executed first; it then finds them there. A page that fails stays out of the cache, so that myst-nb executes it again
and reports it.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from myst_nb.core.read import create_nb_reader
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from sphinx.application import Sphinx
from sphinx.util import logging

from ganmath.notebooks.minutes import running_seconds

LOGGER = logging.getLogger(__name__)


def expected(text: str) -> float:
    """The seconds that a page's note for instructors promises; without one it may be any number."""
    try:
        return running_seconds(text)
    except ValueError:
        return float("inf")


def stale(env: Any, cache: Any, names: list[str]) -> Iterator[tuple[Path, Any]]:
    """The notebooks of these pages that the cache doesn't hold, longest first: at the end all cores have work."""
    texts = {path: path.read_text("utf8") for path in map(Path, map(env.doc2path, names))}
    for path, text in sorted(texts.items(), key=lambda page: expected(page[1]), reverse=True):
        reader = create_nb_reader(str(path), env.myst_config, env.mystnb_config, text)
        if reader is not None:
            notebook = reader.read(text)
            try:
                cache.match_cache_notebook(notebook)
            except KeyError:
                yield path, notebook


async def run(path: Path, notebook: Any, config: Any, cache: Any, core: asyncio.Semaphore) -> None:
    """Each kernel is a process of its own; this one only waits for them, and writes the cache."""
    client = NotebookClient(
        notebook,
        timeout=config.execution_timeout,
        allow_errors=config.execution_allow_errors,
        coalesce_streams=True,  # as they were printed; MyST-NB ends a line wherever the kernel sent a part of it
        record_timing=False,  # it would stand in the cells' metadata, by which the cache knows a page
        resources={"metadata": {"path": str(path.parent)}},
        extra_arguments=["--log-level=ERROR"],  # a kernel warns of an open connection, which ends on this machine
    )
    async with core:
        started = time.perf_counter()
        with suppress(CellExecutionError, CellTimeoutError):
            await client.async_execute()
            seconds = time.perf_counter() - started
            page = CacheBundleIn(notebook, str(path), data={"execution_seconds": seconds})
            cache.cache_notebook_bundle(page, check_validity=False, overwrite=True)
            LOGGER.info("executed %s in %.1f s", path.stem, seconds)


def execute(app: Sphinx, env: Any, names: list[str]) -> None:
    config = env.mystnb_config
    if config.execution_mode != "cache":
        return
    cache = get_cache(config.execution_cache_path)
    pages = list(stale(env, cache, names))

    async def every() -> None:
        core = asyncio.Semaphore(os.cpu_count() or 1)
        await asyncio.gather(*(run(path, notebook, config, cache, core) for path, notebook in pages))

    with ThreadPoolExecutor(1) as beside:  # who builds may have a loop of events running, as a browser's driver has
        beside.submit(asyncio.run, every()).result()


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("env-before-read-docs", execute)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
