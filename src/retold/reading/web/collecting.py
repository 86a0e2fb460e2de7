"""Addresses in; the pages at them, or behind the feeds and sitemaps at them, out, in order."""

from collections.abc import Iterable, Iterator

from retold.article import Problem
from retold.reading.errors import ReadingError
from retold.reading.web.fetching import Fetched, Fetcher
from retold.reading.web.links import Listed, read_list

_HOW = "collect-web"
_Document = tuple[Fetched, Listed | None] | Problem


def collect(urls: Iterable[str], fetcher: Fetcher, most: int) -> Iterator[Fetched | Problem]:
    """Fetch each page, and of each feed, sitemap or index of sitemaps at most `most` pages behind it, one by one.

    Yields in order a Fetched for each page, a Problem of level "error" for whatever could not be had (`input`: its
    address), and one of level "note" where a list had more than was asked for, or an address was named twice. An
    address is asked for once. Raises nothing.
    """
    asked: set[str] = set()
    for url in urls:
        if url in asked:
            yield _problem("note", url, "it was asked for already, and is left out")
            continue
        asked.add(url)
        yield from _collect_one(url, fetcher, most, asked)


def _collect_one(url: str, fetcher: Fetcher, most: int, asked: set[str]) -> Iterator[Fetched | Problem]:
    document = _open(url, fetcher)
    if isinstance(document, Problem):
        yield document
        return
    page, listed = document
    if listed is None:
        yield page
    elif not listed.links:
        yield _problem("error", url, f"it is a {listed.kind} without any address, and articles were expected behind it")
    elif listed.kind == "index of sitemaps":
        yield from _open_index(url, listed, fetcher, most, asked)
    else:
        yield from _open_list(url, listed, fetcher, most, asked)


def _open(url: str, fetcher: Fetcher) -> _Document:
    try:
        fetched = fetcher.fetch(url)
        return fetched, read_list(fetched)
    except ReadingError as error:
        return _problem("error", url, str(error))


def _open_list(url: str, listed: Listed, fetcher: Fetcher, most: int, asked: set[str]) -> Iterator[Fetched | Problem]:
    """The pages behind a feed or sitemap, without those that were asked for before."""
    fresh = [link for link in listed.links if link not in asked]
    for link in fresh[:most]:
        asked.add(link)
        yield _open_page(link, fetcher)
    if len(fresh) > most:
        yield _problem("note", url, f"it lists {len(fresh)} pages: {len(fresh) - most} of them are left out")


def _open_page(url: str, fetcher: Fetcher) -> Fetched | Problem:
    document = _open(url, fetcher)
    if isinstance(document, Problem):
        return document
    page, listed = document
    if listed is None:
        return page
    return _problem("error", url, f"it is a {listed.kind} inside another list, and a page was expected: name it itself")


def _open_index(url: str, index: Listed, fetcher: Fetcher, most: int, asked: set[str]) -> Iterator[Fetched | Problem]:
    """The pages behind the sitemaps of an index, all together at most `most`; no more sitemaps than that are opened."""
    left, opened = most, 0
    for link in index.links[:most]:
        if not left:
            break
        opened += 1
        document = _open(link, fetcher)
        if isinstance(document, Problem):
            yield document
        elif document[1] is None or document[1].kind == "index of sitemaps":
            yield _problem("error", link, "a sitemap was expected here, as an index of sitemaps names it: it is none")
        else:
            for found in _open_list(link, document[1], fetcher, left, asked):
                left -= isinstance(found, Fetched) or found.level == "error"
                yield found
    if opened < len(index.links):
        unopened = len(index.links) - opened
        yield _problem("note", url, f"it lists {len(index.links)} sitemaps: {unopened} of them were not opened")


def _problem(level: str, url: str, reason: str) -> Problem:
    return Problem(level="note" if level == "note" else "error", input=url, reason=reason, how=_HOW)
