"""What the labels of lines say, and how one headline is chosen."""

import numpy as np
import pytest

from retold.reading.deciding import keep_one_headline
from retold.reading.features import PATTERNS, find_features, look_round
from retold.reading.labelling import IMPOSSIBLE, KINDS, Label, label_lines, load_weights, tell_features
from retold.reading.lines import MOST_LINES, split_lines
from retold.reading.plaintext import find_blocks

PROSE = "The minister of trade of Osk said on Sunday that the harbour would stay closed to all ships of Norland."
TEXT = "\n\n".join(
    ["Osk closes its harbour", *[PROSE] * 4, "Five soups for a long winter", "Sign up for our newsletter"]
)


def test_weights_have_a_row_for_each_kind_and_edge() -> None:
    weights = load_weights()
    assert weights.steps.shape == (len(KINDS), len(KINDS))
    assert len(weights.places) == len(weights.signs) == len(weights.features) - 1
    assert np.isfinite(weights.features).all()


def test_what_is_ruled_out_is_never_said() -> None:
    lines = split_lines(TEXT)
    features = find_features(lines, look_round(lines), [None] * len(lines))
    leaning = np.zeros((len(lines), len(KINDS)), np.float32)
    leaning[:, KINDS.index("body")] = IMPOSSIBLE
    assert "body" not in {label.kind for label in label_lines(lines, features, leaning)}
    assert label_lines((), (), leaning[:0]) == []


def test_reasons_name_what_spoke_for_the_kind() -> None:
    blocks = find_blocks(TEXT)
    assert [block.kind for block in blocks] == ["headline", "body", "body", "body", "body", "teaser", "furniture"]
    assert blocks[-1].reason == "an invitation to subscribe"
    assert all(block.reason.startswith("reads like ") for block in blocks[:5])
    assert tell_features(["says:photo", "says:the", "kept:all tag:p", "nothing:known"]) == (
        "it says “photo”",
        "",
        "",
        "",
    )


def test_one_headline_is_kept() -> None:
    texts = ["Today in Osk", "Osk closes its harbour", "Norland is angry", PROSE, "Soups for winter"]
    lines = split_lines("\n\n".join(texts))
    looks = [Label("headline", "", "line-model", sure) for sure in (0.9, 0.6, 0.5, 0.5, 0.8)]
    looks[3] = looks[3]._replace(kind="body")
    titled = [label.kind for label in keep_one_headline(lines, looks, "Osk closes its harbour | Post")]
    assert titled == ["furniture", "headline", "subhead", "body", "teaser"]
    assert [label.kind for label in keep_one_headline(lines, looks)][:2] == ["headline", "subhead"]


def test_lines_behind_many_are_one_block() -> None:
    blocks = find_blocks("a b\n" * (MOST_LINES + 50))
    assert len(blocks) == MOST_LINES + 1
    assert "no article has so many" in blocks[-1].reason


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("whole-date", "12 March 2031"),
        ("whole-date", "Mar. 12, 2031"),
        ("time", "at 9:30"),
        ("handle", "says @ada"),
        ("change", "Ore +0.60"),
        ("glued", "BrandtOther"),
    ],
)
def test_patterns_find_what_they_are_named_for(name: str, line: str) -> None:
    assert PATTERNS[name].search(line)
    assert not PATTERNS[name].search("The harbour of Osk was closed")
