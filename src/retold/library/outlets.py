"""Which outlets published an article."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, select

from retold.library import schema
from retold.library.loading import in_parts


def outlets_of(connection: Connection, numbers: Sequence[int]) -> dict[int, list[str]]:
    """The outlets that published each of these articles, the first one first; an article without a known one is left
    out."""
    columns = schema.publications.c
    found: defaultdict[int, list[str]] = defaultdict(list)
    for some in in_parts(numbers):
        query = select(columns.article, columns.outlet).where(columns.article.in_(some), columns.outlet.is_not(None))
        for article, outlet in connection.execute(query.order_by(columns.number)):
            if outlet not in found[article]:
                found[article].append(outlet)
    return dict(found)
