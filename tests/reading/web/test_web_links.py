"""The addresses in feeds and sitemaps, good, sloppy and hostile."""

import gzip
import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.reading import ReadingError
from retold.reading.web import Fetched, find_links
from retold.reading.web.links import MOST_LINKS

RSS = """
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://media.example/"><channel>
<title>The Harrow Courier</title><link>https://courier.example/</link>
<atom:link href="https://courier.example/feed" rel="self"/>
<item><title>Osk &amp; Norland</title><link> /osk?a=1&amp;b=2#comments </link><guid>https://courier.example/?p=1</guid>
<media:content><media:link>https://media.example/1.mp4</media:link></media:content></item>
<item><title>B</title><atom:link href="/not/this"/><link><![CDATA[https://courier.example/b?x&y]]></link></item>
<item><guid>https://courier.example/c</guid></item>
<item><guid isPermaLink="false">tag:9</guid></item>
<item><link>mailto:desk@courier.example</link></item>
<item><link>https://courier.example/b?x&y</link></item>
</channel></rss>
"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="https://tide.example/"><link>https://tide.example/</link></channel>
<item rdf:about="https://tide.example/1"><link>https://tide.example/1</link></item></rdf:RDF>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://tide.example/news/">
<link href="https://tide.example/"/><link rel="self" href="feed.atom"/>
<entry><link rel="edit" href="edit/1"/><link href="1"/>
<link rel="alternate" type="application/pdf" href="1.pdf"/></entry>
<entry xml:base="2031/"><source><link href="https://wire.example/"/></source><link rel="alternate" href="2"/></entry>
<entry><id>tag:3</id></entry></feed>"""
SITEMAP = """<?xml version="1.0"?><!-- made by hand -->
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://tide.example/1</loc><news:news>
<news:publication><news:name>The Tide</news:name></news:publication></news:news>
<image:image><image:loc>https://tide.example/1.jpg</image:loc></image:image></url>
<url><image:loc>https://tide.example/2.jpg</image:loc><loc>
 https://tide.example/2 </loc></url></urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://tide.example/2030.xml.gz</loc></sitemap><sitemap><loc>/2031.xml</loc></sitemap></sitemapindex>"""

LISTS = {
    RSS: ["https://here.example/osk?a=1&b=2", "https://courier.example/b?x&y", "https://courier.example/c"],
    RDF: ["https://tide.example/1"],
    ATOM: ["https://tide.example/news/1", "https://tide.example/news/2031/2"],
    SITEMAP: ["https://tide.example/1", "https://tide.example/2"],
    INDEX: ["https://tide.example/2030.xml.gz", "https://here.example/2031.xml"],
    "<rss><channel><title>Nothing today</title></channel></rss>": [],
    "<rss><channel><item><link>/1</link></item><item><li": ["https://here.example/1"],
    "<rss><channel><item><link>/1&nbsp;</link></item></channel></rss><p>1.2 s</p>": ["https://here.example/1"],
    "<rss><item><link>http://[</link></item><item><link>/" + "a" * 8000 + "</link></item></rss>": [],
}


def document(data: bytes | str) -> Fetched:
    raw = data if isinstance(data, bytes) else data.encode()
    return Fetched("https://here.example/x", "https://here.example/x", raw, "application/xml", None)


@pytest.mark.parametrize("text", LISTS, ids=lambda text: text[:30])
def test_lists_of_every_kind(text: str) -> None:
    expected = tuple(LISTS[text])
    assert find_links(document(text)) == expected
    assert find_links(document("\ufeff" + text.strip())) == expected
    assert find_links(document(gzip.compress(text.encode()))) == expected


def test_a_feed_in_utf_16() -> None:
    text = ATOM.replace("<feed", '<?xml version="1.0" encoding="UTF-16"?><feed').replace('"1"', '"é"')
    assert find_links(document(text.encode("utf-16"))) == (
        "https://tide.example/news/é",
        "https://tide.example/news/2031/2",
    )


@pytest.mark.parametrize(
    "page",
    [
        b"",
        b"Osk closes its harbour, and <rss> is no news.",
        b"<!doctype html><html><body><p>Osk <a href='/1'>closes</a>",
        b'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x.dtd"><html><body><rss></rss></body></html>',
        b"<html><body><feed><entry><link href='/1'/></entry></feed></body></html>",
        b"<nitf><body><p>Osk</p></body></nitf>",
        b"%PDF-1.7",
        b"\0\x01\x02" * 99,
    ],
)
def test_pages_are_no_lists(page: bytes) -> None:
    assert find_links(document(page)) is None


def laughs() -> str:
    entities = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
    return f"<!DOCTYPE rss [<!ENTITY a0 'ha'>{entities}]><rss><item><link>&a11;</link></item></rss>"


@pytest.mark.parametrize(
    "text",
    [
        laughs(),
        "<!DOCTYPE rss [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><rss><item><link>http://x/&a;</link></item></rss>",
        "<!DOCTYPE urlset SYSTEM 'http://127.0.0.1:9/x.dtd'><urlset><url><loc>http://x/</loc></url></urlset>",
        "<!DOCTYPE rdf:RDF [<!ENTITY a 'b'>]><rdf:RDF xmlns:rdf='http://rdf.example/'/>",
        "<!DOCTYPE rss [<!ENTITY % a SYSTEM 'http://127.0.0.1:9/'> %a;]><rss/>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_list_with_a_dtd_is_refused(text: str, encoding: str) -> None:
    with pytest.raises(ReadingError, match="with a DTD"):
        find_links(document(text.encode(encoding)))


def test_a_file_in_gzip_that_grows_or_breaks_or_comes_in_crumbs() -> None:
    with pytest.raises(ReadingError, match="more than 20 MB when unpacked"):
        find_links(document(gzip.compress(bytes(30_000_000))))
    with pytest.raises(ReadingError, match="breaks off"):
        find_links(document(gzip.compress(RSS.encode())[:-20]))
    start = time.process_time()
    assert find_links(document(gzip.compress(b"") * 100_000 + gzip.compress(b"<rss/>"))) == ()
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    "data",
    [
        b"<rss>" + b"<item>" * 300_000,
        b"<rss>" + b"<item/>" * 300_000,
        b"<rss>" + b"<a/>" * 300_000,
        b"<rss><item><link>" + b"&" * 300_000,
        b"<rss><item><link>" + b"a" * 9_000_000 + b"</link></item></rss>",
        b"<rss " + b"".join(b"a%d='' " % number for number in range(100_000)) + b"/>",
        b"<rss><!--" + b"-" * 9_000_000,
    ],
    ids=lambda data: data[:20].decode(),
)
def test_hostile_xml_takes_little_time(data: bytes) -> None:
    start = time.process_time()
    assert find_links(document(data)) in ((), None)
    assert time.process_time() - start < 2  # at most a quarter of it on an idle machine


def test_what_is_no_address_is_not_kept() -> None:
    text = b"&" * 200_000 + b"a" * 9_000_000
    hostile = document(b"<rss><item><link>" + text + b"</link></item></rss>")
    tracemalloc.start()
    assert find_links(hostile) == ()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000


def test_no_more_links_than_a_sitemap_may_have(monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_LINKS == 50_000
    monkeypatch.setattr("retold.reading.web.links.MOST_LINKS", 500)
    urls = "".join(f"<url><loc>/{number}</loc></url>" for number in range(900))
    links = find_links(document(f"<urlset>{urls}</urlset>"))
    assert links is not None
    assert (len(links), links[-1]) == (500, "https://here.example/499")


@given(st.binary(max_size=300), st.sampled_from([b"<rss>", b"<rss><item><link>", b"<feed><entry>", b""]))
def test_whatever_comes_gives_addresses_or_a_reason(data: bytes, start: bytes) -> None:
    try:
        links = find_links(document(start + data))
    except ReadingError:
        return
    assert links is None or all(link.startswith(("http://", "https://")) for link in links)
