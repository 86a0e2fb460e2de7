"""robots.txt as RFC 9309 has it."""

import time

import pytest

from retold.reading.web.robots import Robots, find_forbidding, read_robots

# rules, path, the number of the line that forbids it (0: it is allowed)
CASES = [
    ("User-agent: *\nDisallow: /private", "/private/a", 2),
    ("User-agent: *\nDisallow: /private", "/public", 0),
    ("User-agent: *\nDisallow:", "/a", 0),
    ("User-agent: other\nDisallow: /", "/a", 0),
    ("User-agent: *\nDisallow: /\n\nUser-agent: Retold\nDisallow: /b", "/a", 0),
    ("User-agent: *\nDisallow: /\n\nUser-agent: Retold\nDisallow: /b", "/b", 5),
    ("User-agent: *\nDisallow: /\n\nUser-agent: retold/0.1", "/a", 0),
    ("User-agent: other\nUser-agent: *\nDisallow: /a", "/a", 3),
    ("User-agent: *\nDisallow: /a\nUser-agent: *\nDisallow: /b", "/b", 4),
    ("User-agent: other\nCrawl-delay: 5\nUser-agent: retold\nDisallow: /a", "/a", 4),
    ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", 0),
    ("User-agent: *\nAllow: /a\nDisallow: /a/b", "/a/b/c", 3),
    ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", 0),
    ("user-AGENT : *  # all\r\ndisallow : /a # not this\r\n", "/a", 2),
    ("\ufeffUser-agent: *\rDisallow: /a", "/a", 2),
    ("User-agent: *\nDisallow: /*.php$", "/x/y.php", 2),
    ("User-agent: *\nDisallow: /*.php$", "/x/y.php?z", 0),
    ("User-agent: *\nDisallow: /a*b*c", "/a/x/b/y/c/z", 2),
    ("User-agent: *\nDisallow: /a*b*c", "/a/x/c/y/b", 0),
    ("User-agent: *\nDisallow: /a$", "/ab", 0),
    ("User-agent: *\nDisallow: /a*a$", "/a", 0),
    ("User-agent: *\nDisallow: /*?", "/a?print=1", 2),
    ("User-agent: *\nDisallow: /café", "/caf%c3%a9", 2),
    ("User-agent: *\nDisallow: /%7Eann/%2F", "/~ann/%2f", 2),
    ("User-agent: *\nDisallow: /a/b", "/a%2Fb", 0),
    ("<!doctype html><title>Not found</title>", "/a", 0),
    ("Disallow: /a\nUser-agent: *", "/a", 0),
]


@pytest.mark.parametrize(("text", "path", "line"), CASES)
def test_which_line_forbids(text: str, path: str, line: int) -> None:
    rule = find_forbidding(read_robots(text), path)
    assert (rule.line if rule else 0) == line
    assert rule is None or rule.text == text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[line - 1].strip()


def test_crawl_delay_is_that_of_our_group() -> None:
    text = "User-agent: *\nCrawl-delay: 9\n\nUser-agent: retold\nCrawl-delay: soon\nCrawl-delay: 2.5"
    assert read_robots(text).pause_s == 2.5
    assert read_robots("User-agent: *\nCrawl-delay: inf").pause_s is None
    assert read_robots("") == Robots()


def test_hostile_files_take_no_more_time_than_long_ones() -> None:
    agents = "".join(f"User-agent: a{number}\n" for number in range(15_000))
    rules = "".join(f"Disallow: /{number}\n" for number in range(15_000))
    stars = "User-agent: *\nDisallow: /" + "*a" * 200_000 + "$"
    start = time.process_time()
    assert find_forbidding(read_robots(agents + "User-agent: *\n" + rules), "/14999").line == 30_001  # type: ignore[union-attr]
    assert find_forbidding(read_robots(stars), "/" + "a" * 8000) is None
    assert time.process_time() - start < 3  # a tenth of it on an idle machine
