"""A dossier in the words of schema.org: only what it knows, and no text can break out of it."""

import json
import re
from typing import Any

import msgspec
import pytest
from hypothesis import given
from invented_lineages import ANY_TEXT, hostile_dossier, open_dossier
from tests.dossier.invented_dossier import COURIER, TIDE, make_dossier

from retold.dossier.dossier import Dossier
from retold.exports import to_json_ld

PROPERTIES = {  # what schema.org knows of each type, of those that are written
    "NewsArticle": {"identifier", "url", "headline", "author", "publisher", "datePublished", "isBasedOn"},
    "Article": {"identifier", "url", "headline", "author", "publisher", "datePublished", "isBasedOn", "genre"},
    "CreativeWork": {"name"},
    "Quotation": {"text", "spokenByCharacter", "dateCreated", "isPartOf", "isBasedOn"},
    "Claim": {"text", "author", "appearance", "firstAppearance"},
}
OURS = {"@id", "@type", "retold:confidence", "retold:how"}


def graph(dossier: Dossier) -> list[dict[str, Any]]:
    document = json.loads(to_json_ld(dossier))
    assert document["@context"] == ["https://schema.org/", {"retold": "urn:retold:term:"}]
    things: list[dict[str, Any]] = document["@graph"]
    return things


def things(dossier: Dossier, kind: str) -> dict[str, dict[str, Any]]:
    return {each["@id"].removeprefix("urn:retold:"): each for each in graph(dossier) if each["@type"] == kind}


def names(ends: list[dict[str, str]]) -> list[str]:
    return [end["@id"].removeprefix("urn:retold:") for end in ends]


def test_every_thing_has_a_name_of_its_own_and_words_of_schema_org() -> None:
    for dossier in (make_dossier(), open_dossier()):
        found = graph(dossier)
        assert len({each["@id"] for each in found}) == len(found)
        for each in found:
            assert set(each) - OURS <= PROPERTIES[each["@type"]], each["@type"]


def test_every_reference_leads_to_a_thing_that_is_there() -> None:
    for dossier in (make_dossier(), open_dossier(), hostile_dossier("x")):
        text = to_json_ld(dossier).decode()
        there = {each["@id"] for each in graph(dossier)}
        assert set(re.findall(r'"@id": "([^"]+)"', text)) == there


def test_an_article_says_what_is_known_of_it() -> None:
    article = things(make_dossier(), "NewsArticle")[f"article:{COURIER.id}"]
    assert article["headline"] == "Ferry talks end with a half promise"
    assert article["publisher"] == {"@type": "Organization", "name": "The Harrow Courier"}
    assert article["datePublished"] == "2031-03-12"
    assert "author" not in article
    assert "url" not in article


def test_a_day_that_is_not_known_for_certain_is_left_out() -> None:
    ranged = msgspec.structs.replace(COURIER, published=None, published_range=("2031-03-10", "2031-03-14"))
    dossier = msgspec.structs.replace(make_dossier(), articles=(ranged, TIDE))
    assert "datePublished" not in things(dossier, "NewsArticle")[f"article:{COURIER.id}"]


@pytest.mark.parametrize("genre", ["transcript", "press_release"])
def test_what_is_no_report_is_no_news_article(genre: str) -> None:
    source = msgspec.structs.replace(COURIER, genre=genre)
    article = things(msgspec.structs.replace(make_dossier(), articles=(source, TIDE)), "Article")
    assert [each["genre"] for each in article.values()] == [genre.replace("_", " ")]


def test_it_is_based_on_what_it_certainly_or_likely_derives_from() -> None:
    based = {name: names(each.get("isBasedOn", [])) for name, each in things(open_dossier(), "NewsArticle").items()}
    assert based[f"article:{TIDE.id}"] == [f"article:{COURIER.id}"]  # not on the lost original, which nobody names
    assert based[f"article:{COURIER.id}"] == ["original:n-o"]
    assert sorted(based.values()) == [[], [f"article:{COURIER.id}"], ["original:n-o"]]  # an unknown direction is none
    assert [each["name"] for each in things(open_dossier(), "CreativeWork").values()] == ["Telmar News Pool"]


def test_a_quotation_is_spoken_by_whom_the_article_names() -> None:
    quotations = things(make_dossier(), "Quotation")
    promise = quotations[f"statement:{COURIER.id}-2"]
    assert promise["text"].startswith("“We will lower the toll if")
    assert promise["spokenByCharacter"] == [{"@type": "Person", "name": "Ana Brusk", "jobTitle": "Minister"}]
    assert promise["dateCreated"] == "2031-03-11"
    assert names([promise["isPartOf"]]) == [f"article:{COURIER.id}"]
    assert names(quotations[f"statement:{TIDE.id}-1"]["isBasedOn"]) == [f"statement:{COURIER.id}-2"]
    assert len(quotations) == 3  # no indirect speech


def test_a_speaker_of_whom_only_the_name_is_known_is_a_name() -> None:
    dossier = make_dossier()
    speaker = msgspec.structs.replace(dossier.statements[1].speakers[0], kind="unknown")
    nobody = msgspec.structs.replace(speaker, name=None)
    statement = msgspec.structs.replace(dossier.statements[1], speakers=(speaker, nobody))
    quotation = things(msgspec.structs.replace(dossier, statements=(statement,), retellings=()), "Quotation")
    assert [each["spokenByCharacter"] for each in quotation.values()] == [["Ana Brusk"]]


def test_a_claim_appears_where_it_is_told_and_first_where_the_days_tell() -> None:
    dossier = make_dossier()
    claim = things(dossier, "Claim")["utterance:r-1"]
    assert names(claim["appearance"]) == [f"article:{COURIER.id}", f"article:{TIDE.id}"]
    assert "firstAppearance" not in claim  # the days do not tell
    first = msgspec.structs.replace(dossier.retellings[0], earliest=f"{COURIER.id}-2")
    known = things(msgspec.structs.replace(dossier, retellings=(first,)), "Claim")["utterance:r-1"]
    assert names([known["firstAppearance"]]) == [f"article:{COURIER.id}"]


@given(ANY_TEXT)
def test_no_text_breaks_it_or_the_page_that_it_is_put_into(text: str) -> None:
    data = to_json_ld(hostile_dossier("</script><!--" + text)).decode()
    assert graph(hostile_dossier(text))
    assert not {"<", ">", "&", "\u2028", "\u2029"} & set(data)
