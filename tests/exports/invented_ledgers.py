"""Ledgers of invented reports: actors who agree, differ and waver, and text that tries to break what it is put into."""

import msgspec
from tests.dossier.invented_dossier import COURIER, HOW, TIDE, make_article, make_dossier, pin

from retold.article import Article
from retold.dossier.dossier import Dossier
from retold.ledger.position import Entry, EntryWords

BEACON = make_article(
    [("body", "🚢🚢 The night ferries come too late, Ada Venn of Telmar said."), ("body", "Telmar backs the toll.")],
    input="beacon.txt",
    published_range=("2031-03-10", "2031-03-14"),
)
"""Two characters that Java counts twice stand before everything."""


def entry(number: int, actor: str, side: str | None, issue: str, agreement: bool | None, **fields: object) -> Entry:
    """Entry `number`: what `actor` of `side` says on `issue`, in the Courier where `fields` name no other words."""
    known: dict[str, object] = {
        "recipient": None, "concept": issue.title(), "act": "state", "plover": None, "mode": None, "contexts": (),
        "status": "actual", "condition": None, "hearsay": False, "statement": None, "said_on": None, "how": HOW,
        "evidence": pin(COURIER, "He asked for 12 night ferries."), **fields,
    }  # fmt: skip
    return Entry(id=f"e-{number}", actor=actor, organization=side, issue=issue, agreement=agreement, **known)  # type: ignore[arg-type]


def ledger_dossier(*entries: Entry) -> Dossier:
    """The invented dossier, and the Beacon with it, with these entries."""
    whole = make_dossier()
    return msgspec.structs.replace(whole, articles=(*whole.articles, BEACON), ledger=entries)


def wavering_dossier() -> Dossier:
    """Brusk and Venn are for the toll, Vell is for and against it; on ferries Venn is against, Brusk neither."""
    late = pin(BEACON, "The night ferries come too late")
    venn = late.span.end + len(", ")
    words = EntryWords(actor=type(late.span)(venn, venn + len("Ada Venn")), act=late.span)
    return ledger_dossier(
        entry(1, "Ana Brusk", "Varenia", "toll", True, act="offer", plover="AGREE", said_on="2031-03-11"),
        entry(2, "Ana Brusk", "Varenia", "toll", True, evidence=pin(TIDE, "We will lower the toll")),
        entry(3, "Teodor Vell", "Kolduria", "toll", True, plover="REQUEST", status="negated", recipient="Iran"),
        entry(4, "Teodor Vell", "Kolduria", "toll", False),
        entry(5, "Ada Venn", "Telmar", "ferries", False, plover="REJECT", evidence=late, words=words),
        entry(6, "Telmar", "Telmar", "toll", True, evidence=pin(BEACON, "Telmar backs the toll.")),
        entry(7, "Ana Brusk", "Varenia", "ferries", None, evidence=pin(TIDE, "20 night ferries"), plover="CONSULT"),
        entry(8, "Ada Venn", "Telmar", "toll", True, evidence=late),
    )


def hostile_ledger(text: str) -> Dossier:
    """`wavering_dossier` with `text` wherever the reports or their authors have a say, and before all other words."""
    whole = wavering_dossier()
    ledger = tuple(
        msgspec.structs.replace(
            each, actor=text, organization=text, recipient=text, concept=text, condition=text, consequence=text,
            speaker=text, channel=text, mode=text, contexts=(text,), how=text, words=None,
            evidence=type(each.evidence)(each.evidence.article, _moved(each, len(text))),
        )
        for each in whole.ledger
    )  # fmt: skip
    articles = tuple(_hostile(article, text) for article in whole.articles)
    return msgspec.structs.replace(whole, articles=articles, ledger=ledger)


def _moved(each: Entry, by: int) -> tuple[int, int]:
    return type(each.evidence.span)(each.evidence.span.start + by, each.evidence.span.end + by)


def _hostile(article: Article, text: str) -> Article:
    return msgspec.structs.replace(
        article, title=text, outlet=text, author=text, url=text, text=text + article.text, blocks=(), published=text
    )
