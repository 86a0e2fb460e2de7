"""The ledger as PLOVER events: the fields of the manual, and the words that each event rests on."""

import json
from typing import Any

import jsonschema
from hypothesis import example, given
from invented_ledgers import BEACON, entry, hostile_ledger, ledger_dossier, wavering_dossier
from invented_lineages import ANY_TEXT
from tests.dossier.invented_dossier import COURIER, TIDE, make_dossier, pin

from retold.dossier.dossier import Dossier
from retold.exports import to_plover
from retold.exports.countries import country_code

TEXTS = {"type": "array", "items": {"type": "string"}, "minItems": 1}
OFFSET = {"type": "integer", "minimum": 0}
ACTOR = {
    "type": "object",
    "required": ["identifier_text"],
    "additionalProperties": False,
    "properties": {
        "code": {"pattern": "^[A-Z]{3}$"},
        **{name: {"type": "string"} for name in ("actor_text", "identifier_text", "organization")},
        **dict.fromkeys(("start", "end"), OFFSET),
    },
}
# Transcribed from openeventdata/PLOVER:PLOVER_MANUAL.tex, tables "PLOVER JSON" (with what it requires), "Information
# object for actors", "… for text", "… for citations"; organization, start and end of an actor are fields of ours.
SCHEMA = {
    "type": "object",
    "required": ["id", "date", "source", "event"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string"},
        "date": {"pattern": r"^\d{4}-\d\d-\d\d$"},
        "source": {"type": "array", "items": ACTOR, "minItems": 1},
        "recipient": {"type": "array", "items": ACTOR, "minItems": 1},
        "event": TEXTS,
        "mode": TEXTS,
        "context": TEXTS,
        "event_text": TEXTS,
        "text": {"type": "string"},
        "text_info": {"type": "object", "properties": {"start": OFFSET, "end": OFFSET}, "additionalProperties": False},
        "cite_info": {
            "type": "object",
            "properties": {name: {"type": "string"} for name in ("citation", "url", "title", "publication")},
            "additionalProperties": False,
        },
        "coder": {"type": "string"},
        "comment": {"type": "string"},
        # ahalterman/NGEC:NGEC/formatter.py
        "event_type": {"type": "string"},
        "event_mode": {"type": "string"},
        "contexts": TEXTS,
    },
}


def read(dossier: Dossier) -> list[dict[str, Any]]:
    events = [json.loads(line) for line in to_plover(dossier).splitlines()]
    for event in events:
        jsonschema.validate(event, SCHEMA)
    return events


def test_an_event_says_what_plover_says() -> None:
    (event,) = read(make_dossier())
    assert (event["id"], event["date"], event["event"], event["event_type"]) == (
        "e-1",
        "2031-03-11",
        ["CONSULT"],
        "CONSULT",
    )
    assert event["source"] == [{"identifier_text": "Ana Brusk", "organization": "Varenia"}]
    assert event["recipient"] == [{"identifier_text": "Kolduria"}]
    assert event["cite_info"]["publication"] == "The Harrow Courier"


def test_an_event_has_its_words_and_its_sentence() -> None:
    (event,) = read(make_dossier())
    start, end = event["text_info"]["start"], event["text_info"]["end"]
    assert event["text"] == COURIER.text[start:end]
    assert event["text"].endswith("Brusk told Radio Telmar.")
    assert event["event_text"][0] in event["text"]


def test_an_actor_has_the_words_that_name_it_and_a_known_country_its_code() -> None:
    events = {event["id"]: event for event in read(wavering_dossier())}
    (venn,) = events["e-5"]["source"]
    assert BEACON.text[venn["start"] : venn["end"]] == venn["actor_text"] == "Ada Venn"
    assert events["e-3"]["recipient"] == [{"code": "IRN", "identifier_text": "Iran"}]
    assert "code" not in venn, "nobody knows Telmar"


def test_an_event_without_a_day_of_its_own_has_that_of_publication() -> None:
    events = {event["id"]: event for event in read(wavering_dossier())}
    assert "comment" not in events["e-1"]
    assert (events["e-3"]["date"], events["e-3"]["comment"]) == ("2031-03-12", "the date is that of publication")
    assert events["e-5"]["date"] == "2031-03-10", "the first day that it may be of"
    assert "e-7" not in events, "PLOVER has no event without a date"
    assert "e-4" not in events, "nor one without a type"


def test_the_status_of_an_act_is_a_special_context() -> None:
    events = {event["id"]: event for event in read(wavering_dossier())}
    assert events["e-3"]["context"] == events["e-3"]["contexts"] == ["negation"]
    assert "context" not in events["e-1"]
    planned = entry(1, "A", None, "talks", True, act="meet", plover="AGREE", status="future", contexts=("diplomatic",))
    (event,) = read(ledger_dossier(planned))
    assert event["context"] == ["diplomatic"], "to plan a meeting is an AGREE, not a future one"


def test_words_outside_all_sentences_stand_alone() -> None:
    caption = pin(COURIER, "Lund Bay")
    (event,) = read(ledger_dossier(entry(1, "A", None, "toll", True, plover="AGREE", evidence=caption)))
    assert event["text"] == "Lund Bay"


def test_no_ledger_is_no_line() -> None:
    assert (
        to_plover(ledger_dossier(entry(1, "A", None, "toll", True, plover="AGREE", evidence=pin(TIDE, "toll")))) == b""
    )


def test_countries_are_known_by_their_very_names() -> None:
    codes = [country_code(name) for name in ("Korea", "South Korea", "Congo", "Niger", "Turkey", "", None)]
    assert codes == [None, "KOR", "COG", "NER", "TUR", None, None]


@given(ANY_TEXT)
@example("Iran")
def test_no_text_breaks_it(text: str) -> None:
    dossier = hostile_ledger(text)
    if text.strip():
        read(dossier)
    assert to_plover(dossier) == to_plover(hostile_ledger(text))
    assert len(to_plover(dossier).splitlines()) == to_plover(dossier).count(b"\n")
