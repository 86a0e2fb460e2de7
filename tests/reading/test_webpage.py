"""HTML pages: what is kept, what it is, when it was published, and that the way back leads to the same characters."""

import gzip
import socket
from html import escape
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.article import Article
from retold.reading import ReadingError, read, read_bytes

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "harbour-talks" / "reports"
SHARED_PAGES = Path(__file__).resolve().parents[3] / "shared" / "data" / "reading" / "pages" / "html"

HEAD = "Osk closes its harbour to the ships of Norland"
BODY = [
    "Osk closed its harbour on Sunday to all ships that sail under the flag of Norland, the minister of trade said.",
    "She said that the harbour would stay closed until Norland lifted the tariffs that it imposed in the spring.",
    "The fishermen of Osk & its islands have asked for help from the government, which has “promised to pay” for it.",
]
CAPTION, CREDIT = "The harbour of Osk on Sunday, seen from the old light", "Ole Marsk/Channel Nine"


def make_page(body: list[str], *, head: str = "", wrap: str = "") -> str:
    """A page with menu, headline, a captioned picture after the first paragraph, a subhead, and links below."""
    paragraphs = [f"<p>{escape(paragraph)}</p>" for paragraph in body]
    figure = (
        f'<figure><img src="x.jpg"><figcaption>{CAPTION} <span class="credit">{CREDIT}</span></figcaption></figure>'
    )
    middle = "\n".join([paragraphs[0], figure, "<h2>Help for the fishermen</h2>", *paragraphs[1:]])
    return f"""<!DOCTYPE html>
<html lang="en"><head><title>{HEAD} | Harbour Post</title><meta property="og:site_name" content="Harbour Post">{head}
<script>var menu = "Osk closed its harbour";</script></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>
<article><h1>{HEAD}</h1>{wrap}
{middle}
<p>Read more: <a href="/b">How the tariffs came about</a></p></article>
<footer><p>© 2031 Harbour Post</p></footer></body></html>"""


def read_page(page: str) -> Article:
    return read_bytes(page.encode(), name="page.txt")


def test_all_that_the_page_shows_is_typed_in_page_order() -> None:
    article = read_page(make_page(BODY))
    assert [(block.kind, article.text[block.start : block.end]) for block in article.blocks] == [
        ("furniture", "Home"),
        ("furniture", "News"),
        ("headline", HEAD),
        ("body", BODY[0]),
        ("caption", CAPTION),
        ("credit", CREDIT),
        ("subhead", "Help for the fishermen"),
        ("body", BODY[1]),
        ("body", BODY[2]),
        ("teaser", "Read more: How the tariffs came about"),
        ("furniture", "© 2031 Harbour Post"),
    ]
    assert article.text == "\n\n".join(article.text[block.start : block.end] for block in article.blocks)
    assert all(block.reason and block.how for block in article.blocks)
    assert (article.title, article.outlet, article.genre) == (HEAD, "Harbour Post", "report")


def check_origin(article: Article, source: str) -> float:
    """Equal lengths mean equal characters, an entity means the character it stands for; the share of words covered."""
    covered = 0
    for start, end, in_start, in_end in article.origin:
        assert end - start == 1 or end - start == in_end - in_start
        if end - start == in_end - in_start:
            assert article.text[start:end] == source[in_start:in_end]
        else:
            assert source[in_start] == "&"
        covered += end - start
    assert [run[0] for run in article.origin] == sorted(run[0] for run in article.origin)
    return covered / sum(block.end - block.start for block in article.blocks)


def test_the_way_back_leads_to_the_source() -> None:
    page = make_page(BODY)
    article = read_page(page)
    assert check_origin(article, page) > 0.97
    ampersand = article.text.index("&")
    assert next(page[run.in_start : run.in_end] for run in article.origin if run.start == ampersand) == "&amp;"


WORDS = st.lists(
    st.sampled_from(["Osk", "the", "harbour", "said", "a<b", "“talks”", "R&D", "tariffs", "é", "of", "Norland"]),
    min_size=12,
    max_size=30,
)


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS, min_size=3, max_size=6))
def test_the_way_back_on_made_pages(paragraphs: list[list[str]]) -> None:
    page = make_page([" ".join(words) + "." for words in paragraphs])
    try:
        article = read_page(page)
    except ReadingError:
        return
    assert check_origin(article, page) > 0.9


@pytest.mark.seeds
@pytest.mark.skipif(not SHARED_PAGES.is_dir(), reason="needs the pages in ../shared")
def test_the_way_back_on_real_pages() -> None:
    shares = []
    for path in sorted(SHARED_PAGES.glob("*.gz"))[::4]:
        source = gzip.decompress(path.read_bytes())
        try:
            article = read_bytes(source, name=path.name)
        except ReadingError:
            continue
        shares.append(check_origin(article, source.decode().replace("\r\n", "\n").removeprefix("\ufeff")))
    assert len(shares) >= 18
    assert sum(shares) / len(shares) > 0.95


LD = '<script type="application/ld+json">{"@graph": [{"@type": "WebPage", "datePublished": "2030-01-01"}, %s]}</script>'
DATED = [
    (LD % '{"@type": "NewsArticle", "datePublished": "2031-05-04T23:10:00-05:00"}', "", "2031-05-04", "metadata"),
    ('<meta property="article:published_time" content="2031-05-04T10:00:00Z">', "", "2031-05-04", "metadata"),
    ('<meta name="pubdate" content="May 4, 2031 10:00 AM">', "", "2031-05-04", "metadata"),
    ("", '<time datetime="2031-05-04T10:00">4 May</time>', "2031-05-04", "metadata"),
    ('<link rel="canonical" href="https://post.example/2031/05/04/osk">', "", "2031-05-04", "url"),
    ("", '<div class="dateline">Posted May 4, 2031</div>', "2031-05-04", "text"),
    ('<meta property="og:image" content="https://post.example/2031/05/04/osk.jpg">', "", None, "unknown"),
    (LD % "[[[", '<aside><a href="/2029/01/01/x">Teaser of 1 January 2029</a></aside>', None, "unknown"),
    ("", "", None, "unknown"),
]


@pytest.mark.parametrize(("head", "wrap", "published", "basis"), DATED)
def test_publication_of_a_page(head: str, wrap: str, published: str | None, basis: str) -> None:
    article = read_page(make_page(BODY, head=head, wrap=wrap))
    assert (article.published, article.published_basis) == (published, basis)


def test_a_caption_class_without_a_figure() -> None:
    page = make_page(BODY).replace("<h2>Help", '<div class="photo caption">The old light of Osk</div><h2>Help')
    article = read_page(page)
    kinds = {article.text[block.start : block.end]: block.kind for block in article.blocks}
    assert kinds["The old light of Osk"] == "caption"


@pytest.mark.parametrize(
    "page",
    [
        "<html><body></body></html>",
        "<!doctype html><p>Sign in to read.</p>",
        "<html>" + "<div>" * 20_000,
        "<html>" + "<a <a " * 20_000,
        "<html><!--" + "<script>" * 20_000,
        "<html>" + "&amp" * 20_000,
        '<?xml version="1.0" encoding="utf-8"?><html><body/></html>',
    ],
)
def test_pages_without_an_article_are_refused_soon(page: str) -> None:
    began = perf_counter()
    with pytest.raises(ReadingError, match="no article"):
        read_page(page)
    assert perf_counter() - began < 10


def test_a_page_of_headings_takes_linear_time() -> None:
    page = make_page(BODY).replace("</article>", "<h1>x</h1>" * 10_000 + "</article>")
    began = perf_counter()
    assert read_page(page).published is None
    assert perf_counter() - began < 15


def test_nothing_is_fetched_while_pages_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    remote = '<!DOCTYPE html SYSTEM "http://x.example/x.dtd"><link rel="stylesheet" href="http://x.example/a.css">'
    remote += '<script src="http://x.example/a.js"></script><iframe src="http://x.example/"></iframe>'
    page = remote + make_page(BODY).replace("<!DOCTYPE html>", "")
    assert [block.kind for block in read_page(page).blocks].count("body") == 3
    for path in EXAMPLES.glob("*.html"):
        assert read(path).own_blocks()
