"""What tests of the library share: a fresh empty database, on both kinds that Retold keeps a library in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.library.postgres import HOW_TO_INSTALL, Server, ServerError, find_binaries, run_server


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Server]:
    """One server for the whole run; skips where none is installed, fails where one is and does not run."""
    binaries = find_binaries()
    if binaries is None:
        pytest.skip(HOW_TO_INSTALL)
    try:
        with run_server(binaries) as server:
            yield server
    except ServerError as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture
def postgresql_url(postgresql_server: Server) -> Iterator[str]:
    """The address of an empty PostgreSQL database that is this test's alone."""
    with postgresql_server.database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def library_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database that is this test's alone; the test runs once on SQLite, once on PostgreSQL."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgresql_url"))
    return f"sqlite:///{tmp_path / 'library.db'}"
