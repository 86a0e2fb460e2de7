import json
from pathlib import Path

from benchmarks.statements import read_documents
from training import cues
from training.cues import Example, learn

PLACES = ("north", "south", "east", "west", "old", "new", "outer", "inner")


def write_data(folder: Path) -> Path:
    """Eight articles in which everybody "avers" something."""
    rows = []
    for place in PLACES:
        text = f"The {place} port avers that ships sail. It rained."
        content = text.index("that")
        gold = {
            "source": [[0, text.index(" avers")]],
            "cue": [[text.index("avers"), content - 1]],
            "content": [[content, text.index(". It")]],
        }
        rows.append(json.dumps({"doc_id": place, "text": text, "attributions": [gold]}))
    path = folder / "train.jsonl"
    path.write_text("\n".join(rows), "utf-8")
    return path


def test_a_word_that_announces_speech_becomes_a_cue(tmp_path: Path) -> None:
    documents = read_documents(write_data(tmp_path))
    cues.write_cue_tables(documents, tmp_path)
    words = [line.split("\t") for line in (tmp_path / "cue_words.tsv").read_text("utf-8").splitlines()]
    assert [row[:3] for row in words if row[0] == "avers"] == [["avers", "8", "8"]]


def test_learning_gives_weight_to_what_tells_cues_apart() -> None:
    weights = learn([Example(["any", "cue"], True), Example(["any", "other"], False)] * 20)
    assert weights["cue"] > 0 > weights["other"]
