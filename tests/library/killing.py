"""An `add` that is killed (SIGKILL, as by `kill -9`) at a chosen point of its work.

A process that has imported all it needs forks for each `add`; the fork counts what it says to the database, and kills
itself so many microseconds after the n-th statement: between statements, within one, or within the commit.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

_PROGRAM = """
import os, signal, sys, threading
from sqlalchemy import event
from sqlalchemy.engine import Engine
import retold.pipeline, psycopg, alembic.command
from retold.library import Library

def add(url, path, quick, point, delay):
    said = 0
    def count(*_):
        nonlocal said
        said += 1
        if said == point:
            threading.Timer(delay / 1e6, os.kill, (os.getpid(), signal.SIGKILL)).start()
    event.listen(Engine, "before_cursor_execute", count)
    event.listen(Engine, "commit", count)
    with Library(url) as library:
        library.add([path], quick=quick)
    return said

for line in sys.stdin:
    url, path, quick, point, delay = line.rstrip("\\n").split("\\t")
    child = os.fork()
    if not child:
        said = 0
        try:
            said = add(url, path, quick == "quick", int(point), float(delay))
        finally:
            print(said, flush=True)
            os._exit(0)
    _, status = os.waitpid(child, 0)
    print("killed" if os.WIFSIGNALED(status) else "ended", flush=True)
"""


class Killer(NamedTuple):
    """See the module."""

    process: "subprocess.Popen[str]"

    def add(self, url: str, path: Path, *, quick: bool, point: int = 0, delay_us: float = 0) -> int | None:
        """Add, and be killed `delay_us` after the statement number `point`; 0: not at all. How many statements it
        took; None: it was killed."""
        assert self.process.stdin
        assert self.process.stdout
        words = (url, str(path), "quick" if quick else "whole", str(point), str(delay_us))
        print("\t".join(words), file=self.process.stdin, flush=True)
        answer = self.process.stdout.readline().strip()
        if answer == "killed":
            return None
        # A fork that ended may still have been killed while it said so.
        assert self.process.stdout.readline().strip() in ("ended", "killed")
        return int(answer)


@contextmanager
def run_killer(root: Path) -> Iterator[Killer]:
    """The process that forks, for as long as it is needed."""
    command = [sys.executable, "-c", _PROGRAM]
    environment = {**os.environ, "PYTHONPATH": f"{root / 'src'}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"}
    with subprocess.Popen(
        command, cwd=root, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield Killer(process)
        finally:
            process.send_signal(signal.SIGTERM)
