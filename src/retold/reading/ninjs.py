"""ninjs, the news industry's JSON: an item in, its headline, text, captions and credits out, typed.

Source: IPTC, News in JSON, schemas 1.0 to 3.x (CC BY 4.0). 1.x has `headline`, `byline`, `body_text`, `body_xhtml`;
2.x has lists (`headlines`, `bodies` with `role`, `contenttype`, `value`) and `by`; 3.x the same in camelCase.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pycountry

from retold.reading.errors import NotEnglishError, ReadingError
from retold.reading.labelling import Label
from retold.reading.markup import read_markup
from retold.reading.pieces import Document, Piece, label_by_words, lay_out, refuse_many
from retold.reading.publication import Facts, first_known, publication_from_metadata

_MARKS = frozenset({"versioncreated", "firstcreated", "contentcreated", "bodies", "headlines", "representationtype"})
_PICTURES = frozenset({"picture", "graphic", "video", "audio"})
_PARTY_ROLES = ("provider", "publisher", "source")
_MOST_PICTURES = 100

_Item = Mapping[str, Any]


def is_ninjs(value: object) -> bool:
    """Whether a JSON value is a ninjs item: it has the `uri` that each must have, and something that only ninjs has."""
    if not isinstance(value, dict) or not isinstance(value.get("uri"), str):
        return False
    item = _lower(value)
    standard = item.get("standard") or item.get("$standard")
    named = isinstance(standard, dict) and standard.get("name") == "ninjs"
    return named or bool(_MARKS & item.keys()) or any(key.startswith("body_") for key in item)


def read_ninjs(value: Mapping[str, Any]) -> Document:
    """Read a ninjs item. Only its main headline is read; pictures give their descriptions as captions, their makers as
    credits. The day of publication is that of its first version.

    Raises ReadingError when it has no body, NotEnglishError when it says that it is in another language.
    """
    item = _lower(value)
    _refuse_other_languages(_text(item, "language"))
    body = list(_body(item))
    if not body:
        raise ReadingError("this ninjs item has no body: an item with body_text, body_xhtml or bodies was expected")
    headline = _headline(item)
    pieces = [*_headline_piece(headline), *(piece for piece in body if piece.words != headline)]
    known = {piece.words for piece in pieces}
    pieces += [piece for piece in _pictures(item) if piece.words not in known]
    return lay_out(pieces, _facts(item))


def _lower(value: Mapping[str, Any]) -> dict[str, Any]:
    """The properties by their names in lower case, which are those of 1.x and 2.x."""
    return {key.lower(): content for key, content in value.items()}


def _text(item: _Item, *names: str) -> str | None:
    """The first of these properties that is a string with something in it."""
    found = (item.get(name) for name in names)
    return next((" ".join(one.split()) for one in found if isinstance(one, str) and one.strip()), None)


def _list(item: _Item, name: str) -> Iterator[dict[str, Any]]:
    """The objects of a property that is a list of them, or (1.x: associations) an object of them."""
    found = item.get(name)
    values = found.values() if isinstance(found, dict) else found if isinstance(found, list) else ()
    return (_lower(one) for one in values if isinstance(one, dict))


def _refuse_other_languages(tag: str | None) -> None:
    code = (tag or "en").replace("_", "-").split("-")[0].lower()
    if code in ("en", "eng"):
        return
    known = pycountry.languages.get(alpha_2=code) or pycountry.languages.get(alpha_3=code)
    raise NotEnglishError(f"it is in {known.name if known else f'the language “{code}”'}, and only English can be read")


# --- headline and body -------------------------------------------------------------------------------------------


def _headline(item: _Item) -> str | None:
    if plain := _text(item, "headline"):
        return plain
    headlines = sorted(_list(item, "headlines"), key=lambda one: one.get("role") != "main")
    return next((words for one in headlines if (words := _text(one, "value"))), None)


def _headline_piece(headline: str | None) -> Iterator[Piece]:
    if headline:
        yield Piece(headline, Label("headline", "the item's headline", "ninjs-headline", 0.95))


def _body(item: _Item) -> Iterator[Piece]:
    """The fullest form of the text: with markup, where there is one, for it has the paragraphs."""
    forms = [(key.removeprefix("body_"), value) for key, value in item.items() if key.startswith("body_")]
    forms += [(f"{one.get('contenttype')} {one.get('role')}", one.get("value")) for one in _list(item, "bodies")]
    texts = [(kind.lower(), value) for kind, value in forms if isinstance(value, str) and value.strip()]
    marked = next((value for kind, value in texts if "html" in kind), None)
    if marked is not None:
        return iter(read_markup(marked))
    plain = next((value for kind, value in texts if "xml" not in kind and "nitf" not in kind), "")
    lines = plain.splitlines()
    refuse_many(len(lines))
    return (Piece(words, _label(words)) for line in lines if (words := " ".join(line.split())))


def _label(words: str) -> Label:
    return label_by_words(words) or Label("body", "a paragraph of the item's text", "ninjs-paragraph", 0.95)


def _pictures(item: _Item) -> Iterator[Piece]:
    for number, other in enumerate(_list(item, "associations")):
        if other.get("type") not in _PICTURES or number >= _MOST_PICTURES:
            continue
        descriptions = (words for one in _list(other, "descriptions") if (words := _text(one, "value")))
        caption = _text(other, "description_text", "description_caption") or next(descriptions, None)
        if caption:
            yield Piece(caption, Label("caption", "the description of a picture of the item", "ninjs-caption", 0.95))
        if credit := _text(other, "by", "byline"):
            yield Piece(credit, Label("credit", "the maker of a picture of the item", "ninjs-credit", 0.95))


# --- what the item says about itself -----------------------------------------------------------------------------


def _facts(item: _Item) -> Facts:
    uri = _text(item, "uri") or ""
    days = (_text(item, name) for name in ("firstcreated", "versioncreated", "contentcreated"))
    return Facts(
        title=_headline(item) or _text(item, "title"),
        outlet=_outlet(item),
        author=_text(item, "by", "byline"),
        url=uri if uri.startswith(("http://", "https://")) else None,
        publication=first_known(map(publication_from_metadata, days)),
    )


def _outlet(item: _Item) -> str | None:
    """The party that provided the item, by its role; else the first that had a part in it, or who holds its rights."""
    parties = [*_list(item, "infosources"), *_list(item, "infosource")]

    def rank(party: _Item) -> int:
        role = str(party.get("role") or "").lower()
        return next((i for i, name in enumerate(_PARTY_ROLES) if name in role), len(_PARTY_ROLES))

    names = (name for party in sorted(parties, key=rank) if (name := _text(party, "name")))
    return next(names, None) or _text(item, "copyrightholder")
