"""ninjs of all three generations, as files and as lines of bulk input."""

import json
from pathlib import Path
from typing import Any

import pytest

from retold.article import Article, Problem
from retold.reading import ReadingError, read_bytes, read_inputs

FIRST = "PORT VALE (Wire) - The harbour board shut the northern lock on Monday after a barge had struck its gate."
SECOND = "Ada Venn, who leads the board, told reporters that pilots from Quarra were asked to help."
MARKUP = f"<p>{FIRST}</p><h2>What next</h2><p>{SECOND}</p>"
COMMON = {"uri": "https://wire.example/items/7", "type": "text", "language": "en-GB", "located": "Port Vale"}

ONE: dict[str, Any] = COMMON | {
    "versioncreated": "2031-05-05T10:00:00Z",
    "firstcreated": "2031-05-04T22:00:00Z",
    "byline": "Ada Brandt",
    "headline": "Lock shut for a month",
    "infosource": [{"name": "Port Vale Wire"}],
    "body_text": f"{FIRST} {SECOND}",
    "body_xhtml": MARKUP,
    "associations": {
        "main": {"type": "picture", "uri": "x", "description_text": "The lock on Monday", "byline": "Ilo Marsh"}
    },
}
TWO: dict[str, Any] = COMMON | {
    "versioncreated": "2031-05-04T22:00:00Z",
    "by": "Ada Brandt",
    "headlines": [{"role": "short", "value": "Lock shut"}, {"role": "main", "value": "Lock shut for a month"}],
    "infosources": [{"name": "Harbour office", "role": "informant"}, {"name": "Port Vale Wire", "role": "provider"}],
    "bodies": [
        {"role": "main", "contenttype": "text/plain", "value": f"{FIRST}\n{SECOND}"},
        {"role": "rich", "contenttype": "application/xhtml+xml", "value": MARKUP},
    ],
    "associations": [
        {
            "name": "a",
            "uri": "x",
            "type": "picture",
            "by": "Ilo Marsh",
            "descriptions": [{"value": "The lock on Monday"}],
        }
    ],
}
CAMEL = {"versioncreated": "versionCreated", "infosources": "infoSources", "contenttype": "contentType"}


def to_three(value: Any) -> Any:
    """An item of 2.x with the names of 3.x."""
    if isinstance(value, dict):
        return {CAMEL.get(key, key): to_three(content) for key, content in value.items()}
    return [to_three(one) for one in value] if isinstance(value, list) else value


THREE = to_three(TWO)


def blocks_of(article: Article) -> list[tuple[str, str]]:
    return [(block.kind, article.text[block.start : block.end]) for block in article.blocks]


def read(item: object) -> Article:
    return read_bytes(json.dumps(item, indent=1).encode(), name="x.json")


@pytest.mark.parametrize("item", [ONE, TWO, THREE], ids=["1.x", "2.x", "3.x"])
def test_an_item_of_each_generation(item: dict[str, Any]) -> None:
    article = read(item)
    assert blocks_of(article) == [
        ("headline", "Lock shut for a month"),
        ("body", FIRST),
        ("subhead", "What next"),
        ("body", SECOND),
        ("caption", "The lock on Monday"),
        ("credit", "Ilo Marsh"),
    ]
    known = (article.title, article.author, article.outlet, article.url)
    assert known == ("Lock shut for a month", "Ada Brandt", "Port Vale Wire", "https://wire.example/items/7")
    assert (article.published, article.published_basis) == ("2031-05-04", "metadata")
    assert article.origin == ()


def test_plain_bodies_are_read_line_by_line() -> None:
    item = TWO | {"bodies": TWO["bodies"][:1]}
    assert blocks_of(read(item))[1:3] == [("body", FIRST), ("body", SECOND)]


def test_a_headline_is_not_said_twice() -> None:
    item = ONE | {"body_xhtml": f"<h1>Lock shut for a month</h1>{MARKUP}"}
    assert read(item).text.count("Lock shut for a month") == 1


REFUSED: list[tuple[dict[str, Any], str]] = [
    (ONE | {"language": "de-AT"}, "German"),
    (ONE | {"language": "nb"}, "Norwegian"),
    (ONE | {"language": "qqq-x"}, "qqq"),
    ({key: value for key, value in ONE.items() if not key.startswith("body_")}, "no body"),
    (ONE | {"body_text": 7, "body_xhtml": []}, "no body"),
    ({"name": "a package", "version": "1.0"}, "no ninjs item"),
]


@pytest.mark.parametrize(("item", "reason"), REFUSED)
def test_what_is_refused(item: dict[str, Any], reason: str) -> None:
    with pytest.raises(ReadingError, match=reason):
        read(item)


def test_properties_of_another_type_are_unknown() -> None:
    odd = ONE | {"headline": 3, "byline": ["a"], "infosource": {"a": 1}, "associations": [1, {"type": "picture"}]}
    article = read(odd | {"versioncreated": None, "firstcreated": 5})
    assert (article.title, article.author, article.outlet, article.published) == (None, None, None, None)


def test_files_and_lines_of_ninjs(tmp_path: Path) -> None:
    (tmp_path / "a.ninjs").write_text(json.dumps(ONE, indent=1), "utf-8")
    other = TWO | {"uri": "urn:x:8", "headlines": [{"value": "Another headline of it"}]}
    items = [other, {"text": f"{SECOND} Nobody came.", "id": "b"}, ONE | {"language": "de"}]
    (tmp_path / "b.jsonl").write_text("\n".join(map(json.dumps, items)), "utf-8")
    found = list(read_inputs([str(tmp_path)]))
    assert [one.given_id for one in found if isinstance(one, Article)] == [None, "urn:x:8", "b"]
    assert ["German" in one.reason for one in found if isinstance(one, Problem)] == [True]
    skipped = list(read_inputs([str(tmp_path / "b.jsonl")], skip={"urn:x:8"}.__contains__))
    assert [one.given_id for one in skipped if isinstance(one, Article)] == ["b"]
