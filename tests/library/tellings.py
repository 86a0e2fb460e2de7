"""Articles with statements marked by hand, kept in a library without the networks that would find them."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import create_engine, insert

from retold import read_text
from retold.article import Article, Span
from retold.language.vectors import text_vectors
from retold.library import schema
from retold.library.codes import pack_codes
from retold.library.opening import bring_up_to_date, close, open_for_writing
from retold.library.place import find_place
from retold.library.preparing import Reading
from retold.library.storing import number_of, store, store_publication
from retold.statements.statement import Speaker, Statement

_MARK = re.compile(r"<(?P<source>[^>]*)>|\{(?P<content>[^}]*)\}")


class Report(NamedTuple):
    """A report: `<` and `>` stand around the source of each statement, braces around the content that follows or
    precedes it: "<Ada Venn> said {“No.”}". Capitals make a source a name."""

    marked: str
    outlet: str | None = None
    published: str | None = None
    url: str | None = None


def keep(url: str, reports: Iterable[Report], *, compared: bool = True) -> list[Article]:
    """Keep reports in a library, and say of each that copies of it were looked for, where they were."""
    engine = open_for_writing(find_place(url))
    bring_up_to_date(engine)
    articles = []
    for report in reports:
        article, statements = _read(report)
        articles.append(article)
        with engine.execution_options(writes=True).begin() as connection:
            number = number_of(connection, article.id)
            if number is not None:
                store_publication(connection, number, article)
                continue
            told = [article.words(one.content) for one in statements]
            codes = pack_codes(text_vectors(told)) if told else b""
            number, _ = store(connection, article, Reading("by hand", tuple(statements), (), codes))
            if compared:
                row = {"article": number, "size": 0, "hashes": b""}
                connection.execute(insert(schema.fingerprints), [row])
    close(engine)
    return articles


def copies(url: str, one: Article, other: Article, of_one: float = 1.0, of_other: float = 1.0) -> None:
    """Say that two articles share words: which part of the words of each the other has."""
    engine = create_engine(url)
    with engine.begin() as connection:
        numbers = [number_of(connection, article.id) for article in (one, other)]
        row = {"article": numbers[0], "other": numbers[1], "kind": "copy", "of_article": of_one, "of_other": of_other}
        connection.execute(insert(schema.reuse), [row])
    engine.dispose()


def _read(report: Report) -> tuple[Article, list[Statement]]:
    text, sources, contents = "", [], []
    at = 0
    for mark in _MARK.finditer(report.marked):
        text += report.marked[at : mark.start()]
        kind = mark.lastgroup or ""
        span = Span(len(text), len(text) + len(mark[kind]))
        (sources if kind == "source" else contents).append(span)
        text += mark[kind]
        at = mark.end()
    text += report.marked[at:]
    article = read_text(
        text,
        name=f"{report.outlet} {report.published}.txt",
        outlet=report.outlet,
        published=report.published,
        url=report.url,
    )
    assert article.text == text
    return article, [_statement(article, *pair) for pair in zip(sources, contents, strict=True)]


def _statement(article: Article, source: Span, content: Span) -> Statement:
    written = article.words((source,))
    name = written if written[:1].isupper() else None
    return Statement(
        id=f"{article.id}-{content.start:08x}",
        article=article.id,
        kind="direct",
        source=(source,),
        cue=(),
        content=(content,),
        speakers=(Speaker(name=name, mention=source, how="by hand"),),
        how="by hand",
    )


def words_of(texts: Sequence[Article], article: str, spans: Iterable[Span]) -> str:
    """What stands at spans of the article of this id."""
    return next(one for one in texts if one.id == article).words(spans)
