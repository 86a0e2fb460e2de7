"""What repeats in an outlet's articles, and that bulk input is read in the light of it."""

import json
import os
from pathlib import Path
from threading import Thread

from retold.article import RUNNING_TEXT, Article
from retold.reading import read_inputs
from retold.reading.features import find_features, look_round
from retold.reading.inputs import look_through
from retold.reading.lines import split_lines
from retold.reading.plaintext import find_blocks
from retold.reading.recurring import find_recurring, recurring_in

SLOGAN = "Your support keeps the harbour paper afloat"


def story(number: int) -> str:
    days = [f"On day {number} of month {month} ship {number} came to Osk, and its crew went ashore." for month in "abc"]
    return "\n\n".join([days[0], SLOGAN, *days[1:], "It left."])


def test_lines_that_articles_of_an_outlet_share_recur() -> None:
    texts = [story(number) for number in range(4)]
    assert find_recurring(("Post", text) for text in texts) == {"Post": {SLOGAN, "It left."}}
    assert find_recurring(("Post", text) for text in texts[:1]) == {}
    assert find_recurring((f"Post {number}", text) for number, text in enumerate(texts)) == {}
    assert find_recurring([]) == {}


def test_versions_of_one_report_and_long_paragraphs_do_not_recur() -> None:
    lines = [f"Sentence {number} of a report about the harbour." for number in range(9)]
    versions = ["\n".join([*lines, f"Update {number}."]) for number in range(5)]
    assert find_recurring(("Post", text) for text in versions) == {}
    long = "A paragraph that a series repeats in each of its parts. " * 5
    assert find_recurring(("Post", f"{long}\nPart {number}\nmore {number}") for number in range(5)) == {}


def test_a_file_of_bulk_lines_is_looked_through_first(tmp_path: Path) -> None:
    path = tmp_path / "bulk.jsonl"
    rows = [json.dumps({"text": story(number), "outlet": "Post"}) for number in range(4)]
    path.write_text("\n".join(["{broken", *rows, json.dumps({"text": 5}), json.dumps({"text": SLOGAN})]), "utf-8")
    assert recurring_in(path.read_bytes().splitlines()) == {"Post": {SLOGAN, "It left."}}
    assert look_through(path) == {"Post": {SLOGAN, "It left."}}
    assert look_through(tmp_path / "absent.jsonl") == {}
    articles = [found for found in read_inputs([str(path)]) if isinstance(found, Article) and found.outlet]
    kinds = {a.text[b.start : b.end]: b.kind for a in articles for b in a.blocks}
    assert kinds[SLOGAN] in ("furniture", "teaser")
    assert {block.kind for block in find_blocks(story(1))} <= RUNNING_TEXT | {"subhead"}


def test_a_pipe_is_read_once_and_loses_nothing(tmp_path: Path) -> None:
    rows = [json.dumps({"text": story(number), "outlet": "Post"}) for number in range(2000)]
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = Thread(target=pipe.write_text, args=("\n".join(rows), "utf-8"), daemon=True)
    writer.start()
    assert sum(isinstance(found, Article) for found in read_inputs([str(pipe)])) == len(rows)
    writer.join(5)
    assert not writer.is_alive()


def test_what_recurs_is_a_feature() -> None:
    lines = split_lines(story(1))
    around = look_round(lines, recurring=frozenset({SLOGAN}))
    found = find_features(lines, around, [None] * len(lines))
    assert ["repeated:recurring" in features for features in found] == [False, True, False, False, False]
