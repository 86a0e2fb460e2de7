"""The local web, for all tests of fetching."""

from collections.abc import Iterator

import pytest
from tests.reading.web.local_web import LocalWeb


@pytest.fixture
def web() -> Iterator[LocalWeb]:
    with LocalWeb() as local:
        yield local
