"""What can go wrong with a library: each fault has a clear error, and nothing that was kept is lost."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, insert, text
from tests.library.articles import HARBOUR, ISLANDS, line, reports, write_lines
from tests.library.contents import contents_of
from typer.testing import CliRunner, Result

from retold.cli import app
from retold.library import Library, LibraryError, schema


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a library of forty articles, two of them with statements."""
    folder = tmp_path_factory.mktemp("filled")
    with Library(folder / "talks.db") as library:
        library.add([write_lines(folder / "in.jsonl", [line(1, HARBOUR), line(2, ISLANDS)])])
        library.add([write_lines(folder / "more.jsonl", reports(38, start=10))], quick=True)
    return folder / "talks.db"


# A full disk


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[None]:
    """A file system in memory of a given size at `folder`, as root can make it."""
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], capture_output=True)
    if made.returncode:
        pytest.skip("a small disk needs root, and the right to mount")
    try:
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


def test_a_full_disk_is_told_and_what_was_added_is_whole(tmp_path: Path) -> None:
    long = [line(n, f"Town number {n}. " + " ".join(f"{HARBOUR} Ship {n}." for _ in range(40))) for n in range(30)]
    bulk = write_lines(tmp_path / "in.jsonl", long)
    with Library(tmp_path / "whole.db") as whole:
        whole.add([bulk], quick=True)
    with small_disk(tmp_path / "disk", "1000k"):
        place = tmp_path / "disk" / "talks.db"
        result = run("add", bulk, "--quick", "--library", str(place))
        assert result.exit_code == 1
        assert "the disk is full" in result.stderr
        assert "nothing that was added is lost" in result.stderr
        subprocess.run(["mount", "-o", "remount,size=8m", tmp_path / "disk"], check=True)
        with Library(place) as library:
            kept = library.info().articles
            assert 0 < kept < 30
            assert list(library.check()) == []
            assert library.add([bulk], quick=True).skipped == kept
            assert list(library.check()) == []
        assert contents_of(f"sqlite:///{place}") == contents_of(f"sqlite:///{tmp_path / 'whole.db'}")


def test_what_was_added_can_be_read_while_the_disk_is_full(tmp_path: Path) -> None:
    long = [line(n, f"Town number {n}. " + " ".join(f"{HARBOUR} Ship {n}." for _ in range(40))) for n in range(30)]
    with small_disk(tmp_path / "disk", "1000k"):
        place = tmp_path / "disk" / "talks.db"
        with Library(place) as library, pytest.raises(LibraryError, match="disk is full"):
            library.add([write_lines(tmp_path / "in.jsonl", long)], quick=True)
        (tmp_path / "disk" / "rest").write_bytes(b"")
        with (tmp_path / "disk" / "rest").open("wb", buffering=0) as rest:
            try:
                while True:
                    rest.write(bytes(4096))
            except OSError:
                pass
        with Library(place) as library:
            assert library.info().articles > 0
            assert list(library.check()) == []


# A file, or a folder, that can only be read

_READ = """
import os, sys
from retold.library import Library, LibraryError
if not os.geteuid():  # who may read and write everything; others may perhaps not even read this program
    with Library(sys.argv[3]) as library:
        library.add([sys.argv[2]], quick=True)  # so that all that is needed has been read before
        list(library.check())
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
with Library(sys.argv[1]) as library:
    print(library.info().articles, len(list(library.check())))
    try:
        library.add([sys.argv[2]], quick=True)
    except LibraryError as error:
        print(error)
    else:
        print("added")
"""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A temporary folder that others may enter; `tmp_path` is ours alone."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)
        Path(folder).chmod(0o755)


@pytest.mark.parametrize("folder_mode", [0o555, 0o777], ids=["the folder too", "the file alone"])
def test_a_file_that_can_only_be_read_is_read(
    filled: Path, open_folder: Path, tmp_path: Path, folder_mode: int
) -> None:
    """By another user where root runs the tests: root may write everything."""
    place = open_folder / "talks.db"
    shutil.copy(filled, place)
    more = write_lines(open_folder / "more.jsonl", reports(1, start=90))
    place.chmod(0o444)
    open_folder.chmod(folder_mode)
    command = [sys.executable, "-c", _READ, str(place), more, str(tmp_path / "warm.db")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    read, told = done.stdout.splitlines()
    assert read == "40 0"
    assert "it can only be read, not written: check the permissions of the file and its folder" in told


def test_a_disk_that_can_only_be_read_is_read(filled: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "2m"):
        place = tmp_path / "disk" / "talks.db"
        shutil.copy(filled, place)
        subprocess.run(["mount", "-o", "remount,ro", tmp_path / "disk"], check=True)
        result = run("library", "check", "--library", str(place))
        assert (result.exit_code, result.stdout) == (0, f"all is well: {place}\n")
        for command in (["add", write_lines(tmp_path / "in.jsonl", reports(1, start=90))], ["library", "vacuum"]):
            result = run(*command, "--library", str(place))
            assert result.exit_code == 1
            assert "it can only be read, not written" in result.stderr


# Two at once

_HOLD = """
import sys
from retold.library import Library
def wait(added):
    if added.read == 1:
        print("holding", flush=True)
        sys.stdin.readline()
with Library(sys.argv[1]) as library:
    library.add([sys.argv[2]], quick=True, progress=wait)
"""


def test_a_second_writer_is_refused_at_once_and_the_first_one_finishes(library_url: str, tmp_path: Path) -> None:
    bulk = write_lines(tmp_path / "in.jsonl", reports(3))
    command = [sys.executable, "-c", _HOLD, library_url, bulk]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout
        assert first.stdout.readline() == "holding\n"
        more = write_lines(tmp_path / "more.jsonl", reports(1, start=9))
        begun = time.monotonic()
        result = run("add", more, "--quick", "--library", library_url)
        assert time.monotonic() - begun < 2
        assert result.exit_code == 1
        assert "another process is writing to" in result.stderr
        assert "wait until it is done; reading goes on meanwhile" in result.stderr
        with Library(library_url) as reader:
            assert reader.info().articles == 1
            assert list(reader.check()) == []
        first.communicate("go on\n")
    with Library(library_url) as library:
        assert library.info().articles == 3
        library.add([more], quick=True)
        assert library.info().articles == 4


def test_a_reader_sees_what_is_kept_while_more_is_written(library_url: str, tmp_path: Path) -> None:
    with Library(library_url) as library:
        library.add([write_lines(tmp_path / "in.jsonl", reports(2))], quick=True)
        with library._writing() as connection, connection.begin():
            connection.execute(insert(schema.indexes).values(name="half", version="written"))
            with Library(library_url) as reader:
                assert reader.info().articles == 2


_INTERRUPTIBLE = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # who runs the tests in the background ignores Ctrl-C
from retold.cli import main
main()
"""


def test_ctrl_c_ends_an_add_and_leaves_it_whole(library_url: str, tmp_path: Path) -> None:
    bulk = write_lines(tmp_path / "in.jsonl", reports(60))
    command = [sys.executable, "-c", _INTERRUPTIBLE, "add", bulk, "--library", library_url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as adding:
        wait_for_articles(library_url, adding)
        adding.send_signal(signal.SIGINT)
        out, err = adding.communicate(timeout=30)
    assert adding.returncode == 130
    assert (out, err) == ("", "retold: stopped; nothing half-written is left\n")
    with Library(library_url) as library:
        kept = library.info()
        assert 0 < kept.articles < 60
        assert kept.unread == 0
        assert list(library.check()) == []
        added = library.add([write_lines(tmp_path / "more.jsonl", reports(1))], quick=True)
        assert added.skipped == 1  # the lock is free


def wait_for_articles(url: str, process: "subprocess.Popen[str]") -> None:
    for _ in range(600):
        try:
            with Library(url) as library:
                if library.info().articles:
                    return
        except LibraryError:
            pass
        assert process.poll() is None
        time.sleep(0.05)
    pytest.fail("nothing was added")


# Files that are damaged, and that are none of ours


def commands_on(place: Path, tmp_path: Path) -> list[Result]:
    more = write_lines(tmp_path / "more.jsonl", reports(1, start=90))
    at = ("--library", str(place))
    return [run("library", "info", *at), run("library", "check", *at), run("add", more, "--quick", *at)]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"Dear Sir or Madam, this is no library.\n" * 100, "the file is damaged, or no library at all"),
        (os.urandom(50_000), "the file is damaged, or no library at all"),
        (b"", "start one with `retold add`"),
    ],
    ids=["a letter", "noise", "nothing"],
)
def test_what_is_no_library_is_told(data: bytes, told: str, tmp_path: Path) -> None:
    place = tmp_path / "talks.db"
    place.write_bytes(data)
    info, check, added = commands_on(place, tmp_path)
    for result in (info, check):
        assert result.exit_code == 1
        assert told in result.stderr
    # In an empty file a library is begun, as in one that is not there.
    assert added.exit_code == (0 if not data else 1)
    assert not data or place.read_bytes() == data


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9, 0.999])
def test_a_file_that_is_cut_off_is_told(filled: Path, tmp_path: Path, part: float) -> None:
    place = tmp_path / "talks.db"
    place.write_bytes(filled.read_bytes()[: int(filled.stat().st_size * part)])
    _, check, _ = commands_on(place, tmp_path)
    assert check.exit_code == 1
    assert "damaged" in check.stderr or "fault" in check.stdout


@pytest.mark.parametrize(
    ("count", "seed"), [pytest.param(8, 7, id="8 places"), pytest.param(300, None, marks=pytest.mark.soak, id="300")]
)
def test_bytes_that_are_overwritten_are_found_or_change_no_article(
    filled: Path, tmp_path: Path, count: int, seed: int | None
) -> None:
    """Never a traceback; and where `check` finds nothing, texts and records are what they were."""
    seed = random.SystemRandom().randrange(1 << 32) if seed is None else seed
    print(f"seed {seed}")  # shown where the test fails
    chance = random.Random(seed)
    whole, articles = filled.read_bytes(), contents_of(f"sqlite:///{filled}")["articles"]
    more, found = write_lines(tmp_path / "more.jsonl", reports(1, start=90)), 0
    for number in range(count):
        place = tmp_path / f"{number}.db"
        start, length = chance.randrange(len(whole)), chance.choice([1, 16, 512, 4096])
        place.write_bytes(whole[:start] + chance.randbytes(length) + whole[start + length :])
        check = run("library", "check", "--library", str(place))
        if check.exit_code:
            found += 1
        else:
            assert contents_of(f"sqlite:///{place}")["articles"] == articles, (start, length)
        run("library", "info", "--library", str(place))
        run("add", more, "--quick", "--library", str(place))
    assert found > count / 4


def test_a_library_of_a_newer_version_is_left_alone(library_url: str, tmp_path: Path) -> None:
    with Library(library_url) as library:
        library.add([write_lines(tmp_path / "in.jsonl", reports(2))], quick=True)
    engine = create_engine(library_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    file = tmp_path / "library.db"
    if file.exists():
        with sqlite3.connect(file) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
    before = file.read_bytes() if file.exists() else contents_of(library_url)
    more = write_lines(tmp_path / "more.jsonl", reports(1, start=9))
    for command in (["add", more], ["library", "info"], ["library", "check"], ["library", "vacuum"]):
        result = run(*command, "--library", library_url)
        assert result.exit_code == 1
        assert "was written by a newer Retold" in result.stderr
        assert "upgrade Retold; nothing was changed" in result.stderr
    assert (file.read_bytes() if file.exists() else contents_of(library_url)) == before


def test_a_database_of_something_else_is_left_alone(tmp_path: Path) -> None:
    place = tmp_path / "recipes.db"
    connection = sqlite3.connect(place)
    connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    before = place.read_bytes()
    for result in commands_on(place, tmp_path):
        assert result.exit_code == 1
        assert "holds tables of something else (recipes)" in result.stderr
    assert place.read_bytes() == before
