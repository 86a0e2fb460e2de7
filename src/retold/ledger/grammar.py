"""The small words by the part they play in a clause (data/grammar.tsv)."""

from functools import cache

from retold.language.tables import read_table
from retold.language.tokens import Token


@cache
def words(kind: str) -> frozenset[str]:
    """The words of one class of data/grammar.tsv, lower case. Raises KeyError for a class that it does not have."""
    table: dict[str, set[str]] = {}
    for row in read_table("retold.ledger", "grammar.tsv"):
        table.setdefault(row["class"], set()).add(row["word"])
    return frozenset(table[kind])


def lower(token: Token) -> str:
    """The word in lower case, with a straight apostrophe."""
    return token.text.lower().replace("’", "'")
