"""The days of a dossier as the exports write them."""

from datetime import date

from retold.article import Article


def iso_day(text: str | None) -> date | None:
    """The day that an ISO date begins with; None where it is none.

    >>> iso_day("2031-03-12T08:00:00Z"), iso_day("spring 2031")
    (datetime.date(2031, 3, 12), None)
    """
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def published(article: Article) -> str | None:
    """When `article` was published: a day, or `first/last`; None: unknown."""
    return article.published or "/".join(article.published_range or ()) or None


def published_day(article: Article) -> date | None:
    """The day of publication, or the first day that it may have been; None: unknown."""
    return iso_day(published(article))
