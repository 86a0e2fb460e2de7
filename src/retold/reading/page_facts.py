"""What a page says about itself: title, outlet, author, address and day, from JSON-LD, OpenGraph and its own marks."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from lxml.html import HtmlElement  # type: ignore[import-untyped]

from retold.article import Block
from retold.reading.publication import (
    Facts,
    Publication,
    first_known,
    publication_from_metadata,
    publication_from_text,
    publication_from_url,
)

_DATE_FIELDS = (
    "article:published_time", "og:article:published_time", "datepublished", "date.published", "pubdate", "publishdate",
    "publish-date", "publish_date", "published_time", "sailthru.date", "parsely-pub-date", "dc.date.issued",
    "dcterms.created", "dc.date", "dcterms.date", "article.published", "cxenseparse:recs:publishtime", "date",
)  # fmt: skip
_TITLE_FIELDS = ("og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "title")
_OUTLET_FIELDS = ("og:site_name", "application-name", "publisher", "dc.publisher")
_AUTHOR_FIELDS = (
    "author",
    "article:author_name",
    "byl",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "article:author",
)
_ARTICLE_TYPES = re.compile(r"Article|Posting|Report|Review|Recipe")
_LONGEST = 300  # characters of a title or a name
_MOST_ITEMS = 2000  # of JSON-LD; a page has a dozen


class _Item(NamedTuple):
    """What one JSON-LD item that is an article says. None: nothing."""

    headline: str | None
    published: str | None
    authors: tuple[str, ...]
    publisher: str | None


def find_facts(tree: HtmlElement) -> Facts:
    """The facts of a page. Unknown is None; of two outlets or titles the most explicit one is taken."""
    items = list(_article_items(tree))
    fields = _meta_fields(tree)
    url = _address(tree, fields)
    title = _first([*(item.headline for item in items), *_fields(fields, _TITLE_FIELDS), _title_element(tree)])
    outlet = _first([*_fields(fields, _OUTLET_FIELDS), *(item.publisher for item in items)])
    dates = [*(item.published for item in items), *_fields(fields, _DATE_FIELDS), *_marked_dates(tree)]
    publication = first_known([*map(publication_from_metadata, dates), publication_from_url(url), _dated_line(tree)])
    return Facts(title, outlet, _author(items, fields), url, publication)


def _first(values: list[str | None]) -> str | None:
    return next((value for value in values if value), None)


def _clean(value: object) -> str | None:
    """Words of one line; None for anything else, and for what is too long to be a title or a name."""
    if not isinstance(value, str):
        return None
    words = " ".join(value.split())
    return words if 0 < len(words) <= _LONGEST else None


def _meta_fields(tree: HtmlElement) -> Mapping[str, str]:
    """The content of the page's meta elements, by property or name in lower case; the first of each name counts."""
    fields: dict[str, str] = {}
    for meta in tree.xpath("//meta[@content]"):
        for key in ("property", "name", "itemprop"):
            if name := meta.get(key):
                fields.setdefault(name.lower(), meta.get("content"))
    return fields


def _fields(fields: Mapping[str, str], names: tuple[str, ...]) -> Iterator[str | None]:
    return (_clean(fields[name]) for name in names if name in fields)


def _address(tree: HtmlElement, fields: Mapping[str, str]) -> str | None:
    """The page's own address: canonical, or OpenGraph's; only one of the web."""
    links = tree.xpath("//link[@rel='canonical']/@href")[:1]
    found = [str(one).strip() for one in (*links, fields.get("og:url", ""))]
    return next((one for one in found if one.startswith(("http://", "https://")) and len(one) <= 2000), None)


def _title_element(tree: HtmlElement) -> str | None:
    """The page's title; without the site's name, where a main heading has the words before it."""
    title = next((_clean(found.text_content()) for found in tree.xpath("//head/title")[:1]), None)
    headings = (_clean(heading.text_content()) for heading in tree.xpath("(//h1)[position() <= 5]"))
    return next((words for words in headings if words and title and title.startswith(words)), title)


def _author(items: list[_Item], fields: Mapping[str, str]) -> str | None:
    """The authors, as JSON-LD or the page's fields name them; no addresses."""
    named = next((item.authors for item in items if item.authors), ())
    found = "; ".join(named) or _first(list(_fields(fields, _AUTHOR_FIELDS)))
    return found if found and not found.startswith(("http://", "https://")) else None


# --- JSON-LD -------------------------------------------------------------------------------------------------------


def _article_items(tree: HtmlElement) -> Iterator[_Item]:
    """The JSON-LD items that are articles."""
    for script in tree.xpath("//script[contains(@type, 'ld+json')]/text()"):
        try:
            items = list(_items(json.loads(script), [_MOST_ITEMS]))
        except (ValueError, RecursionError):
            continue
        for item in items:
            if _ARTICLE_TYPES.search(str(item.get("@type"))):
                published = item.get("datePublished")
                yield _Item(
                    headline=_clean(item.get("headline")),
                    published=published if isinstance(published, str) else None,
                    authors=tuple(_names(item.get("author"))),
                    publisher=next(_names(item.get("publisher")), None),
                )


def _items(data: Any, left: list[int]) -> Iterator[dict[str, Any]]:
    """The items of a JSON-LD script: itself, a list, or a graph; no more than are left."""
    left[0] -= 1
    if left[0] < 0:
        return
    if isinstance(data, list):
        for entry in data:
            yield from _items(entry, left)
    elif isinstance(data, dict):
        yield data
        yield from _items(data.get("@graph", []), left)


def _names(value: Any) -> Iterator[str]:
    """The names in a value: a string, an item, or a list of either."""
    for one in (value if isinstance(value, list) else [value])[:20]:
        name = _clean(one.get("name") if isinstance(one, dict) else one)
        if name:
            yield name


# --- dates ---------------------------------------------------------------------------------------------------------

# Below one of the first headings only: "following" looks at all the rest of the page, once for each heading.
_BELOW_HEADLINE = "(//h1)[position() <= 5]/following::"
_DATED = f"{_BELOW_HEADLINE}*[contains(@class, 'date') or contains(@class, 'time') or contains(@class, 'publish')][1]"


def _marked_dates(tree: HtmlElement) -> Iterator[str]:
    marked = tree.xpath("//*[@itemprop='datePublished']/@datetime | //time[@pubdate]/@datetime")
    yield from marked or tree.xpath(f"//article//header//time/@datetime | {_BELOW_HEADLINE}time[1]/@datetime")[:1]


def _dated_line(tree: HtmlElement) -> Publication:
    """The day in the first element below the headline whose class says that it dates the article."""
    words = [" ".join(element.text_content().split()) for element in tree.xpath(_DATED)]
    line = next((found for found in words if found and len(found) <= 160), "")
    block = Block(kind="furniture", start=0, end=len(line), reason="", how="dated")
    return publication_from_text(line, [block])._replace(evidence=())
