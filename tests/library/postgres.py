"""A PostgreSQL server that lives as long as the tests: Debian's binaries, a temporary folder, a free port."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import NamedTuple

import psycopg

HOW_TO_INSTALL = "PostgreSQL is not installed: apt-get install postgresql"
_DEBIAN = Path("/usr/lib/postgresql")
_START_SECONDS, _STOP_SECONDS = 30, 20  # a cold start takes two seconds; a busy machine needs more
# Nothing of a test needs to outlive a crash of the machine.
_QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class ServerError(Exception):
    """PostgreSQL is installed and does not run; the message ends with what it said."""


class Server(NamedTuple):
    """A running server that trusts whoever asks over loopback."""

    port: int

    def url(self, database: str) -> str:
        """The address of a database, as SQLAlchemy takes it."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{database}"

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        """The address of a new database, empty or like another one, dropped at the end, open connections or not."""
        name = f"retold_{token_hex(8)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield self.url(name)
        finally:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def connect(self) -> psycopg.Connection:
        """Raises: psycopg.OperationalError, the server does not take connections (yet)."""
        return psycopg.connect(
            host="127.0.0.1", port=self.port, user="postgres", dbname="postgres", autocommit=True, connect_timeout=5
        )

    def _run(self, statement: str) -> None:
        with self.connect() as connection:
            connection.execute(statement)


def find_binaries(debian: Path = _DEBIAN) -> Path | None:
    """The folder that holds `initdb` and `postgres`: Debian's newest, else the one on the PATH; None where none is."""
    found = [path.parent for path in debian.glob("*/bin/initdb")]
    if found:
        return max(found, key=lambda folder: [int(part) for part in folder.parent.name.split(".")])
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


@contextmanager
def run_server(binaries: Path) -> Iterator[Server]:
    """Make a cluster in a temporary folder and serve it; at the end it is stopped and the folder is gone.

    The server also stops when this process is killed, where setpriv (util-linux) can tell it so; only the folder stays
    then. Raises: ServerError, with the log.
    """
    folder = Path(tempfile.mkdtemp(prefix="retold-postgres-"))
    try:
        user = _server_user()
        if user.uid is not None and user.gid is not None:
            os.chown(folder, user.uid, user.gid)
        _make_cluster(binaries, folder, user)
        server = Server(_free_port())
        with (folder / "log").open("wb") as log, _start(binaries, folder, user, server.port, log.fileno()) as process:
            try:
                _wait_until_ready(server, process, folder / "log")
                yield server
            finally:
                _stop(process)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class _User(NamedTuple):
    """Who runs the server, in numbers; None leaves it to whoever we are."""

    uid: int | None = None
    gid: int | None = None
    groups: tuple[int, ...] | None = None


def _server_user() -> _User:
    """PostgreSQL refuses to run as root, so root takes the user that Debian's package makes."""
    if os.geteuid():
        return _User()
    debian = pwd.getpwnam("postgres")
    return _User(debian.pw_uid, debian.pw_gid, ())


def _make_cluster(binaries: Path, folder: Path, user: _User) -> None:
    # In plain C, letters outside ASCII have no upper and lower case.
    options = ("--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
    done = subprocess.run(
        [binaries / "initdb", "--pgdata", folder / "data", *options],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        user=user.uid,
        group=user.gid,
        extra_groups=user.groups,
    )
    if done.returncode:
        raise ServerError(f"initdb of {binaries} failed with status {done.returncode}:\n{done.stdout}")


def _start(binaries: Path, folder: Path, user: _User, port: int, log: int) -> "subprocess.Popen[bytes]":
    """Start the server as our child, in a session of its own: Ctrl-C reaches us alone, and we stop it in order."""
    settings = [f"port={port}", "listen_addresses=127.0.0.1", "unix_socket_directories=", *_QUICK]
    setpriv = shutil.which("setpriv")
    dies_with_us = (setpriv, "--pdeathsig", "INT") if setpriv else ()
    options = [part for setting in settings for part in ("-c", setting)]
    return subprocess.Popen(
        [*dies_with_us, binaries / "postgres", "-D", folder / "data", *options],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,
        user=user.uid,
        group=user.gid,
        extra_groups=user.groups,
    )


def _wait_until_ready(server: Server, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + _START_SECONDS
    while process.poll() is None and time.monotonic() < until:
        try:
            server.connect().close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    ended = "does not answer" if process.poll() is None else f"ended with status {process.returncode}"
    raise ServerError(f"PostgreSQL {ended} on port {server.port}; its log:\n{log.read_text('utf-8', 'replace')}")


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """End it as `pg_ctl stop -m fast` does (SIGINT), and at once (SIGQUIT) when that does not help."""
    for how in (signal.SIGINT, signal.SIGQUIT):
        process.send_signal(how)
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            continue
        return
    process.kill()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
