"""What was added, altered, left out, and what the other reports do not have."""

from collections.abc import Iterable

from retold.article import Evidence
from retold.collation.collation import Change, Support
from retold.dossier.views.scope import CHANGE_WORDS, VERDICT_WORDS, Scope, sure
from retold.dossier.views.view import ChangeGroupView, SupportGroupView, SupportView

MOST_CHANGES = 120
"""Changes of one kind that are listed; the rest is in dossier.json."""


def change_groups(scope: Scope) -> tuple[ChangeGroupView, ...]:
    """Every change of passages and retellings once, by kind, in the order in which the kinds are explained."""
    by_kind: dict[str, list[Change]] = {}
    for change in all_changes(scope):
        by_kind.setdefault(change.kind, []).append(change)
    return tuple(
        ChangeGroupView(
            kind, word, meaning, scope.changes(by_kind[kind][:MOST_CHANGES]), max(0, len(by_kind[kind]) - MOST_CHANGES)
        )
        for kind, (word, meaning) in CHANGE_WORDS.items()
        if kind in by_kind
    )


def all_changes(scope: Scope) -> Iterable[Change]:
    """The changes of all passages and retellings; one found on both ways is given once."""
    passages = [change for passage in scope.dossier.passages for change in passage.changes]
    links = [change for retelling in scope.dossier.retellings for link in retelling.links for change in link.changes]
    return {(change.kind, change.before, change.after): change for change in (*passages, *links)}.values()


def support_groups(scope: Scope) -> tuple[SupportGroupView, ...]:
    """For each report the sentences that the others do not wholly bear out, in the order of the text."""
    groups = []
    for article in scope.dossier.articles:
        rows = [row for row in scope.dossier.support if row.article == article.id and row.verdict != "supported"]
        rows.sort(key=lambda row: row.span.start)
        label = scope.labels[article.id]
        groups.append(SupportGroupView(label.both, label.letter, tuple(_support(scope, row) for row in rows)))
    return tuple(group for group in groups if group.sentences)


def _support(scope: Scope, row: Support) -> SupportView:
    return SupportView(
        verdict=row.verdict,
        word=VERDICT_WORDS[row.verdict],
        words=scope.words(Evidence(row.article, (row.span,)), width=400),
        by=tuple(scope.words(words) for words in row.by),
        closest=scope.words(row.closest) if row.closest else None,
        changes=scope.changes(row.changes),
        sure=sure(row),
        marks="not_found" if row.verdict == "unsupported" else row.verdict,
        tag=scope.tag(row.id, row),
    )
