"""The lineage and the quotations as PROV-JSON: the `prov` library reads it back, and no text can break it."""

import json
import warnings
from typing import Any

import msgspec
import pytest
from hypothesis import given
from invented_lineages import ANY_TEXT, hostile_dossier, open_dossier
from prov.model import ProvDerivation, ProvDocument, ProvMembership
from tests.dossier.invented_dossier import COURIER, HOW, TIDE, make_dossier

from retold.collation.collation import Link
from retold.dossier.dossier import Dossier
from retold.exports import to_prov
from retold.exports.provenance import make_document
from retold.exports.quotations import find_quotations
from retold.lineage.lineage import Direction, Edge, Lineage

A, B = f"article:{COURIER.id}", f"article:{TIDE.id}"
PROMISE, RETOLD = f"statement:{COURIER.id}-2", f"statement:{TIDE.id}-1"


def read(data: bytes) -> ProvDocument:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return ProvDocument.deserialize(content=data.decode(), format="json")


def records(dossier: Dossier, kind: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(to_prov(dossier)).get(kind, {})
    return found


def value(name: str) -> dict[str, str]:
    return {"$": name, "type": "xsd:QName"}


def test_it_reads_back_as_it_was() -> None:
    for dossier in (make_dossier(), open_dossier()):
        assert read(to_prov(dossier)) == make_document(dossier)


def test_a_derivation_names_its_direction_its_sureness_and_its_words() -> None:
    derivation = records(make_dossier(), "wasDerivedFrom")[f"derivation:{TIDE.id}.{COURIER.id}"]
    assert derivation["prov:generatedEntity"] == B
    assert derivation["prov:usedEntity"] == A
    assert derivation["prov:label"] == "B derives from A, or from its source"
    assert derivation["retold:direction"] == "certain"
    assert derivation["retold:share"] == {"$": "0.75", "type": "xsd:double"}
    assert derivation["retold:argument"] == "strict_part: a quotation of B is a strict part of one of A’s"
    assert len(derivation["retold:evidence"]) == 2


def test_a_selection_selects_by_position_and_by_wording() -> None:
    entities = records(make_dossier(), "entity")
    selections = [entity for name, entity in entities.items() if name.startswith("selection:")]
    texts = {A: COURIER.text, B: TIDE.text}
    for selection in selections:
        text = texts[selection["oa:hasSource"]["$"]]
        start, end = int(selection["oa:start"]["$"]), int(selection["oa:end"]["$"])
        assert selection["oa:exact"] == text[start:end]
        assert text[:start].endswith(selection.get("oa:prefix", ""))
        assert text[end:].startswith(selection.get("oa:suffix", ""))
        assert selection["prov:type"] == [value("oa:TextPositionSelector"), value("oa:TextQuoteSelector")]
    assert len(selections) == 10


def test_shared_words_without_a_direction_are_no_derivation() -> None:
    dossier = open_dossier()
    harbour = f"article:{dossier.articles[2].id}"
    document = read(to_prov(dossier))
    between = {A, harbour}
    derived = [{str(end) for _, end in record.formal_attributes[:2]} for record in document.get_records(ProvDerivation)]
    assert between not in derived
    members = [
        tuple(str(end) for _, end in record.formal_attributes) for record in document.get_records(ProvMembership)
    ]
    assert {end for _, end in members} == between
    entities = records(dossier, "entity")
    shared = entities[members[0][0]]
    assert shared["prov:type"] == [value("prov:Collection"), value("retold:SharedWords")]
    assert shared["retold:direction"] == "unknown"
    assert entities[A]["retold:sharesWordsWith"] == value(harbour)
    assert entities[harbour]["retold:sharesWordsWith"] == value(A)


def test_originals_say_whether_somebody_names_them() -> None:
    entities = records(open_dossier(), "entity")
    assert entities["original:n-o"]["prov:type"] == value("retold:CreditedOriginal")
    assert entities["original:lost-b-c"]["prov:type"] == value("retold:LostOriginal")


def test_a_quotation_quotes_the_earlier_telling_or_else_the_utterance() -> None:
    quotations = {
        (record["prov:generatedEntity"], record["prov:usedEntity"]): record
        for record in records(make_dossier(), "wasDerivedFrom").values()
        if record.get("prov:type") == value("prov:Quotation")
    }
    retold = quotations[RETOLD, PROMISE]
    assert retold["retold:relation"] == "altered"
    assert retold["retold:change"] == "condition: the condition is gone"
    assert retold["retold:direction"] == "certain"
    assert (PROMISE, "utterance:r-1") in quotations
    assert not any(end.startswith("utterance:") for start, end in quotations if start == RETOLD)


@pytest.mark.parametrize(("direction", "derived"), [("certain", True), ("likely", True), ("unknown", False)])
def test_without_a_direction_nobody_quotes_the_other(direction: Direction, derived: bool) -> None:
    whole = make_dossier()
    edge = Edge(source="n-a", derivative="n-b", share=0.5, direction=direction, evidence=(), how=HOW)
    dossier = msgspec.structs.replace(whole, lineage=Lineage(nodes=whole.lineage.nodes, edges=(edge,), how=HOW))
    found = {q.statement.id: q.earlier is not None for q in find_quotations(dossier)}
    assert found[f"{TIDE.id}-1"] is derived
    assert found[f"{COURIER.id}-2"] is False


def test_nobody_quotes_what_his_source_did_not_have() -> None:
    """The derivative has more of it than the source: then it had it from elsewhere."""
    whole = make_dossier()
    link = whole.retellings[0].links[0]
    fuller = Link(fuller=link.other, other=link.fuller, relation="trimmed", changes=(), how=HOW)
    retelling = msgspec.structs.replace(whole.retellings[0], links=(fuller,))
    dossier = msgspec.structs.replace(whole, retellings=(retelling,))
    assert all(quotation.earlier is None for quotation in find_quotations(dossier))


def test_who_is_behind_what() -> None:
    dossier = make_dossier()
    attributed = {(r["prov:entity"], r["prov:agent"]) for r in records(dossier, "wasAttributedTo").values()}
    agents = records(dossier, "agent")
    by_label = {agent["prov:label"]: name for name, agent in agents.items()}
    assert (A, by_label["The Harrow Courier"]) in attributed
    assert ("utterance:r-1", by_label["Ana Brusk"]) in attributed
    assert not any(entity == B for entity, _ in attributed), "its outlet is unknown"
    (software,) = (name for name, agent in agents.items() if agent["prov:type"] == value("prov:SoftwareAgent"))
    ((run, activity),) = records(dossier, "activity").items()
    assert activity["prov:endTime"] == "2031-03-13T08:00:00+00:00"
    (associated,) = records(dossier, "wasAssociatedWith").values()
    assert (associated["prov:activity"], associated["prov:agent"]) == (run, software)
    assert {used["prov:entity"] for used in records(dossier, "used").values()} == {A, B}


@given(ANY_TEXT)
def test_no_text_breaks_it(text: str) -> None:
    dossier = hostile_dossier(text)
    data = to_prov(dossier)
    assert data == to_prov(dossier)
    back = read(data)
    if text.isprintable():
        assert back == make_document(dossier)
    assert all(name.isascii() for kind in json.loads(data).values() for name in kind)
