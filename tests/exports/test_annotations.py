"""The evidence as Web Annotations: every selector selects its words, and the structure is the Recommendation's."""

import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import given
from invented_ledgers import hostile_ledger, wavering_dossier
from invented_lineages import ANY_TEXT, hostile_dossier, open_dossier
from tests.dossier.invented_dossier import COURIER, TIDE, at, make_article, make_dossier

from retold.article import Span
from retold.collation.collation import Support
from retold.dossier.dossier import Dossier
from retold.exports import to_annotations

SURROGATE = re.compile("[\ud800-\udfff]")
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MOTIVATIONS = {  # Web Annotation Data Model, 3.3.5
    "assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting", "identifying",
    "linking", "moderating", "questioning", "replying", "tagging",
}  # fmt: skip


def annotations(dossier: Dossier) -> list[dict[str, Any]]:
    collection = json.loads(to_annotations(dossier))
    items: list[dict[str, Any]] = collection["first"]["items"] if collection["total"] else []
    return items


def tagged(dossier: Dossier, tag: str) -> list[dict[str, Any]]:
    """The annotations of one kind."""
    return [each for each in annotations(dossier) if value(each, "tagging") == tag]


def value(annotation: dict[str, Any], purpose: str) -> str | None:
    texts = [body for body in annotation["body"] if isinstance(body, dict) and body["type"] == "TextualBody"]
    found: list[str] = [body["value"] for body in texts if body["purpose"] == purpose]
    return found[0] if found else None


def exact(annotation: dict[str, Any], part: str) -> list[str]:
    """The words of the targets that are this part."""
    return [target["selector"][1]["exact"] for target in annotation["target"] if target["part"] == part]


def resources(dossier: Dossier) -> Iterator[dict[str, Any]]:
    for annotation in annotations(dossier):
        yield from annotation["target"]
        yield from (body for body in annotation["body"] if isinstance(body, dict) and "selector" in body)


def assert_selected(dossier: Dossier) -> None:
    """Both selectors of every resource select the same words."""
    texts = {f"urn:retold:article:{article.id}": SURROGATE.sub("\ufffd", article.text) for article in dossier.articles}
    found = list(resources(dossier))
    assert len(found) > 20
    for resource in found:
        position, quote = resource["selector"]
        text = texts[resource["article"]]
        start, end = position["start"], position["end"]
        assert text[start:end] == quote["exact"]
        assert text[:start].endswith(quote["prefix"])
        assert text[end:].startswith(quote["suffix"])
        assert len(quote["prefix"]) == min(32, start)
        assert len(quote["suffix"]) == min(32, len(text) - end)


@pytest.mark.parametrize("dossier", [make_dossier(), open_dossier(), wavering_dossier()])
def test_every_selector_selects_its_words(dossier: Dossier) -> None:
    assert_selected(dossier)


def test_at_the_edges_of_a_text_prefix_and_suffix_are_empty() -> None:
    article = make_article([("body", "Nothing.")])
    row = Support(
        id="s-1", article=article.id, span=Span(0, 8), verdict="unsupported", by=(), closest=None, changes=(), how="x"
    )
    dossier = msgspec.structs.replace(
        make_dossier(), articles=(article,), statements=(), retellings=(), passages=(), ledger=(), support=(row,)
    )
    quote = annotations(dossier)[0]["target"][0]["selector"][1]
    assert quote == {"type": "TextQuoteSelector", "exact": "Nothing.", "prefix": "", "suffix": ""}


@given(ANY_TEXT)
def test_no_text_breaks_it(text: str) -> None:
    for dossier in (hostile_dossier(text), hostile_ledger(text)):
        assert not {"<", ">", "&", "\u2028", "\u2029"} & set(to_annotations(dossier).decode())
        assert_selected(dossier)


def test_it_is_a_collection_with_one_page() -> None:
    collection = json.loads(to_annotations(make_dossier()))
    assert collection["@context"][0] == CONTEXT
    assert (collection["type"], collection["label"]) == ("AnnotationCollection", "Ferry talks end with a half promise")
    page = collection["first"]
    assert "@context" not in page
    assert (page["type"], page["partOf"], page["startIndex"]) == ("AnnotationPage", collection["id"], 0)
    assert (collection["total"], collection["last"]) == (len(page["items"]), page["id"])


def test_every_annotation_has_what_the_model_demands() -> None:
    items = annotations(wavering_dossier())
    assert len({each["id"] for each in items}) == len(items)
    for each in items:
        assert each["type"] == "Annotation"
        assert each["motivation"] in MOTIVATIONS
        assert each["generated"] == "2031-03-13T08:00:00Z"
        assert each["generator"] == "urn:retold:software:retold-0.1.0"
        assert 0 <= each["confidence"] <= 1
        assert each["how"]
        assert each["target"]
        purposes = {body["purpose"] for body in each["body"] if isinstance(body, dict)}
        assert purposes <= MOTIVATIONS


def test_a_link_between_annotations_leads_to_one_that_is_there() -> None:
    items = annotations(make_dossier())
    names = {each["id"] for each in items}
    links = [body for each in items for body in each["body"] if isinstance(body, str)]
    assert links
    assert set(links) <= names


def test_a_page_of_the_web_is_named_by_its_address_and_says_what_rendered_it() -> None:
    sources = {each["article"]: each for each in resources(make_dossier())}
    tide, courier = sources[f"urn:retold:article:{TIDE.id}"], sources[f"urn:retold:article:{COURIER.id}"]
    assert tide["source"] == "https://tide.example/toll"
    assert tide["renderedVia"] == "urn:retold:software:retold-0.1.0"
    assert courier["source"] == f"urn:retold:article:{COURIER.id}"
    assert "renderedVia" not in courier


def test_what_is_no_address_is_no_source() -> None:
    for url in ("javascript:alert(1)", "https://a.example/\u202egro.live", "https://a.example/x y", "nonsense"):
        articles = tuple(msgspec.structs.replace(article, url=url) for article in make_dossier().articles)
        dossier = msgspec.structs.replace(make_dossier(), articles=articles)
        assert all(each["source"].startswith("urn:retold:article:") for each in resources(dossier))


def test_rows_say_what_they_say() -> None:
    dossier = make_dossier()
    promise = next(each for each in tagged(dossier, "statement") if each["id"].endswith(f"{COURIER.id}-2"))
    assert value(promise, "describing") == "Ana Brusk · in Radio Telmar · on 2031-03-11"
    assert value(promise, "classifying") == "direct"
    source = next(each for each in tagged(dossier, "source") if promise["id"] in each["body"])
    assert (exact(source, "source"), value(source, "identifying")) == (["Brusk"], "Ana Brusk")
    changes = [each for each in tagged(dossier, "change") if value(each, "classifying") == "number"]
    assert {(*exact(each, "before"), *exact(each, "after")) for each in changes} == {("12", "20")}
    gone = next(each for each in tagged(dossier, "change") if value(each, "classifying") == "condition")
    assert (exact(gone, "before"), exact(gone, "after")) == (["if the ferries run at night"], [])


def test_what_is_not_found_is_not_called_false() -> None:
    words = {value(each, "classifying"): value(each, "assessing") for each in tagged(make_dossier(), "support")}
    assert words["unsupported"] == "not found in the 1 other report"


def test_a_row_of_the_ledger_is_classified_by_act_and_issue() -> None:
    first = tagged(wavering_dossier(), "ledger")[0]
    classes = [body["value"] for body in first["body"] if body.get("purpose") == "classifying"]
    assert classes == ["offer", "Toll"]
    assert value(first, "describing") == "Ana Brusk (Varenia) · offer · Toll"


def test_nothing_found_is_an_empty_collection() -> None:
    empty = msgspec.structs.replace(make_dossier(), statements=(), retellings=(), passages=(), ledger=(), support=())
    collection = json.loads(to_annotations(empty))
    assert collection["total"] == 0
    assert "first" not in collection


def test_words_that_come_twice_are_told_apart_by_position() -> None:
    span = at(COURIER, "Ana Brusk", 1)
    dossier = make_dossier()
    statement = msgspec.structs.replace(dossier.statements[0], source=(span,))
    source = tagged(msgspec.structs.replace(dossier, statements=(statement,)), "source")[0]
    assert source["target"][0]["selector"][0]["start"] == COURIER.text.index("Ana Brusk", span.start)
