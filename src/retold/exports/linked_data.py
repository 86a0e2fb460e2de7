"""JSON-LD that can stand anywhere: bytes that no text can break out of, and addresses that are addresses."""

import re
from typing import Any

import msgspec

from retold.article import Article
from retold.exports.cells import encodable
from retold.exports.naming import safe_name

_ADDRESS = re.compile(
    r"https?://[^\x00-\x20<>\"{}|\\^`\x7f-\xa0\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]+"
)
"""What can be an IRI: RFC 3987 forbids the quoted ones; what has no width or turns a line round hides in the others."""
_ESCAPED = {
    b"<": b"\\u003c",  # with the next two: nothing in it ends the <script> of a page that it is put into
    b">": b"\\u003e",
    b"&": b"\\u0026",
    "\u2028".encode(): b"\\u2028",  # line ends of JavaScript, but not of JSON
    "\u2029".encode(): b"\\u2029",
}


def to_bytes(document: dict[str, Any]) -> bytes:
    """The document as UTF-8 JSON, indented by two. Lone surrogates become U+FFFD."""
    data = msgspec.json.format(msgspec.json.encode(_encodable(document)), indent=2) + b"\n"
    for raw, escape in _ESCAPED.items():  # none of them stands outside of a string
        data = data.replace(raw, escape)
    return data


def _encodable(value: Any) -> Any:
    if isinstance(value, str):
        return encodable(value)
    if isinstance(value, dict):
        return {name: _encodable(part) for name, part in value.items()}
    return [_encodable(part) for part in value] if isinstance(value, list | tuple) else value


def known(fields: dict[str, Any]) -> dict[str, Any]:
    """`fields` without what is unknown or empty; zero and False are neither."""
    return {name: value for name, value in fields.items() if value is not None and value not in ("", [], {}, ())}


def address(article: Article) -> str | None:
    """The article's URL where it is one, as an address of the web; None: it is not, or unknown."""
    return article.url if article.url and _ADDRESS.fullmatch(article.url) else None


def urn(kind: str, name: str) -> str:
    """The name of something in a dossier: `urn:retold:article:58f3fa1dca95`."""
    return f"urn:retold:{kind}:{safe_name(name)}"
