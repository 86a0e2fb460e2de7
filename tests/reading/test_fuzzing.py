"""Whatever bytes come: an article whose blocks hold, or a clear refusal; in time, and in bounded memory."""

import multiprocessing
import os
import resource
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reading.mutations import HOSTILE, mutate

from retold.article import Article
from retold.reading import ReadingError, read_bytes

SECONDS = 5.0
MEGABYTES = 1000


def read_or_refuse(data: bytes) -> Article | None:
    """The article, checked; None: it was refused in one line. Anything else is an error of ours."""
    try:
        article = read_bytes(data, name="mutated")
    except ReadingError as refusal:
        reason = str(refusal)
    else:
        check_article(article)
        return article
    assert 0 < len(reason) < 400
    assert "\n" not in reason
    return None


def check_article(article: Article) -> None:
    """Blocks cover the text in order, give reasons, and the way back leads somewhere."""
    reached = 0
    for block in article.blocks:
        assert not article.text[reached : block.start].strip()
        assert reached <= block.start < block.end <= len(article.text)
        assert block.reason
        reached = block.end
    assert not article.text[reached:].strip()
    for start, end, in_start, in_end in article.origin:
        assert 0 <= start < end <= len(article.text)
        assert in_start < in_end
    article.text.encode()


def check(seed: int) -> tuple[float, bool]:
    """The seconds that one mutated input took, and whether it was an article."""
    began = perf_counter()
    article = read_or_refuse(mutate(seed))
    return perf_counter() - began, article is not None


def check_many(seeds: range) -> tuple[float, int, int]:
    """The slowest of these inputs in seconds, the articles among them, and the megabytes that the process holds."""
    found = [check(seed) for seed in seeds]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    return max(seconds for seconds, _ in found), sum(is_article for _, is_article in found), round(peak)


def test_mutated_pages_and_texts() -> None:
    slowest, articles, _ = check_many(range(250))
    assert slowest < SECONDS
    assert articles > 60  # else the mutations only test refusals


@pytest.mark.soak
def test_a_hundred_thousand_mutated_pages_and_texts() -> None:
    batches = [range(first, first + 1000) for first in range(0, 100_000, 1000)]
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        results = list(pool.map(check_many, batches))
    assert max(slowest for slowest, _, _ in results) < SECONDS
    assert max(peak for _, _, peak in results) < MEGABYTES
    assert sum(articles for _, articles, _ in results) > 20_000


@pytest.mark.soak
@pytest.mark.skipif(find_spec("atheris") is None, reason="needs atheris (pip install atheris)")
def test_inputs_that_reach_new_code() -> None:
    target = Path(__file__).parent / "atheris_target.py"
    options = ["-runs=20000", "-max_total_time=300", "-timeout=5", "-rss_limit_mb=1000", "-max_len=4096"]
    root = str(Path(__file__).parents[2])
    subprocess.run(
        [sys.executable, str(target), *options], check=True, cwd=root, env={**os.environ, "PYTHONPATH": root}
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(HOSTILE), st.binary(max_size=40), st.text(max_size=40).map(str.encode))))
def test_any_bytes(pieces: list[bytes]) -> None:
    read_or_refuse(b"".join(pieces))


PAGE = "<html><body><article><h1>Osk closes its harbour</h1><p>{}</p></article></body></html>"
PROSE = "The minister of trade of Osk said on Sunday that the harbour would stay closed to all ships of Norland. " * 3
KEPT = {
    "right-to-left marks": "\u202e“The harbour stays open,”\u202c said Ada Venn, who is the mayor of Osk.",
    "zero-width characters": "“The har\u200bbour\ufeff stays open,” said Ada\u200d Venn, who is the mayor of Osk.",
    "soft hyphens": "“The har\u00adbour stays open,” said Ada Venn, who is the mayor of Osk.",
    "a lone surrogate": "“The harbour stays open,” said Ada Venn &#xD800; who is the mayor of Osk.",
    "NULs": "“The harbour stays open,” said Ada Venn &#0; who is the mayor of Osk.",
}


@pytest.mark.parametrize("name", KEPT)
def test_odd_characters_stay_where_they_stand(name: str) -> None:
    article = read_or_refuse(PAGE.format(PROSE + KEPT[name]).encode())
    assert article is not None
    quotation = KEPT[name][KEPT[name].index("“") : KEPT[name].index("”") + 1]
    assert quotation in article.text
    assert {block.kind for block in article.blocks} == {"headline", "body"}


DEEP = {
    "elements": b"<div>" * 50_000 + b"<p>" + PROSE.encode(),
    "inline elements": b"<p><b>" + b"<i>" * 50_000 + PROSE.encode(),
    "lists": b"<ul><li>" * 20_000 + PROSE.encode(),
    "tables": b"<table><tr><td>" * 5_000 + PROSE.encode(),
    "an entity bomb": b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a;" * 10) for n in range(40))
    + b"]><html><body><p>&a39;</p>"
    + PROSE.encode(),
    "structured data": b'<script type="application/ld+json">'
    + b'{"@graph":[' * 20_000
    + b"</script><p>"
    + PROSE.encode(),
}


@pytest.mark.parametrize("name", DEEP)
def test_deep_nesting_takes_no_time(name: str) -> None:
    began = perf_counter()
    read_or_refuse(b"<html><body>" + DEEP[name])
    assert perf_counter() - began < SECONDS
