import json
from pathlib import Path

import pytest
from benchmarks.story_sets import FOLDS, b_cubed, read_set


@pytest.mark.parametrize(
    ("found", "wanted", "precision", "recall"),
    [
        ([1, 1, 2], ["a", "a", "b"], 1, 1),
        ([1, 1, 1, 1], ["a", "a", "b", "b"], 0.5, 1),
        ([1, 2, 3, 4], ["a", "a", "b", "b"], 1, 0.5),
        ([1, 1, 1, 2], ["a", "a", "b", "b"], (4 / 3 + 1 / 3 + 1) / 4, 0.75),
    ],
)
def test_b_cubed(found: list[int], wanted: list[str], precision: float, recall: float) -> None:
    score = b_cubed(found, wanted)
    assert (score.precision, score.recall) == pytest.approx((precision, recall))


def test_the_two_stories_of_a_topic_are_in_one_fold(tmp_path: Path) -> None:
    (tmp_path / "stories").mkdir()
    rows = [
        {
            "doc_id": f"{topic}{kind}",
            "date": "",
            "title": f"Fire in the harbour of Almar number {topic}.",
            "text": "",
            "story_id": f"{topic}{kind}",
            "topic_id": str(topic),
        }
        for topic in range(7)
        for kind in ("ecb", "ecbplus")
    ]
    (tmp_path / "stories" / "ecbplus.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    labelled = read_set(tmp_path, "ecbplus")
    assert len({(one.topic, one.fold) for one in labelled}) == 7
    assert {one.fold for one in labelled} == set(range(FOLDS))
    assert len({one.story for one in labelled}) == 14
    assert "number 3" in next(one.article.text for one in labelled if one.topic == "ecbplus 3")
