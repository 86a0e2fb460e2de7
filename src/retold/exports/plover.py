"""The ledger as events of PLOVER, the Political Language Ontology for Verifiable Event Records.

A line is an event with the fields of the PLOVER manual, version 0.8, "Data Fields" (openeventdata/PLOVER:
PLOVER_MANUAL.tex), and the three names that NGEC has for its event, mode and context: `event_type`, `event_mode`,
`contexts` (ahalterman/NGEC:NGEC/formatter.py). What the ledger does not know is left out.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec

from retold.article import Article, Span
from retold.dossier.dossier import Dossier
from retold.dossier.labels import headline_of
from retold.exports.cells import encodable
from retold.exports.countries import country_code
from retold.exports.days import iso_day, published_day
from retold.language.sentences import article_sentences
from retold.ledger.position import Entry, Status

_SPECIAL_CONTEXTS: dict[Status, str] = {
    "future": "future",
    "hypothetical": "hypothetical",
    "negated": "negation",
    "historical": "historical",
}
"""What the manual's section "Special contexts" calls them."""


def to_plover(dossier: Dossier) -> bytes:
    """A line of UTF-8 JSON for each entry that has a PLOVER type and a day; the same dossier gives the same bytes.

    The day is the one on which it was said, else that of publication: PLOVER has no event without one.
    Raises: nothing that a dossier can cause.
    """
    events = plover_events(dossier)
    return b"".join(msgspec.json.encode(_plain(event)) + b"\n" for event in events)


def plover_events(dossier: Dossier) -> Iterator[dict[str, Any]]:
    """The same as dictionaries, in the order of the dossier."""
    articles = {article.id: article for article in dossier.articles}
    sentences = {article.id: article_sentences(article) for article in dossier.articles}
    for entry in dossier.ledger:
        article = articles[entry.evidence.article]
        day = iso_day(entry.said_on) or published_day(article)
        if entry.plover and day:
            around = _sentences_around(entry.evidence.span, sentences[article.id])
            yield {**_event(entry, article, day, around), "coder": f"retold {dossier.made.version}"}


def _event(entry: Entry, article: Article, day: date, sentence: Span) -> dict[str, Any]:
    modes, contexts = [entry.mode] if entry.mode else [], _contexts(entry)
    told = {
        "id": entry.id,
        "date": day.isoformat(),
        "source": [_source(entry, article)],
        "recipient": [_recipient(entry.recipient)] if entry.recipient else [],
        "event": [entry.plover],
        "mode": modes,
        "context": contexts,
        "event_type": entry.plover,
        "event_mode": entry.mode,
        "contexts": contexts,
        "event_text": [article.text[slice(*entry.evidence.span)]],
        "text": article.text[slice(*sentence)],
        "text_info": {"start": sentence.start, "end": sentence.end},
        "cite_info": _cited(article),
        "comment": None if iso_day(entry.said_on) else "the date is that of publication",
    }
    return _known(told)


def _source(entry: Entry, article: Article) -> dict[str, Any]:
    """Who acts: the actor object of the manual, and where its words stand (`start`, `end`)."""
    words = entry.words.actor if entry.words else None
    return _known(
        {
            "code": country_code(entry.organization) or country_code(entry.actor),
            "actor_text": article.text[slice(*words)] if words else None,
            "identifier_text": entry.actor,
            "organization": entry.organization,
            "start": words.start if words else None,
            "end": words.end if words else None,
        }
    )


def _recipient(name: str) -> dict[str, Any]:
    return _known({"code": country_code(name), "identifier_text": name})


def _contexts(entry: Entry) -> list[str]:
    """The contexts of the issue, and the special one that the status of the act is.

    A meeting that is planned or refused has its own type (AGREE, REJECT), and by the manual no special context then.
    """
    own_type = entry.act == "meet" and entry.plover != "CONSULT"
    special = None if own_type else _SPECIAL_CONTEXTS.get(entry.status)
    return [*entry.contexts, *([special] if special else [])]


def _cited(article: Article) -> dict[str, Any]:
    return _known(
        {
            "citation": article.id,
            "url": article.url,
            "title": headline_of(article),
            "publication": article.outlet,
        }
    )


def _sentences_around(span: Span, sentences: tuple[Span, ...]) -> Span:
    """The sentence that the words stand in, or all from the first to the last; the words alone where there is none."""
    touched = [sentence for sentence in sentences if sentence.start < span.end and span.start < sentence.end]
    ends = [span, *touched]
    return Span(min(each.start for each in ends), max(each.end for each in ends))


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}


def _plain(value: Any) -> Any:
    """`value` with texts that UTF-8 can hold."""
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    return encodable(value) if isinstance(value, str) else value
