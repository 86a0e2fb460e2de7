"""A small dossier of two invented reports, and the hands to build such ones: words in, spans out."""

# ruff: noqa: E501  (a row of the dossier reads best on one line)

import hashlib
from collections.abc import Iterable

from retold.article import Article, Block, BlockKind, Evidence, Origin, Pin, Problem, Span
from retold.collation.collation import Change, ChangeKind, Link, Passage, Relation, Retelling, Support
from retold.dossier.dossier import Dossier, Finding, Made
from retold.ledger.position import Entry, Happening, Position
from retold.lineage.lineage import Argument, Edge, Lineage, Node
from retold.statements.statement import Speaker, Statement

HOW = "by hand"


def make_article(blocks: Iterable[tuple[BlockKind, str]], **fields: object) -> Article:
    """An article whose blocks are these texts, two line feeds apart."""
    text, placed = "", []
    for kind, words in blocks:
        start = len(text) + (2 if text else 0)
        text = f"{text}\n\n{words}" if text else words
        placed.append(Block(kind=kind, start=start, end=len(text), reason=f"because it is {kind}", how=HOW))
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    known = {"input": "report.txt", "sha256": digest, "how": HOW, **fields}
    origin = (Origin(0, len(text), 0, len(text)),)
    return Article(id=digest[:12], text=text, blocks=tuple(placed), origin=origin, **known)  # type: ignore[arg-type]


def at(article: Article, words: str, nth: int = 0) -> Span:
    """The span of the nth occurrence of `words`; a mistake in a test is a ValueError."""
    start = -1
    for _ in range(nth + 1):
        start = article.text.index(words, start + 1)
    return Span(start, start + len(words))


def words_of(article: Article, *words: str) -> Evidence:
    return Evidence(article.id, tuple(at(article, each) for each in words))


def pin(article: Article, words: str) -> Pin:
    return Pin(article.id, at(article, words))


def said(
    article: Article,
    number: int,
    name: str | None,
    source: str | None,
    cue: str | None,
    *content: str,
    **fields: object,
) -> Statement:
    """Statement `number` of `article`; the speaker's mention is the source."""
    mention = at(article, source) if source else None
    role = fields.pop("role", None)
    speaker = Speaker(name=name, role=role, kind="person" if name else "unknown", mention=mention, how=HOW)  # type: ignore[arg-type]
    kind = "direct" if all("“" in words for words in content) else "indirect"
    return Statement(
        id=f"{article.id}-{number}",
        article=article.id,
        kind=kind,  # type: ignore[arg-type]
        source=(mention,) if mention else (),
        cue=(at(article, cue),) if cue else (),
        content=tuple(at(article, words) for words in content),
        speakers=(speaker,),
        how=HOW,
        **fields,  # type: ignore[arg-type]
    )


def change(kind: ChangeKind, before: Evidence | None, after: Evidence | None, note: str, sure: float = 0.9) -> Change:
    return Change(kind=kind, before=before, after=after, note=note, how=HOW, confidence=sure)


def passage(number: int, a: Evidence, b: Evidence, relation: Relation, *changes: Change, sure: float = 0.95) -> Passage:
    return Passage(
        id=f"p-{number}", a=a.article, a_spans=a.spans, b=b.article, b_spans=b.spans, relation=relation,
        changes=changes, how=HOW, confidence=sure,
    )  # fmt: skip


COURIER = make_article(
    [
        ("headline", "Ferry talks end with a half promise"),
        ("body", "The envoys of Varenia offered to lower the harbour toll, Minister Ana Brusk said on Tuesday."),
        ("caption", "Ana Brusk on the quay at Lund Bay"),
        ("credit", "(Picture: J. Tolm)"),
        (
            "body",
            "“We will lower the toll if the ferries run at night. That is our last word,” Brusk told Radio Telmar.",
        ),
        ("subhead", "What Kolduria wants"),
        (
            "body",
            "Kolduria’s delegate, Teodor Vell, called the plan “a door half open”. He asked for 12 night ferries.",
        ),
        ("body", "The first round of talks, on 3 March 2031, broke off after two hours."),
        ("teaser", "Ten soups for a cold evening"),
        ("furniture", "Telmar News Pool"),
    ],
    input="courier.txt",
    outlet="The Harrow Courier",
    published="2031-03-12",
    published_basis="metadata",
)

TIDE = make_article(
    [
        ("headline", "Varenia gives way on toll"),
        ("body", "Varenia was forced to lower the harbour toll."),
        ("body", "“We will lower the toll,” Minister Brusk said. Vell asked for 20 night ferries."),
        ("body", "Old sailors remember the winter of the long ice."),
    ],
    input="tide.html",
    title="Varenia gives way on toll",
    url="https://tide.example/toll",
)


def make_dossier() -> Dossier:
    """Two reports: B rewrites A, or its source. Every list of the dossier holds at least one row."""
    offered = words_of(COURIER, "offered to lower the harbour toll")
    forced = words_of(TIDE, "was forced to lower the harbour toll")
    stronger = change("strength", words_of(COURIER, "offered to"), words_of(TIDE, "was forced to"), "offered → forced")
    number = change("number", words_of(COURIER, "12"), words_of(TIDE, "20"), "12 → 20 night ferries", 0.99)
    condition = change("condition", words_of(COURIER, "if the ferries run at night"), None, "the condition is gone")
    promise = "“We will lower the toll if the ferries run at night. That is our last word,”"
    statements = (
        said(COURIER, 1, "Ana Brusk", "Minister Ana Brusk", "said", "The envoys of Varenia offered to lower the harbour toll", role="Minister"),
        said(COURIER, 2, "Ana Brusk", "Brusk", "told", promise, role="Minister", channel="Radio Telmar", said_on="2031-03-11", said_on_basis="relative"),
        said(COURIER, 3, "Teodor Vell", "Kolduria’s delegate, Teodor Vell", "called", "“a door half open”", role="delegate"),
        said(COURIER, 4, "Teodor Vell", "He", "asked for", "12 night ferries"),
        said(TIDE, 1, "Brusk", "Minister Brusk", "said", "“We will lower the toll,”"),
        said(TIDE, 2, None, "Vell", "asked for", "20 night ferries"),
    )  # fmt: skip
    by_number = {statement.id: statement for statement in statements}
    assert len(by_number) == len(statements)
    links = (
        Link(fuller=statements[1].id, other=statements[4].id, relation="altered", changes=(condition,), how=HOW),
        Link(fuller=statements[3].id, other=statements[5].id, relation="altered", changes=(number,), how=HOW),
    )
    retellings = tuple(
        Retelling(
            id=f"r-{n}",
            statements=(link.fuller, link.other),
            earliest=None,
            fullest=link.fuller,
            links=(link,),
            how=HOW,
        )
        for n, link in enumerate(links, start=1)
    )
    ice = at(TIDE, "Old sailors remember the winter of the long ice.")
    return Dossier(
        made=Made(version="0.1.0", at="2031-03-13T08:00:00Z", models=()),
        articles=(COURIER, TIDE),
        statements=statements,
        retellings=retellings,
        passages=(
            passage(1, offered, forced, "altered", stronger),
            passage(2, words_of(COURIER, promise), words_of(TIDE, "“We will lower the toll,”"), "altered", condition),
            passage(3, words_of(COURIER, "He asked for 12 night ferries."), words_of(TIDE, "Vell asked for 20 night ferries."), "altered", number),
        ),
        support=(
            Support(id="u-1", article=TIDE.id, span=ice, verdict="unsupported", by=(), closest=words_of(COURIER, "The first round of talks"), changes=(), how=HOW, confidence=0.8),
            Support(id="u-2", article=COURIER.id, span=at(COURIER, "The first round of talks, on 3 March 2031, broke off after two hours."), verdict="unsupported", by=(), closest=None, changes=(), how=HOW),
        ),
        lineage=Lineage(
            nodes=(
                Node(id="n-a", article=COURIER.id, label="The Harrow Courier", evidence=(), how=HOW),
                Node(id="n-b", article=TIDE.id, label="tide.html", evidence=(), how=HOW),
                Node(id="n-o", article=None, label="Telmar News Pool", how=HOW, evidence=(
                    Argument(kind="credit", note="credited at the foot of A", evidence=(words_of(COURIER, "Telmar News Pool"),), how=HOW),
                )),
            ),
            edges=(
                Edge(source="n-o", derivative="n-a", share=1.0, direction="likely", evidence=(), how=HOW),
                Edge(source="n-a", derivative="n-b", share=0.75, direction="certain", how=HOW, evidence=(
                    Argument(kind="strict_part", note="a quotation of B is a strict part of one of A’s", evidence=(words_of(COURIER, promise), words_of(TIDE, "“We will lower the toll,”")), how=HOW),
                )),
            ),
            how=HOW,
        ),
        timeline=(
            Happening(id="t-1", date="2031-03-03", precision="day", when="on 3 March 2031", what="The first round of talks broke off after two hours", evidence=(pin(COURIER, "The first round of talks, on 3 March 2031, broke off after two hours."),), how=HOW),
            Happening(id="t-2", date=None, precision=None, when="the winter of the long ice", what="Old sailors remember the winter of the long ice.", evidence=(Pin(TIDE.id, ice),), how=HOW),
        ),
        ledger=(
            Entry(id="e-1", actor="Ana Brusk", organization="Varenia", recipient="Kolduria", issue="tolls", concept="Harbour tolls", act="offer", plover="CONSULT", mode=None, contexts=(), agreement=True, status="future", condition="if the ferries run at night", hearsay=False, statement=statements[1].id, evidence=pin(COURIER, promise), said_on="2031-03-11", how=HOW),
            Entry(id="e-2", actor="Teodor Vell", organization="Kolduria", recipient="Varenia", issue="ferries", concept="Night ferries", act="demand", plover=None, mode=None, contexts=(), agreement=None, status="actual", condition=None, hearsay=True, statement=None, evidence=pin(COURIER, "He asked for 12 night ferries."), said_on=None, how=HOW),
        ),
        positions=(
            Position(id="q-1", actor="Ana Brusk", issue="tolls", value="for", strength=0.7, condition="if the ferries run at night", since="2031-03-11", until=None, statements=("e-1",), outlets=("The Harrow Courier",), change="new", proof=None, how=HOW),
        ),
        findings=(
            Finding(id="f-1", kind="derivation", text="Report B derives from report A, or from its source.", rows=("n-a", "n-b"), evidence=(words_of(TIDE, "“We will lower the toll,”"),), how=HOW),
            Finding(id="f-2", kind="altered", text="Stronger than its source: B has “was forced to”, A “offered to”.", rows=("p-1",), evidence=(words_of(TIDE, "was forced to"), words_of(COURIER, "offered to")), how=HOW, confidence=0.9),
            Finding(id="f-3", kind="not_found", text="Not found in the other report: “Old sailors remember the winter of the long ice.”", rows=("u-1",), evidence=(Evidence(TIDE.id, (ice,)),), how=HOW, confidence=0.8),
        ),
        problems=(
            Problem(level="error", input="empty.txt", reason="the file is empty", how=HOW),
            Problem(level="note", input="tide-copy.html", reason="the same bytes as tide.html; read once", how=HOW),
        ),
    )  # fmt: skip
