"""What single commands show a person: tables of statements, of blocks, of a comparison."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from rich.console import Group, RenderableType
from rich.text import Text

from retold.article import OWN_WORDS, Article
from retold.collation.collation import Collation
from retold.dossier.correction import Correction
from retold.dossier.corrections import SAID_WORDS, told_value
from retold.dossier.labels import BLOCK_WORDS, headline_of, how_sure, one_line, visible
from retold.dossier.table_parts import new_table, table_cell
from retold.statements.statement import Statement


def _heading(article: Article) -> str:
    title = headline_of(article)
    return one_line(article.input) + (f": {title}" if title else "")


def statement_table(article: Article, statements: Sequence[Statement]) -> RenderableType:
    """Who said what, one row a statement, in text order."""
    table = new_table(_heading(article), speaker=2, kind=0, said=6, occasion=2, sure=0)
    for statement in statements:
        names = ", ".join(speaker.name or "unknown" for speaker in statement.speakers) or "unknown"
        occasion = ", ".join(part for part in (statement.channel, statement.said_on) if part)
        table.add_row(
            table_cell(names),
            statement.kind,
            table_cell(article.words(statement.content)),
            table_cell(occasion),
            how_sure(statement.confidence),
        )
    return Group(table, "") if statements else Group(Text(_heading(article)), Text("no statements found"), "")


_LONGEST_RUN = 3  # neighbouring blocks of one kind that have a row each; a page's menu has one row in all


def block_table(article: Article) -> RenderableType:
    """What was set aside of an article, and why."""
    aside = [block for block in article.blocks if block.kind not in OWN_WORDS]
    table = new_table(f"Set aside of {one_line(article.input)}", kind=0, words=3, why=2)
    for kind, run in groupby(aside, key=lambda block: block.kind):
        blocks = list(run)
        if len(blocks) <= _LONGEST_RUN:
            for block in blocks:
                table.add_row(
                    BLOCK_WORDS[kind], table_cell(article.text[block.start : block.end]), table_cell(block.reason)
                )
        else:
            words = " · ".join(article.text[block.start : block.end] for block in blocks[:_LONGEST_RUN])
            reason = Counter(block.reason for block in blocks).most_common(1)[0][0]
            table.add_row(f"{BLOCK_WORDS[kind]} × {len(blocks)}", table_cell(f"{words} …"), table_cell(reason))
    return table if aside else Text(f"Nothing was set aside of {one_line(article.input)}")


def own_text(article: Article) -> RenderableType:
    """The article's own words: headline, sub-headings and body, blocks parted by empty lines."""
    return Text("\n\n".join(visible(article.text[b.start : b.end].strip()) for b in article.own_blocks()) + "\n")


def collation_table(collation: Collation, a: Article, b: Article) -> RenderableType:
    """The passages two articles share, in the order of the second, with what changed."""
    articles = {a.id: a, b.id: b}
    table = new_table(f"{one_line(a.input)} and {one_line(b.input)}", first=3, second=3, relation=0, changes=3)
    for passage in collation.passages:
        table.add_row(
            table_cell(articles[passage.a].words(passage.a_spans)),
            table_cell(articles[passage.b].words(passage.b_spans)),
            passage.relation,
            Text("\n".join(one_line(change.note) for change in passage.changes)),
        )
    title = table.title or ""
    return Group(table, "") if collation.passages else Group(title, Text("nothing is told in both"), "")


def correction_table(corrections: Iterable[Correction], rows: Mapping[str, str]) -> RenderableType:
    """What an analyst said of which rows; `rows` are the words for the kind of each, by its id."""
    table = new_table("Corrections", id=3, row=2, verdict=0, sets=3, note=3, by=1, at=0)
    for each in corrections:
        sets = "; ".join(f"{field} = {told_value(field, value) or 'nothing'}" for field, value in each.set.items())
        kind = rows.get(each.id, "no row any more")
        cells = (kind, SAID_WORDS[each.verdict][1], sets, each.note, each.by, each.at[:10])
        table.add_row(table_cell(each.id), *map(table_cell, cells))
    return table if table.row_count else Text("No row is corrected.")
