"""How tables for people are drawn, whatever they show. Nothing else of the rooms is loaded for it."""

from rich.table import Table
from rich.text import Text

from retold.dossier.labels import clip, one_line

_WIDTH = 240  # characters of article text in a cell; the whole is in the JSON


def new_table(title: str, **columns: int) -> Table:
    """A table that fills the line; each column with its share of the width (0: as narrow as its words)."""
    table = Table(title=Text(title), title_justify="left", box=None, pad_edge=False, show_edge=False, expand=True)
    for column, share in columns.items():
        table.add_column(column, ratio=share or None, no_wrap=not share, overflow="fold")
    return table


def table_cell(text: str | None) -> Text:
    return Text(clip(one_line(text or "–"), _WIDTH))
