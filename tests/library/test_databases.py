"""The databases that tests get: real, empty, one's own, and gone afterwards."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, insert, inspect, select
from tests.library.postgres import Server, ServerError, find_binaries, run_server

ROOT = Path(__file__).parents[2]
SAYINGS = Table("sayings", MetaData(), Column("id", Integer, primary_key=True), Column("words", String, nullable=False))


@pytest.mark.parametrize(
    "words", ["“Wir müssen reden”, sagte sie.", "الكلمات"]
)  # each test finds no table of the other
def test_a_database_is_empty_and_keeps_what_it_is_given(library_url: str, words: str) -> None:
    engine = create_engine(library_url)
    assert inspect(engine).get_table_names() == []
    with engine.begin() as connection:
        SAYINGS.create(connection)
        connection.execute(insert(SAYINGS).values(words=words))
    with engine.connect() as connection:
        assert connection.execute(select(SAYINGS.c.id, SAYINGS.c.words)).all() == [(1, words)]
    engine.dispose()


def test_postgresql_knows_letters_beyond_ascii(postgresql_url: str) -> None:
    with psycopg.connect(postgresql_url.replace("+psycopg", "")) as connection:
        row = connection.execute("SELECT lower('ÄÇЖ'), current_setting('server_encoding')").fetchone()
    assert row == ("äçж", "UTF8")


def test_a_database_is_dropped_though_a_connection_is_open(postgresql_server: Server) -> None:
    with postgresql_server.database() as url:
        left_open = psycopg.connect(url.replace("+psycopg", ""))
    with postgresql_server.connect() as connection:
        name = url.rpartition("/")[2]
        assert connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchall() == []
    left_open.close()


def test_the_newest_of_debians_versions_is_taken(tmp_path: Path) -> None:
    for version in ("9.6", "15", "13"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin" / "initdb").touch()
    assert find_binaries(tmp_path) == tmp_path / "15" / "bin"


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A temporary folder that the user who runs the server may enter; `tmp_path` is ours alone."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.mark.usefixtures("postgresql_server")  # skips where there is none, so neither the user that it runs as
def test_a_server_that_does_not_start_shows_its_log(open_folder: Path) -> None:
    for name, text in {"initdb": "exit 0", "postgres": "echo 'FATAL: no room left'; exit 3"}.items():
        (open_folder / name).write_text(f"#!/bin/sh\n{text}\n")
        (open_folder / name).chmod(0o755)
    with pytest.raises(ServerError, match=r"(?s)ended with status 3.*FATAL: no room left"), run_server(open_folder):
        pass


_HOLD = """
import signal, time
from tests.library.postgres import find_binaries, run_server
signal.signal(signal.SIGINT, signal.default_int_handler)  # who runs the tests in the background ignores Ctrl-C
with run_server(find_binaries()) as server:
    print(server.port, flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
@pytest.mark.usefixtures("postgresql_server")  # skips where there is none
def test_no_server_outlives_the_tests(how: signal.Signals, open_folder: Path) -> None:
    command, environment = [sys.executable, "-c", _HOLD], {**os.environ, "TMPDIR": str(open_folder)}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as held:
        assert held.stdout
        server = Server(int(held.stdout.readline()))
        held.send_signal(how)
    for _ in range(100):
        try:
            server.connect().close()
        except psycopg.OperationalError:
            break
        time.sleep(0.05)
    else:
        pytest.fail("the server still answers")
