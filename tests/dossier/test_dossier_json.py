"""dossier.json: the round trip, the strictness, the schema."""

import json
import types
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import jsonschema
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented_dossier import make_dossier

from retold.dossier.as_json import from_json, make_schema, schema_bytes, shipped_schema, to_json
from retold.dossier.correction import Correction
from retold.dossier.dossier import Dossier

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


def strategy_for(kind: Any) -> st.SearchStrategy[Any]:
    """Any value of a type that occurs in a dossier."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Literal:
        return st.sampled_from(parts)
    if origin in (Union, types.UnionType):
        return st.one_of([strategy_for(part) for part in parts])
    if origin is dict:
        return st.dictionaries(strategy_for(parts[0]), strategy_for(parts[1]), min_size=1, max_size=2)
    if kind is Correction:  # of which an edit alone sets fields
        fields = {name: strategy_for(hint) for name, hint in fields_of(kind).items()}
        return st.builds(kind, **{**fields, "verdict": st.just("edit")})
    if origin is tuple and parts[-1] is Ellipsis:
        return st.lists(strategy_for(parts[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*map(strategy_for, parts))
    if isinstance(kind, type) and hasattr(kind, "__struct_fields__"):
        return st.builds(kind, **{name: strategy_for(hint) for name, hint in fields_of(kind).items()})
    if isinstance(kind, type) and issubclass(kind, tuple):
        return st.tuples(*map(strategy_for, get_type_hints(kind).values())).map(lambda values: kind(*values))
    return {
        str: TEXT,
        int: st.integers(0, 10**6),
        float: st.floats(0, 1),
        bool: st.booleans(),
        type(None): st.none(),
    }[kind]


def fields_of(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {name: hints[name] for name in kind.__struct_fields__}


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(strategy_for(Dossier))
def test_any_dossier_comes_back_as_it_was(dossier: Dossier) -> None:
    written = to_json(dossier)
    assert from_json(written) == dossier
    assert to_json(from_json(written)) == written


def test_the_rows_have_the_names_of_the_format() -> None:
    written = json.loads(to_json(make_dossier()))
    assert written["format"] == "retold-dossier/1"
    assert list(written)[:4] == ["format", "made", "articles", "statements"]
    assert {"from", "to", "share", "direction"} <= set(written["lineage"]["edges"][0])
    assert {"from", "to", "kind", "note"} <= set(written["passages"][0]["changes"][0])


@pytest.mark.parametrize(
    ("path", "value", "complaint"),
    [
        (("format",), "retold-dossier/2", r"\$\.format"),
        (("statements", 0, "kind"), "sung", r"\$\.statements\[0\]\.kind"),
        (("articles", 0, "text"), 7, r"\$\.articles\[0\]\.text"),
    ],
)
def test_a_wrong_field_is_named(path: tuple[Any, ...], value: object, complaint: str) -> None:
    written = json.loads(to_json(make_dossier()))
    row = written
    for step in path[:-1]:
        row = row[step]
    row[path[-1]] = value
    with pytest.raises(msgspec.ValidationError, match=complaint):
        from_json(json.dumps(written))


def test_a_later_field_is_ignored() -> None:
    written = json.loads(to_json(make_dossier()))
    written["articles"][0]["mood"] = "calm"
    assert from_json(json.dumps(written)) == make_dossier()


def test_the_shipped_schema_is_fresh() -> None:
    hint = "python -m retold.dossier.as_json > src/retold/dossier/retold-dossier-1.schema.json"
    assert shipped_schema() == schema_bytes(), f"the schema is stale: {hint}"


def test_the_schema_accepts_a_dossier_and_refuses_another() -> None:
    schema = json.loads(shipped_schema())
    jsonschema.Draft202012Validator.check_schema(schema)
    written = json.loads(to_json(make_dossier()))
    jsonschema.validate(written, schema)
    written["lineage"]["edges"][0]["direction"] = "probably"
    with pytest.raises(jsonschema.ValidationError, match="probably"):
        jsonschema.validate(written, schema)


def test_the_schema_explains_itself() -> None:
    described = [name for name, rows in make_schema()["$defs"].items() if rows.get("description")]
    assert {"Article", "Statement", "Change", "Passage", "Edge", "Position"} <= set(described)
