"""`kill -9` at random points of an `add`: nothing is half there, and the same command goes on to the same library."""

import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.library.articles import HARBOUR, ISLANDS, line, reports, write_lines
from tests.library.contents import Contents, contents_of
from tests.library.killing import Killer, run_killer
from tests.library.postgres import Server

from retold.library import Library, LibraryError

ROOT = Path(__file__).parents[2]
ROWS = [
    *reports(5),
    line(10, HARBOUR),
    line(11, ISLANDS),
    line(12, HARBOUR, outlet="Veldania Post"),  # another publication of a known text
    line(11, ISLANDS + " The talks broke off."),  # another version of a known publication
]
MOST_DELAY_US = 3000  # a statement takes some hundred, a commit to a disk some thousand


@pytest.fixture(scope="module")
def killer() -> Iterator[Killer]:
    with run_killer(ROOT) as running:
        yield running


@pytest.fixture(scope="module")
def bulk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bulk") / "in.jsonl"
    write_lines(path, ROWS)
    return path


class Whole(NamedTuple):
    """A library that nobody disturbed: what is in it, and how many statements it took."""

    contents: Contents
    statements: int


def add_whole(killer: Killer, url: str, bulk: Path, *, quick: bool) -> Whole:
    said = killer.add(url, bulk, quick=quick)
    assert said
    return Whole(contents_of(url), said)


def check_if_there(url: str) -> None:
    """That all of a library is whole; it need not be there, when the kill came before it was made."""
    with Library(url) as library:
        try:
            found = list(library.check())
        except LibraryError as error:
            assert "start one with `retold add`" in str(error)  # noqa: PT017
        else:
            assert found == []


def finish(url: str, bulk: Path, *, quick: bool) -> None:
    """The same `add` once more. A server may need a moment to see that its client is gone."""
    for _ in range(100):
        try:
            with Library(url) as library:
                assert library.add([str(bulk)], quick=quick).problems == []
        except LibraryError as error:
            assert "another process is writing" in str(error)  # noqa: PT017
            time.sleep(0.05)
        else:
            return
    pytest.fail("the library is still held by a process that is gone")


def kill_and_go_on(killer: Killer, url: str, bulk: Path, whole: Whole, chance: random.Random, *, quick: bool) -> bool:
    """Whether the kill came before the end."""
    point, delay = chance.randint(1, whole.statements), chance.uniform(0, MOST_DELAY_US)
    killed = killer.add(url, bulk, quick=quick, point=point, delay_us=delay) is None
    check_if_there(url)
    finish(url, bulk, quick=quick)
    check_if_there(url)
    assert contents_of(url) == whole.contents, (point, delay)
    return killed


# Of each database 5 points, or with `make soak` 100, which are others each time.
POINTS = pytest.mark.parametrize(
    ("quick", "count", "seed"),
    [
        pytest.param(True, 3, 19, id="quick, 3 points"),
        pytest.param(False, 2, 19, id="whole, 2 points"),
        pytest.param(True, 50, None, id="quick, 50 points", marks=pytest.mark.soak),
        pytest.param(False, 50, None, id="whole, 50 points", marks=pytest.mark.soak),
    ],
)


def points_of(count: int, seed: int | None) -> random.Random:
    seed = random.SystemRandom().randrange(1 << 32) if seed is None else seed
    print(f"{count} points of seed {seed}")  # shown where the test fails
    return random.Random(seed)


@POINTS
def test_a_kill_leaves_nothing_half_done_in_a_file(
    killer: Killer, bulk: Path, tmp_path: Path, quick: bool, count: int, seed: int | None
) -> None:
    whole = add_whole(killer, f"sqlite:///{tmp_path / 'whole.db'}", bulk, quick=quick)
    chance = points_of(count, seed)
    killed = sum(
        kill_and_go_on(killer, f"sqlite:///{tmp_path / f'{number}.db'}", bulk, whole, chance, quick=quick)
        for number in range(count)
    )
    assert killed > count / 2


@POINTS
def test_a_kill_leaves_nothing_half_done_in_postgresql(
    killer: Killer, bulk: Path, postgresql_server: Server, quick: bool, count: int, seed: int | None
) -> None:
    with postgresql_server.database() as url:
        whole = add_whole(killer, url, bulk, quick=quick)
    chance, killed = points_of(count, seed), 0
    for _ in range(count):
        with postgresql_server.database() as url:
            killed += kill_and_go_on(killer, url, bulk, whole, chance, quick=quick)
    assert killed > count / 2
