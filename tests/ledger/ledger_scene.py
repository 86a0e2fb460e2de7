"""Articles and statements for the ledger's tests, written as text with marks.

`⟦Ada Korr⟧ ⟪said⟫ ⟨content⟩`: source, cue and content of one statement; the marks are taken out.
"""

import hashlib
import re

from retold.article import Article, Block, Origin, Span
from retold.ledger import Entry, find_entries, read_codebook
from retold.statements.statement import Speaker, Statement, StatementKind

CODEBOOK = read_codebook()
_MARKS = {"⟦": "source", "⟪": "cue", "⟨": "content"}
_CLOSING = {"⟧", "⟫", "⟩"}


def make_article(
    text: str, *, name: str = "report", published: str | None = None, outlet: str | None = None
) -> Article:
    """An article of body blocks, one a paragraph."""
    blocks = [
        Block(kind="body", start=m.start(), end=m.end(), reason="test", how="test")
        for m in re.finditer(r"[^\n]+", text)
    ]
    return Article(
        id=hashlib.sha256(text.encode()).hexdigest()[:12],
        input=name,
        outlet=outlet,
        published=published,
        published_basis="text" if published else "unknown",
        sha256="0" * 64,
        text=text,
        blocks=tuple(blocks),
        origin=(Origin(0, len(text), 0, len(text)),),
        how="test",
    )


def make_scene(
    marked: str, *, speaker: str | None = None, kind: StatementKind = "indirect", said_on: str | None = None
) -> tuple[Article, tuple[Statement, ...]]:
    """The article of a marked text, and its statement if it marks one; the speaker is the source unless given."""
    text, spans = "", {"source": [], "cue": [], "content": []}
    start = 0
    role = ""
    for char in marked:
        if char in _MARKS:
            role, start = _MARKS[char], len(text)
        elif char in _CLOSING:
            spans[role].append(Span(start, len(text)))
        else:
            text += char
    article = make_article(text)
    if not spans["content"]:
        return article, ()
    name = speaker or (text[slice(*spans["source"][0])] if spans["source"] else None)
    statement = Statement(
        id=f"{article.id}-s1",
        article=article.id,
        kind=kind,
        source=tuple(spans["source"]),
        cue=tuple(spans["cue"]),
        content=tuple(spans["content"]),
        speakers=(Speaker(name=name, kind="person", how="test"),),
        said_on=said_on,
        how="test",
    )
    return article, (statement,)


def entries_of(marked: str, *, speaker: str | None = None, kind: StatementKind = "indirect") -> tuple[Entry, ...]:
    article, statements = make_scene(marked, speaker=speaker, kind=kind)
    return find_entries([article], statements, CODEBOOK)


def row(entry: Entry) -> str:
    """ "actor act status ISSUE +": the row of an entry in one line; + for, - against, 0 neither."""
    sign = {True: "+", False: "-", None: "0"}[entry.agreement]
    return f"{entry.actor} {entry.act} {entry.status} {entry.issue} {sign}"
