"""A web that means us harm: each of its tricks ends soon, in one line, in little memory; the next page is fetched."""

import itertools
import socket
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator

import pytest
from tests.reading.web.local_web import QUICK, STORY, LocalWeb, Page, answer, fetcher, redirect, stream

from retold.reading import ReadingError, read_bytes
from retold.reading.decoding import MAX_BYTES

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def bomb() -> Iterator[bytes]:
    """10 MB of gzip that hold 10 GB of zeros: one packed megabyte, repeated."""
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    yield packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    yield from itertools.repeat(packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH), 10_000)


def nothing() -> Iterator[bytes]:
    """Gzip without end that holds nothing at all."""
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    yield packer.flush(zlib.Z_FULL_FLUSH)
    yield from itertools.repeat(b"\0\0\0\xff\xff" * 20_000)


def without_end(piece: bytes) -> Callable[[], Iterator[bytes]]:
    return lambda: itertools.repeat(piece)


def drip(piece: bytes) -> Callable[[], Iterator[bytes]]:
    """`piece` again and again, twenty times a second."""

    def pieces() -> Iterator[bytes]:
        while True:
            yield piece
            time.sleep(0.05)

    return pieces


def headers() -> Iterator[bytes]:
    return (b"X-%d: y\r\n" % number for number in itertools.count())


def hush(connection: socket.socket) -> None:
    connection.recv(1)


GZIPPED = HEAD + b"Content-Encoding: gzip\r\n\r\n"
TRICKS: dict[str, tuple[Page, str]] = {
    "endless body": (stream(HEAD + b"\r\n", without_end(b"<p>" * 20_000)), "more than 20 MB, the limit"),
    "endless chunks": (
        stream(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", without_end(b"ea60\r\n" + b"a" * 60_000 + b"\r\n")),
        "more than 20 MB, the limit",
    ),
    "gzip bomb": (stream(GZIPPED, bomb), "more than 20 MB, the limit"),
    "gzip of nothing": (stream(GZIPPED, nothing), "more than 20 MB even when packed"),
    "no gzip": (GZIPPED + b"<p>Osk</p>", "its compressed data is broken"),
    "half a gzip": (answer(zlib.compress(STORY * 9, wbits=31)[:-9], "Content-Encoding: gzip"), "data breaks off"),
    "twofold gzip": (answer(b"", "Content-Encoding: gzip, gzip"), "it came packed as gzip, gzip"),
    "another packing": (answer(b"", "Content-Encoding: br"), "it came packed as br, and gzip was asked for"),
    "broken off": (HEAD + b"Content-Length: 999\r\n\r\n<p>Osk", "it breaks off"),
    "nothing at all": (b"", "it breaks off"),
    "garbage": (b"\x16\x03\x01 garbage\r\n\r\n", "not HTTP"),
    "no status": (b"HTTP/1.1 OK\r\n\r\n", "not HTTP"),
    "endless head": (stream(HEAD, headers), "not HTTP"),
    "endless line": (stream(b"HTTP/1.1 200 ", without_end(b"OK" * 9000)), "not HTTP"),
    "endless beginnings": (stream(b"", drip(b"HTTP/1.1 103 Early Hints\r\n\r\n")), "takes more than 0.3 s in all"),
    "slow status": (stream(b"HTTP/1.1 200 O", drip(b"K")), "takes more than 0.3 s in all"),
    "slow headers": (stream(HEAD, drip(b"a")), "takes more than 0.3 s in all"),
    "slow body": (stream(HEAD + b"\r\n", drip(b"a")), "takes more than 0.3 s in all"),
    "silence": (hush, "sends nothing for 0.2 s"),
}


@pytest.mark.parametrize("trick", TRICKS)
def test_every_trick_ends_in_one_line(web: LocalWeb, trick: str) -> None:
    page, reason = TRICKS[trick]
    limits = QUICK._replace(read_s=0.2, total_s=0.3) if "0." in reason else QUICK
    web.pages |= {"/": page, "/good": answer()}
    start = time.perf_counter()
    with fetcher(limits) as fetching, pytest.raises(ReadingError, match=reason) as caught:
        fetching.fetch(web.url())
    assert time.perf_counter() - start < QUICK.total_s
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300
    with fetcher() as fetching:
        assert fetching.fetch(web.url("/good")).data == STORY


@pytest.mark.parametrize("trick", ["gzip bomb", "endless body"])
def test_what_has_no_end_takes_little_memory(web: LocalWeb, trick: str) -> None:
    web.pages["/"] = TRICKS[trick][0]
    tracemalloc.start()
    with fetcher() as fetching, pytest.raises(ReadingError, match="20 MB"):
        fetching.fetch(web.url())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 * MAX_BYTES


def test_a_slow_robots_file_ends_too_and_pauses_do_not_count(web: LocalWeb) -> None:
    web.pages |= {"/robots.txt": TRICKS["slow body"][0], "/": answer()}
    with (
        fetcher(QUICK._replace(total_s=0.3)) as fetching,
        pytest.raises(ReadingError, match=r"its robots.txt takes more"),
    ):
        fetching.fetch(web.url())
    web.pages["/robots.txt"] = answer(b"")
    with fetcher(QUICK._replace(total_s=0.5, pause_s=0.6)) as fetching:
        assert fetching.fetch(web.url()).data == STORY


def test_silence_ends_with_the_time_for_all_where_that_is_shorter(web: LocalWeb) -> None:
    web.pages["/"] = hush
    start = time.perf_counter()
    with fetcher(QUICK._replace(total_s=0.3)) as fetching, pytest.raises(ReadingError, match=r"more than 0.3 s in all"):
        fetching.fetch(web.url())
    assert time.perf_counter() - start < QUICK.read_s


def test_a_wrong_charset_is_handed_on_and_the_bytes_are_as_they_came(web: LocalWeb) -> None:
    page = "<html><body><h1>Osk</h1>" + "<p>“The café stays open,” the minister of Osk said to reporters.</p>" * 9
    web.pages["/"] = answer(page.encode("windows-1252"), kind="text/html; charset=utf-8")
    with fetcher() as fetching:
        found = fetching.fetch(web.url())
    assert (found.data, found.charset) == (page.encode("windows-1252"), "utf-8")
    assert "“The café stays open,”" in read_bytes(found.data, name="osk").text


def test_words_of_a_server_in_an_error_are_few_and_printable(web: LocalWeb) -> None:
    web.pages |= {
        "/robots.txt": answer(
            b"User-agent: *\nDisallow: /a\x1b[31m" + b"b" * 9000 + b"\nDisallow: /c\x1b" + b"*" * 900
        ),
        "/away": redirect("gopher://" + "x" * 900),
    }
    with fetcher() as fetching:
        for path in ("/c%1B", "/away"):
            with pytest.raises(ReadingError) as caught:
                fetching.fetch(web.url(path))
            assert str(caught.value).isprintable()
            assert len(str(caught.value)) < 300
