"""RSS and Atom files: items with their whole text are articles, teasers are counted."""

import time
from pathlib import Path

import pytest

from retold.article import Article, Problem
from retold.reading import read_inputs

PARAGRAPHS = [
    "The harbour board of Port Vale shut the northern lock on Monday after a barge had struck its gate.",
    "Ada Venn, who leads the board, told reporters that the repairs would take until the end of the month.",
    "Pilots from Quarra were asked to help, and Ilo Marsh said for them that they would not come on Sundays.",
]
MARKUP = "".join(f"<p>{words}</p>" for words in PARAGRAPHS)
TEASER = "The northern lock is shut. Continue reading…"

RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Harbour Post</title>
<item><title>Lock shut &amp;amp; barred</title><link>https://post.example/lock</link><guid>post-1</guid>
 <pubDate>Sun, 04 May 2031 22:00:00 +0000</pubDate><dc:creator>Ada Brandt</dc:creator>
 <media:title>No title of it</media:title><description>{TEASER}</description>
 <content:encoded>
 <![CDATA[{MARKUP}<figure><img src="x"><figcaption>The lock on Monday</figcaption></figure>]]></content:encoded>
</item>
<item><title>Only a teaser</title><description>{TEASER}</description></item>
<item><title>Breaks off</title>
 <content:encoded><![CDATA[{MARKUP}<p>And so it went [&hellip;]</p>]]></content:encoded></item>
</channel></rss>"""
RDF = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Harbour Post</title></channel>
<item><title>Lock shut</title><link>https://post.example/lock</link><dc:date>2031-05-04</dc:date>
<content:encoded>{MARKUP.replace("<", "&lt;")}</content:encoded></item></rdf:RDF>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Post</title>
<link rel="self" href="https://post.example/atom"/>
<entry><title type="html">Lock &lt;i&gt;shut&lt;/i&gt;</title><id>tag:post.example,2031:1</id>
<link rel="replies" href="https://post.example/replies"/><link href="https://post.example/lock"/>
<published>2031-05-04T22:00:00Z</published><updated>2031-05-09T22:00:00Z</updated>
<author><name>Ada Brandt</name><email>a@post.example</email></author><summary>{TEASER}</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{MARKUP}</div></content></entry></feed>"""


def collect(folder: Path, feed: str | bytes, name: str = "feed.xml") -> tuple[list[Article], list[Problem]]:
    path = folder / name
    path.write_bytes(feed.encode() if isinstance(feed, str) else feed)
    found = list(read_inputs([str(path)]))
    return [f for f in found if isinstance(f, Article)], [f for f in found if isinstance(f, Problem)]


def body_of(article: Article) -> list[str]:
    return [article.text[block.start : block.end] for block in article.blocks if block.kind == "body"]


@pytest.mark.parametrize(
    ("feed", "title", "author", "given_id"),
    [
        (RSS, "Lock shut & barred", "Ada Brandt", "post-1"),
        (RDF, "Lock shut", None, None),
        (ATOM, "Lock shut", "Ada Brandt", "tag:post.example,2031:1"),
    ],
    ids=["RSS 2.0", "RSS 1.0", "Atom"],
)
def test_an_item_with_its_text_is_an_article(
    tmp_path: Path, feed: str, title: str, author: str | None, given_id: str | None
) -> None:
    articles, _ = collect(tmp_path, feed)
    assert len(articles) == 1
    article = articles[0]
    assert body_of(article) == PARAGRAPHS
    assert (article.title, article.author, article.given_id, article.outlet) == (
        title,
        author,
        given_id,
        "Harbour Post",
    )
    assert (article.url, article.published, article.published_basis) == (
        "https://post.example/lock",
        "2031-05-04",
        "metadata",
    )
    assert article.input == f"{tmp_path / 'feed.xml'}:1"
    assert (article.blocks[0].kind, article.origin) == ("headline", ())


def test_a_prefix_that_is_not_declared_is_understood(tmp_path: Path) -> None:
    feed = RSS.replace(' xmlns:content="http://purl.org/rss/1.0/modules/content/"', "")
    assert [body_of(article) for article in collect(tmp_path, feed)[0]] == [PARAGRAPHS]


def test_teasers_are_counted_in_one_note(tmp_path: Path) -> None:
    articles, problems = collect(tmp_path, RSS)
    assert [block.kind for block in articles[0].blocks] == ["headline", "body", "body", "body", "caption"]
    assert [(problem.level, problem.reason) for problem in problems] == [
        ("note", "2 of its items gave no article: 2 with a teaser instead of their text")
    ]


def test_a_long_description_is_a_text(tmp_path: Path) -> None:
    item = f"<item><title>Lock shut</title><description>{' '.join(PARAGRAPHS * 3)}</description></item>"
    articles, problems = collect(tmp_path, f"<rss><channel>{item}</channel></rss>")
    assert (len(articles), problems) == (1, [])
    assert articles[0].outlet is None


def test_an_item_that_is_done_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "feed.rss").write_text(RSS, "utf-8")
    found = list(read_inputs([str(tmp_path)], skip={"post-1"}.__contains__))
    assert [isinstance(one, Problem) for one in found] == [True]


LAUGHS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
HOSTILE = {
    "no item": ("<rss><channel><title>x</title></channel></rss>", "without an item"),
    "no XML": ("<rss " + "\0" * 9, "without an item"),
    "laughs": (
        f'<!DOCTYPE r [<!ENTITY e0 "ha">{LAUGHS}]><rss><item><title>&e11;</title></item></rss>',
        "gave no article",
    ),
    "large": ("<rss>" + "<item/>" * 3_000_000, "limit"),
    "deep": ("<rss><item>" + "<b>" * 200_000, "gave no article"),
    "tags": ("<rss><item><description>" + "&lt;p>x" * 400_000, "tags"),
    "paragraphs": ("<rss><item><description>" + "&lt;p>x" * 200_000, "with more paragraphs"),
    "many": ("<rss>" + "<item><title>x</title></item>" * 50_000 + "</rss>", "50,000 of its items gave no article"),
    "deep markup": (f"<rss><item><description>{'&lt;b&gt;' * 100_000}{MARKUP}</description></item></rss>", "gave no"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_feed_is_one_line_in_time(tmp_path: Path, name: str) -> None:
    started = time.perf_counter()
    articles, problems = collect(tmp_path, HOSTILE[name][0])
    assert time.perf_counter() - started < 5
    assert articles == []
    assert [HOSTILE[name][1] in problem.reason for problem in problems] == [True]


def test_entities_from_outside_are_not_fetched(tmp_path: Path) -> None:
    head = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    item = f"<item><title>A &x; B</title><description>{' '.join(PARAGRAPHS * 3)}</description></item>"
    articles, _ = collect(tmp_path, f"{head}<rss><channel>{item}</channel></rss>")
    assert articles[0].title == "A &x; B"


def test_a_page_about_feeds_is_a_page(tmp_path: Path) -> None:
    article = f"<article>{MARKUP}<pre><rss ></pre></article>"
    page = f"<!doctype html><html><head><title>x</title></head><body>{article}</body></html>"
    articles, _ = collect(tmp_path, page, "page.html")
    assert body_of(articles[0])[:1] == PARAGRAPHS[:1]
