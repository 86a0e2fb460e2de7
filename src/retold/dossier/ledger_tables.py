"""What `retold ledger` shows a person: positions, acts, timeline."""

from rich.console import Group, RenderableType
from rich.text import Text

from retold.dossier.dossier import Dossier
from retold.dossier.labels import count_of, how_sure, label_articles, one_line
from retold.dossier.table_parts import new_table, table_cell
from retold.ledger import Entry, Position, day_of

_VALUE_STYLES = {"for": "green", "against": "red", "open": "yellow"}


def position_table(dossier: Dossier) -> RenderableType:
    """Where each actor stands on each issue, with how it moved."""
    labels = {entry.issue: entry.concept for entry in dossier.ledger}
    table = new_table("Where they stand", actor=2, issue=2, stand=0, change=0, since=0, told=2, condition=3)
    for position in dossier.positions:
        table.add_row(
            table_cell(position.actor),
            table_cell(labels.get(position.issue, position.issue)),
            Text(position.value, _VALUE_STYLES.get(position.value, "")),
            position.change.replace("_", " "),
            position.since or "–",
            _told(position),
            table_cell(position.condition),
        )
    return Group(table, "") if dossier.positions else Text("No position on an issue of the codebook was found.\n")


def _told(position: Position) -> Text:
    """How often and by how many a position is told: "5 rows, 2 voices"; copies of one report are one voice."""
    told = f"{count_of(len(position.statements), 'row')}, {count_of(position.voices, 'voice')}"
    return Text(told + (" · reports differ" if position.contradicted_by else ""))


def act_table(dossier: Dossier) -> RenderableType:
    """The acts of the ledger, each with the words it rests on."""
    articles = {article.id: article for article in dossier.articles}
    labels = label_articles(dossier.articles)
    table = new_table("What they did and said", actor=2, act=0, issue=2, day=0, sure=0, words=6, where=0)
    for entry in dossier.ledger:
        article = articles[entry.evidence.article]
        table.add_row(
            table_cell(" → ".join(filter(None, (entry.actor, entry.recipient)))),
            Text(_act_words(entry)),
            table_cell(entry.concept),
            day_of(entry, articles) or "–",
            how_sure(entry.confidence),
            table_cell(article.text[slice(*entry.evidence.span)]),
            labels[article.id].where(entry.evidence.span),
        )
    reports = [Text(f"{label.letter}: {one_line(label.article.input)}") for label in labels.values()]
    return Group(table, "", *reports, "") if dossier.ledger else Text("No act on an issue of the codebook was found.\n")


def _act_words(entry: Entry) -> str:
    notes = [note for note, told in ((entry.status, entry.status != "actual"), ("hearsay", entry.hearsay)) if told]
    return entry.act.replace("_", " ") + (f" ({', '.join(notes)})" if notes else "")


def happening_table(dossier: Dossier) -> RenderableType:
    """What happened when, by the words of the reports."""
    table = new_table("Timeline", day=0, when=1, what=5)
    for happening in dossier.timeline:
        table.add_row(happening.date or "–", table_cell(happening.when), table_cell(happening.what))
    return Group(table, "") if dossier.timeline else Text("No dated event was found.\n")
