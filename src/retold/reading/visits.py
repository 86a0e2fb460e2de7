"""Addresses among the inputs: what they give, opened like files."""

import io
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from retold.article import Problem
from retold.reading.sources import Advance, Source, watch

if TYPE_CHECKING:
    from retold.reading.web import Fetcher

MOST_PAGES = 50
"""Pages that are fetched from behind one feed or sitemap, unless the user says otherwise."""


class Web(NamedTuple):
    """What may be fetched for an address that the user names: of a feed or sitemap at most `most` pages, and nothing
    from private networks unless `allow_private`."""

    allow_private: bool = False
    most: int = MOST_PAGES


PUBLIC = Web()
"""The public web only."""


def is_address(name: str) -> bool:
    """Whether an argument names something on the web."""
    return name.lower().startswith(("http://", "https://"))


class Visits:
    """One fetcher for all addresses of a run, so that its pauses hold between them; made when the first is met."""

    def __init__(self, web: Web) -> None:
        self._web = web
        self._fetcher: Fetcher | None = None

    def __enter__(self) -> "Visits":
        return self

    def __exit__(self, *_: object) -> None:
        if self._fetcher is not None:
            self._fetcher.__exit__(None, None, None)

    def find_sources(self, url: str, advance: Advance) -> Iterator[Source | Problem]:
        """The page at an address, or those behind the feed or sitemap there, one after the other; see docs/web.md."""
        from retold.reading.web import Fetcher, collect  # nothing of the web is loaded for files

        if self._fetcher is None:
            self._fetcher = Fetcher(allow_private=self._web.allow_private).__enter__()
        for found in collect([url], self._fetcher, self._web.most):
            if isinstance(found, Problem):
                yield found
            else:
                stream = watch(_reader(found.data), advance)
                yield Source(stream, found.url, url=found.url, charset=found.charset)


def _reader(data: bytes) -> Callable[[int], bytes]:
    return io.BytesIO(data).read
