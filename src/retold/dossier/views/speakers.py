"""Who said what: the statements by speaker, each utterance once with all its tellings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from retold.article import Evidence
from retold.collation.collation import Link, Retelling
from retold.dossier.labels import count_of, one_line, spoken_date
from retold.dossier.views.marking import Mark, cut
from retold.dossier.views.scope import RELATION_WORDS, SEVERITY, Scope, marks_of, sure
from retold.dossier.views.view import ChangeView, Segment, SpeakerView, TellingView, UtteranceView
from retold.statements.statement import Statement

UNKNOWN = "unknown"
_KIND_WORDS = {"direct": "direct speech", "indirect": "indirect speech", "mixed": "partly quoted"}


@dataclass(frozen=True)
class Cast:
    """The speakers of a dossier: the fullest form of each name, and a short key for it, by the name as resolved."""

    fullest: Mapping[str, str]
    keys: Mapping[str, str]

    def of(self, statement: Statement) -> tuple[str, ...]:
        """The keys of the statement's speakers; ("unknown",) where none is named."""
        names = (speaker.name for speaker in statement.speakers)
        return tuple(dict.fromkeys(self.keys[name] if name else UNKNOWN for name in names)) or (UNKNOWN,)


def find_cast(statements: Iterable[Statement]) -> Cast:
    """One speaker for "Brusk" in one report and "Ana Brusk" in another, where only one fuller name ends the same.

    With two fuller candidates the short name stays on its own (unknown is an answer).
    """
    names = sorted({s.name for statement in statements for s in statement.speakers if s.name})
    tokens = {name: tuple(name.casefold().split()) for name in names}
    ending: dict[str, list[str]] = {}
    for name in names:
        if tokens[name]:
            ending.setdefault(tokens[name][-1], []).append(name)
    fullest = {name: _fullest(name, ending.get(tokens[name][-1] if tokens[name] else "", []), tokens) for name in names}
    people = sorted(set(fullest.values()))
    numbers = {person: f"w{number}" for number, person in enumerate(people, start=1)}
    return Cast(fullest, {name: numbers[fullest[name]] for name in names})


def _fullest(name: str, alike: list[str], tokens: Mapping[str, tuple[str, ...]]) -> str:
    own = set(tokens[name])
    fuller = [other for other in alike if own < set(tokens[other])]
    widest = [a for a in fuller if not any(set(tokens[a]) < set(tokens[b]) for b in fuller)]
    return widest[0] if len(widest) == 1 else name


def speakers_view(scope: Scope, cast: Cast) -> tuple[SpeakerView, ...]:
    """The speakers, those with most utterances first, the unknown last.

    What most reports tell comes first among the utterances; then input order.
    """
    statements = {statement.id: statement for statement in scope.dossier.statements}
    said: dict[str, list[UtteranceView]] = {}
    met: dict[str, list[Statement]] = {}
    for number, (fullest, retelling) in enumerate(_utterances(scope, statements), start=1):
        told = [statements[i] for i in retelling.statements] if retelling else [fullest]
        utterance = _utterance(scope, cast, f"said-{number}", fullest, told, retelling)
        for key in cast.of(fullest):
            said.setdefault(key, []).append(utterance)
            met.setdefault(key, []).extend(told)
    names = {cast.keys[name]: fullest for name, fullest in cast.fullest.items()}
    for utterances in said.values():
        utterances.sort(key=lambda utterance: -len({telling.words.letter for telling in utterance.tellings}))
    order = sorted(said, key=lambda key: (key == UNKNOWN, -len(said[key]), names.get(key, "")))
    return tuple(_speaker(scope, cast, key, names.get(key), said[key], met[key]) for key in order)


def _utterances(scope: Scope, statements: Mapping[str, Statement]) -> list[tuple[Statement, Retelling | None]]:
    """Each utterance once, by its fullest telling, in the order of the statements."""
    told_by = {retelling.fullest: retelling for retelling in scope.dossier.retellings}
    retold = {i for retelling in scope.dossier.retellings for i in retelling.statements if i != retelling.fullest}
    return [(s, told_by.get(i)) for i, s in statements.items() if i in told_by or i not in retold]


def _speaker(
    scope: Scope, cast: Cast, key: str, name: str | None, said: list[UtteranceView], met: list[Statement]
) -> SpeakerView:
    named = [s for statement in met for s in statement.speakers if key == (cast.keys[s.name] if s.name else UNKNOWN)]
    roles = {role.casefold(): role for role in (one_line(s.role) for s in named if s.role)} if name else {}
    outlets = dict.fromkeys(scope.labels[statement.article].letter for statement in met)
    told = count_of(len(said), "utterance") + " in " + ", ".join(outlets)
    return SpeakerView(key, one_line(name) if name else None, "; ".join(list(roles.values())[:2]), told, tuple(said))


def _utterance(
    scope: Scope, cast: Cast, dom_id: str, fullest: Statement, told: list[Statement], retelling: Retelling | None
) -> UtteranceView:
    links = {link.other: link for link in (retelling.links if retelling else ()) if link.fuller == fullest.id}
    for link in retelling.links if retelling else ():
        links.setdefault(link.other, link)
    others = [statement for statement in told if statement.id != fullest.id]
    tellings = tuple(_telling(scope, statement, links.get(statement.id)) for statement in (fullest, *others))
    relations = {telling.relation for telling in tellings if telling.relation}
    return UtteranceView(
        id=dom_id,
        kind=_KIND_WORDS[fullest.kind],
        words=scope.words(Evidence(fullest.article, fullest.content)),
        segments=_content(scope, fullest, links.values()),
        occasion=_occasion(fullest),
        hearsay=fullest.parent is not None,
        tellings=tellings,
        sure=sure(retelling or fullest),
        marks=marks_of(sorted(relations, key=SEVERITY.index), (c.kind for t in tellings for c in t.changes)),
        speakers=" ".join(cast.of(fullest)),
        tag=scope.tag(fullest.id, fullest),
        retelling=scope.tag(retelling.id, retelling) if retelling else None,
    )


def _telling(scope: Scope, statement: Statement, link: Link | None) -> TellingView:
    changes: tuple[ChangeView, ...] = scope.changes(link.changes) if link else ()
    article = scope.article(statement.article)
    return TellingView(
        words=scope.words(Evidence(statement.article, statement.content), width=200),
        relation=link.relation if link else "",
        relation_word=RELATION_WORDS[link.relation] if link else "",
        source=one_line(article.words((*statement.source, *statement.cue))),
        changes=changes,
        tag=scope.tag(statement.id, statement),
    )


def _content(scope: Scope, statement: Statement, links: Iterable[Link]) -> tuple[Segment, ...]:
    """The content of the fullest telling; what any other telling alters is marked in it."""
    text = scope.article(statement.article).text
    marks = [
        Mark(span, change.kind)
        for link in links
        for change in link.changes
        if change.before and change.before.article == statement.article
        for span in change.before.spans
    ]
    segments: list[Segment] = []
    for number, span in enumerate(statement.content):
        if number:
            segments.append(Segment(" … ", "gap"))
        for piece, names in cut(span, marks):
            segments.append(Segment(one_line_keeping_edges(text[piece.start : piece.end]), "touched" if names else ""))
    return tuple(segments)


def one_line_keeping_edges(text: str) -> str:
    """`one_line`, but a space at either end stays: the segments are set one after the other."""
    inner = one_line(text)
    if not inner:
        return " " if text else ""
    return (" " if text[0].isspace() else "") + inner + (" " if text[-1].isspace() else "")


def _occasion(statement: Statement) -> tuple[str, ...]:
    """Where, to whom and when it was said; only what is known."""
    parts = []
    if statement.channel:
        parts.append(f"channel: {one_line(statement.channel)}")
    if statement.addressee:
        parts.append(f"to: {one_line(statement.addressee)}")
    if statement.said_on:
        basis = ", worked out" if statement.said_on_basis == "relative" else ""
        parts.append(f"{spoken_date(statement.said_on)}{basis}")
    return tuple(parts)
