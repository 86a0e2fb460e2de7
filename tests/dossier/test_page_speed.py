"""Twenty reports: the page stays small and quick to make. The bars are the design's, the time with room to spare."""

import random
import time

import msgspec
from invented_dossier import HOW, change, make_article, make_dossier, passage
from invented_ledger import make_ledger_dossier

from retold.article import Article, Evidence, Span
from retold.collation.collation import Passage, Support
from retold.dossier.dossier import Dossier
from retold.dossier.page import render_page
from retold.statements.statement import Speaker, Statement

WORDS = ("the", "ferry", "harbour", "toll", "night", "envoy", "minister", "said", "offered", "lowered", "quay", "boats")


def sentences(article: Article) -> list[Span]:
    return [block.span for block in article.own_blocks()]


def make_large() -> Dossier:
    """Twenty invented reports of 800 words; twelve aligned passages in each of the 190 pairs."""
    dice = random.Random(7)
    articles = [
        make_article(
            [("body", f"Report {n} line {line}: " + " ".join(dice.choices(WORDS, k=16)) + ".") for line in range(40)]
        )
        for n in range(20)
    ]
    return msgspec.structs.replace(
        make_dossier(), articles=tuple(articles), statements=tuple(map(spoken, articles)), retellings=(),
        passages=tuple(aligned(articles, dice)), support=tuple(row for a in articles for row in unsupported(a)),
        lineage=msgspec.structs.replace(make_dossier().lineage, nodes=(), edges=()), timeline=(), ledger=(),
        positions=(), findings=(),
    )  # fmt: skip


def spoken(article: Article) -> Statement:
    speaker = Speaker(name="Ana Brusk", kind="person", how=HOW)
    content = (sentences(article)[0],)
    return Statement(
        id=article.id,
        article=article.id,
        kind="indirect",
        source=(),
        cue=(),
        content=content,
        speakers=(speaker,),
        how=HOW,
    )


def aligned(articles: list[Article], dice: random.Random) -> list[Passage]:
    found = []
    for number, a in enumerate(articles):
        for b in articles[:number]:
            for line in dice.sample(range(40), 12):
                here, there = Evidence(a.id, (sentences(a)[line],)), Evidence(b.id, (sentences(b)[line],))
                found.append(passage(len(found), here, there, "altered", change("number", here, there, "other figure")))
    return found


def unsupported(article: Article) -> list[Support]:
    template = make_dossier().support[1]
    return [
        msgspec.structs.replace(template, id=f"{article.id}-{n}", article=article.id, span=span)
        for n, span in enumerate(sentences(article)[:20])
    ]


def test_twenty_reports() -> None:
    dossier = make_large()
    assert len(dossier.passages) == 190 * 12
    started = time.perf_counter()
    page = render_page(dossier)
    assert time.perf_counter() - started < 6  # 1.0 s on two cores; three times that when they are shared
    assert len(page.encode()) < 3_000_000
    assert "more pairs, which this page only counts" in page


def test_two_hundred_rows_of_the_ledger() -> None:
    dossier = make_ledger_dossier()
    render_page(dossier)
    started = time.perf_counter()
    page = render_page(dossier)
    assert time.perf_counter() - started < 2  # 0.15 s on two cores
    assert len(page.encode()) < 700_000


def test_two_reports() -> None:
    dossier = make_dossier()
    render_page(dossier)
    started = time.perf_counter()
    render_page(dossier)
    assert time.perf_counter() - started < 0.1
