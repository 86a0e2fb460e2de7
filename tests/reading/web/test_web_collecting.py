"""From addresses to pages: feeds, sitemaps and indexes followed, in order, up to a bound."""

from tests.reading.web.local_web import STORY, LocalWeb, answer, fetcher

from retold.article import Problem
from retold.reading.web import Fetched, collect


def rss(*links: str) -> bytes:
    items = "".join(f"<item><link>{link}</link></item>" for link in links)
    return answer(f"<rss><channel>{items}</channel></rss>".encode(), kind="application/rss+xml")


def index(*links: str) -> bytes:
    maps = "".join(f"<sitemap><loc>{link}</loc></sitemap>" for link in links)
    return answer(f"<sitemapindex>{maps}</sitemapindex>".encode(), kind="text/xml")


def run(web: LocalWeb, *paths: str, most: int = 50) -> list[str]:
    """What is yielded, in short: the path of a page, or the level, path and reason of a problem."""
    with fetcher() as fetching:
        found = list(collect([web.url(path) for path in paths], fetching, most))
    return [short(web, one) for one in found]


def short(web: LocalWeb, found: Fetched | Problem) -> str:
    if isinstance(found, Fetched):
        assert found.data == STORY
        return found.url.removeprefix(web.url(""))
    return f"{found.level} {found.input.removeprefix(web.url(''))}: {found.reason}"


def test_pages_and_lists_in_the_order_given_each_failure_in_its_place(web: LocalWeb) -> None:
    web.pages |= {"/feed": rss("/1", "/missing", "/2"), "/1": answer(), "/2": answer(), "/3": answer()}
    assert run(web, "/3", "/feed", "/none", "/3") == [
        "/3",
        "/1",
        "error /missing: the answer is 404 Not Found: check the address",
        "/2",
        "error /none: the answer is 404 Not Found: check the address",
        "note /3: it was asked for already, and is left out",
    ]


def test_of_a_long_list_as_many_as_wanted_and_a_note(web: LocalWeb) -> None:
    web.pages |= {"/feed": rss(*[f"/{n}" for n in range(9)]), **{f"/{n}": answer() for n in range(9)}}
    assert run(web, "/0", "/feed", most=3) == [
        "/0",
        "/1",
        "/2",
        "/3",
        "note /feed: it lists 8 pages: 5 of them are left out",
    ]
    assert run(web, "/feed", most=9) == [f"/{n}" for n in range(9)]


def test_an_index_leads_to_the_pages_of_its_sitemaps(web: LocalWeb) -> None:
    web.pages |= {f"/{n}": answer() for n in range(6)}
    web.pages |= {
        "/index": index("/a", "/b", "/c"),
        "/a": rss("/1", "/2"),
        "/b": rss("/2", "/3", "/4"),
        "/c": rss("/5"),
    }
    assert run(web, "/index") == ["/1", "/2", "/3", "/4", "/5"]
    assert run(web, "/index", most=3) == [
        "/1",
        "/2",
        "/3",
        "note /b: it lists 2 pages: 1 of them are left out",
        "note /index: it lists 3 sitemaps: 1 of them were not opened",
    ]
    assert run(web, "/index", most=2)[2:] == ["note /index: it lists 3 sitemaps: 2 of them were not opened"]


def test_an_index_of_nothing_good_ends(web: LocalWeb) -> None:
    web.pages |= {"/index": index("/index", "/page", *[f"/no{n}" for n in range(99)]), "/page": answer()}
    found = run(web, "/index", most=4)
    assert [one.split(":")[0] for one in found] == [
        "error /index",
        "error /page",
        "error /no0",
        "error /no1",
        "note /index",
    ]
    assert "a sitemap was expected here" in found[0]
    assert len(web.paths()) == 5


def test_lists_inside_lists_and_empty_and_refused_ones(web: LocalWeb) -> None:
    web.pages |= {"/feed": rss("/feed2"), "/feed2": rss("/1"), "/empty": rss(), "/1": answer()}
    web.pages["/dtd"] = answer(b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss/>", kind="text/xml")
    assert [one.split(", ")[0] for one in run(web, "/feed", "/empty", "/dtd")] == [
        "error /feed2: it is a feed inside another list",
        "error /empty: it is a feed without any address",
        "error /dtd: it is a feed or sitemap with a DTD",
    ]


def test_what_robots_or_the_network_forbid_is_a_problem_like_others(web: LocalWeb) -> None:
    web.pages |= {"/robots.txt": answer(b"User-agent: retold\nDisallow: /1"), "/2": answer()}
    web.pages["/feed"] = rss("/1", "http://nobody.example/", "http://127.0.0.1:22/", "/2")
    assert [one.split(":")[0] for one in run(web, "/feed")] == ["error /1", "error http", "error http", "/2"]
