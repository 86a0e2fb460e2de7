"""Fetching from a web of our own: what comes back, what is asked, and what is refused."""

import gzip
import ssl
from collections.abc import Sequence
from typing import Any

import httpcore2
import pytest
import trustme
from tests.reading.web.local_web import (
    MISSING,
    QUICK,
    STORY,
    TRUSTING_NOBODY,
    Clock,
    LocalWeb,
    answer,
    fetcher,
    names,
    redirect,
)

from retold import __version__
from retold.reading import ReadingError
from retold.reading.web import Fetched, Fetcher, Limits, World

PUBLIC = "20.30.40.50"  # never asked: these tests lead connections to it back to 127.0.0.1


@pytest.fixture
def leading_home(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Connections to PUBLIC arrive at 127.0.0.1; the addresses that were connected to are given back."""
    connected: list[str] = []
    connect = httpcore2.SyncBackend.connect_tcp

    def connect_home(backend: Any, host: str, port: int, *rest: Any) -> Any:
        connected.append(host)
        assert host in (PUBLIC, "127.0.0.1")
        return connect(backend, "127.0.0.1", port, *rest)

    monkeypatch.setattr(httpcore2.SyncBackend, "connect_tcp", connect_home)
    return connected


def test_a_page_with_what_the_server_says_of_it(web: LocalWeb) -> None:
    web.pages["/a?b=1"] = answer(kind='Text/HTML; Charset="ISO-8859-1"')
    with fetcher() as fetching:
        found = fetching.fetch(web.url("/a?b=1#c"))
    assert found == Fetched(web.url("/a?b=1#c"), web.url("/a?b=1"), STORY, "text/html", "iso-8859-1")
    assert [one.path for one in web.asked] == ["/robots.txt", "/a?b=1"]
    assert web.asked[1].headers["user-agent"].startswith(f"retold/{__version__} (")
    assert web.asked[1].headers["accept-encoding"] == "gzip"


def test_a_packed_page_is_unpacked(web: LocalWeb) -> None:
    packed = gzip.compress(STORY[:40]) + gzip.compress(STORY[40:]) + b"\0\0 padding"
    web.pages["/"] = answer(packed, "Content-Encoding: gzip")
    with fetcher() as fetching:
        assert fetching.fetch(web.url()).data == STORY


@pytest.mark.parametrize(
    ("kind", "media_type", "charset"),
    [
        ("text/html; charset=x-none", "text/html", None),
        ("text/html; charset=punycode", "text/html", None),
        ("text/html; charset=base64", "text/html", None),
        ("nonsense", None, None),
        ("application/octet-stream", "application/octet-stream", None),
        ("application/rss+xml", "application/rss+xml", None),
        ("application/pdf", "application/pdf", None),
    ],
)
def test_content_types_that_say_little(web: LocalWeb, kind: str, media_type: str | None, charset: str | None) -> None:
    web.pages["/"] = answer(kind=kind)
    with fetcher() as fetching:
        found = fetching.fetch(web.url())
    assert (found.media_type, found.charset) == (media_type, charset)


@pytest.mark.parametrize("kind", ["image/png", "video/mp4", "application/zip", "application/javascript"])
def test_what_is_no_text_is_refused_before_it_is_read(web: LocalWeb, kind: str) -> None:
    web.pages["/"] = answer(kind=kind)
    with fetcher() as fetching, pytest.raises(ReadingError, match=f"it is {kind}, and HTML, text, XML"):
        fetching.fetch(web.url())


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("403 Keep out", "the answer is 403 Forbidden: if your browser shows the page, save it"),
        ("404 Nothing", "the answer is 404 Not Found: check the address"),
        ("418 Teapot", "the answer is 418 I'm a Teapot: a page was expected"),
        ("500 Oh", "the answer is 500 Internal Server Error: try again later"),
        ("304 Same", "the answer is 304 Not Modified: a page was expected"),
        ("599 Odd", "the answer is 599: try again later"),
    ],
)
def test_an_answer_that_is_no_success_says_what_to_do(web: LocalWeb, status: str, reason: str) -> None:
    web.pages["/"] = answer(b"", status=status)
    with fetcher() as fetching, pytest.raises(ReadingError, match=reason):
        fetching.fetch(web.url())


def test_redirects_are_followed_to_the_last_address(web: LocalWeb) -> None:
    web.pages |= {"/1": redirect("2"), "/2": redirect(web.url("/3", host="wire.example")), "/3": answer()}
    with fetcher(wire=["127.0.0.1"]) as fetching:
        found = fetching.fetch(web.url("/1"))
    assert (found.url, found.data) == (web.url("/3", host="wire.example"), STORY)
    assert [one.path for one in web.asked] == ["/robots.txt", "/1", "/2", "/robots.txt", "/3"]


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("/a", "it redirects in a circle"),
        ("ftp://wire.example/", "it redirects, but .* must begin with http"),
        ("https://ann:secret@wire.example/", "it redirects, but there is a name or password"),
        ("http://h:port/", "it redirects, but “http://h:port/” is no address"),
        ("http://h:22/", "it redirects, but port 22 is no port of the web"),
    ],
)
def test_redirects_that_lead_nowhere(web: LocalWeb, location: str, reason: str) -> None:
    web.pages["/a"] = redirect(location)
    with fetcher() as fetching, pytest.raises(ReadingError, match=reason):
        fetching.fetch(web.url("/a"))


def test_too_many_redirects(web: LocalWeb) -> None:
    web.pages |= {f"/{number}": redirect(f"/{number + 1}") for number in range(99)}
    with fetcher() as fetching, pytest.raises(ReadingError, match="it redirects more than 5 times"):
        fetching.fetch(web.url("/0"))
    assert web.paths() == ["/0", "/1", "/2", "/3", "/4", "/5"]


def test_nothing_that_a_server_gave_us_is_given_to_any(web: LocalWeb) -> None:
    web.pages |= {"/a": redirect(web.url("/b", host="wire.example"), "Set-Cookie: who=ann"), "/b": answer()}
    with fetcher(wire=["127.0.0.1"]) as fetching:
        fetching.fetch(web.url("/a"))
        fetching.fetch(web.url("/b"))
    assert web.paths() == ["/a", "/b", "/b"]
    for one in web.asked:
        assert not {"cookie", "authorization", "referer"} & one.headers.keys()


def test_private_addresses_are_refused_unless_allowed(web: LocalWeb) -> None:
    for address in (web.url(), web.url(host="localhost"), web.url(host="2130706433"), web.url(host="[::1]")):
        with Fetcher(limits=QUICK) as fetching, pytest.raises(ReadingError, match=r"loopback address.*--allow-private"):
            fetching.fetch(address)
    assert web.asked == []


@pytest.mark.parametrize(
    "addresses", [["10.0.0.5"], [PUBLIC, "10.0.0.5"], ["::ffff:169.254.169.254"], ["2606:4700::1", "fe80::1%eth0"]]
)
def test_a_name_of_which_any_address_is_not_public_is_refused(
    web: LocalWeb, leading_home: list[str], addresses: Sequence[str]
) -> None:
    with fetcher(allow_private=False, wire=addresses) as fetching, pytest.raises(ReadingError, match="is at"):
        fetching.fetch(web.url(host="wire.example"))
    assert leading_home == []


def test_a_redirect_or_a_robots_file_leads_to_no_private_address(web: LocalWeb, leading_home: list[str]) -> None:
    web.pages |= {"/a": redirect(web.url("/b", host="desk.example")), "/b": answer()}
    with fetcher(allow_private=False, wire=[PUBLIC], desk=["192.168.1.1"]) as fetching:
        with pytest.raises(ReadingError, match=r"desk.example is at 192.168.1.1, a private network: give --allow"):
            fetching.fetch(web.url("/a", host="wire.example"))
        web.pages["/robots.txt"] = redirect(web.url("/b", host="desk.example"))
    with (
        fetcher(allow_private=False, wire=[PUBLIC], desk=["192.168.1.1"]) as fetching,
        pytest.raises(ReadingError, match=r"192.168.1.1"),
    ):
        fetching.fetch(web.url("/a", host="wire.example"))
    assert set(leading_home) == {PUBLIC}
    assert web.paths() == ["/a"]


def test_a_name_that_changes_its_address_between_two_requests_is_checked_again(
    web: LocalWeb, leading_home: list[str]
) -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"]])  # DNS rebinding: the page's request would arrive at home
    web.pages["/"] = answer()
    fetching = Fetcher(limits=QUICK, world=World(resolve=lambda *_: next(answers), tls=TRUSTING_NOBODY))
    with fetching, pytest.raises(ReadingError, match=r"is at 127.0.0.1"):
        fetching.fetch(web.url(host="wire.example"))
    assert leading_home == [PUBLIC]
    assert web.asked[0].host == f"wire.example:{web.port}"


def test_the_next_address_of_a_host_is_tried(web: LocalWeb) -> None:
    web.pages["/"] = answer()
    with fetcher(wire=["::1", "127.0.0.1"]) as fetching:  # the server listens at the second alone
        assert fetching.fetch(web.url(host="wire.example")).data == STORY


def test_no_host_and_no_connection() -> None:
    with LocalWeb() as closed:
        address = closed.url()
    with fetcher() as fetching:
        with pytest.raises(ReadingError, match=r"no host nobody.example was found"):
            fetching.fetch("https://nobody.example/")
        with pytest.raises(ReadingError, match=r"no connection to 127.0.0.1"):
            fetching.fetch(address)


def test_proxies_of_the_environment_are_not_used(web: LocalWeb, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    web.pages["/"] = answer()
    with fetcher() as fetching:
        assert fetching.fetch(web.url()).data == STORY


def test_robots_forbid_and_the_line_is_named(web: LocalWeb) -> None:
    web.pages |= {
        "/robots.txt": answer(b"User-agent: *\nDisallow: /drafts\n", kind="text/plain"),
        "/drafts/1": answer(),
        "/a": redirect("/drafts/1"),
        "/b": answer(),
    }
    with fetcher() as fetching:
        for path in ("/drafts/1", "/a"):
            with pytest.raises(
                ReadingError,
                match=r"robots.txt of 127.0.0.1 forbids it to all programs \(line 2, “Disallow: /drafts”\)",
            ):
                fetching.fetch(web.url(path))
        assert fetching.fetch(web.url("/b")).data == STORY
    assert [one.path for one in web.asked] == ["/robots.txt", "/a", "/b"]


@pytest.mark.parametrize(
    ("robots", "reason"),
    [
        (MISSING, None),
        (answer(b"", status="403 Forbidden"), None),
        (answer(b"", status="503 Busy"), "its robots.txt cannot be read \\(503 Service Unavailable\\)"),
        (answer(b"", status="429 Busy"), "its robots.txt cannot be read \\(429 Too Many Requests\\)"),
        (b"", "its robots.txt breaks off"),
        (redirect("/robots.txt"), "its robots.txt redirects in a circle"),
        (answer(b"User-agent: *\nDisallow: /\n" + b"#" * 600_000), "forbids it"),
        (answer(b"#" * 600_000 + b"\nUser-agent: *\nDisallow: /\n"), None),
    ],
)
def test_robots_that_are_missing_broken_or_long(web: LocalWeb, robots: bytes, reason: str | None) -> None:
    web.pages |= {"/robots.txt": robots, "/": answer()}
    with fetcher() as fetching:
        if reason is None:
            assert fetching.fetch(web.url()).data == STORY
            return
        for _ in range(2):
            with pytest.raises(ReadingError, match=reason):
                fetching.fetch(web.url())
    assert [one.path for one in web.asked] == ["/robots.txt"]


def patient(clock: Clock, limits: Limits) -> Fetcher:
    world = World(names({"wire.example": ["127.0.0.1"]}), clock, clock.sleep, TRUSTING_NOBODY)
    return Fetcher(allow_private=True, limits=limits, world=world)


def test_requests_to_one_host_are_a_pause_apart(web: LocalWeb) -> None:
    clock = Clock()
    web.pages |= {"/a": answer(), "/b": answer()}
    with patient(clock, Limits()) as fetching:
        fetching.fetch(web.url("/a"))
        assert clock.slept == [1.0]  # robots.txt came before
        fetching.fetch(web.url("/b"))
        assert clock.slept == [1.0, 1.0]
        fetching.fetch(web.url("/a", host="wire.example"))
        assert clock.slept == [1.0, 1.0, 1.0]  # the other host's robots.txt was asked for at once
        clock.now += 60
        fetching.fetch(web.url("/b"))
        assert clock.slept == [1.0, 1.0, 1.0]


@pytest.mark.parametrize(("wanted", "pause"), [("7", 7.0), ("0.1", 1.0), ("3600", 30.0), ("-5", 1.0)])
def test_a_crawl_delay_is_kept_up_to_a_bound(web: LocalWeb, wanted: str, pause: float) -> None:
    clock = Clock()
    web.pages |= {"/robots.txt": answer(b"User-agent: *\nCrawl-delay: " + wanted.encode()), "/": answer()}
    with patient(clock, Limits()) as fetching:
        fetching.fetch(web.url())
        fetching.fetch(web.url())
    assert clock.slept == [pause, pause]


def test_a_busy_server_is_asked_once_more_when_it_says_so(web: LocalWeb) -> None:
    clock = Clock()
    busy = answer(b"", "Retry-After: 9", status="503 Busy")
    web.pages |= {"/soon": busy, "/later": answer(b"", "Retry-After: 999", status="429 Busy")}
    with patient(clock, QUICK) as fetching:
        for path in ("/soon", "/later"):
            with pytest.raises(ReadingError, match="try again later"):
                fetching.fetch(web.url(path))
    assert web.paths() == ["/soon", "/soon", "/later"]
    assert clock.slept == [9.0]


def test_certificates_are_those_of_the_name_not_of_the_address() -> None:
    authority, served, trusted = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert("wire.example").configure_cert(served)
    authority.configure_trust(trusted)
    with LocalWeb(served) as web:
        web.pages["/"] = answer()
        address, other = (web.url(host=host, scheme="https") for host in ("wire.example", "post.example"))
        with fetcher(tls=trusted, wire=["127.0.0.1"], post=["127.0.0.1"]) as fetching:
            assert fetching.fetch(address).data == STORY
            with pytest.raises(ReadingError, match=r"of post.example cannot be trusted \(Hostname mismatch"):
                fetching.fetch(other)
        world = World(resolve=names({"wire.example": ["127.0.0.1"]}))
        fetching = Fetcher(allow_private=True, limits=QUICK, world=world)
        with fetching, pytest.raises(ReadingError, match=r"of wire.example cannot be trusted \(unable to get"):
            fetching.fetch(address)
