"""Texts in which people or machines marked names, all with our kinds ("unknown": a nationality, a work, an event).

- WikiGold (Balasuriya et al. 2009; CC BY): Wikipedia, a text is a document; held: a quarter of the documents.
- WNUT 2017 (Derczynski et al. 2017; CC BY): tweets. `corporation` and `group` are organizations.
- PolNeAR's silver names: news, marked by CoreNLP and by nobody else; held: the tenth that `is_held` tells.
- re3d (its BBC part non-commercial, which the file does not tell apart) and GUM (parts non-commercial): only measured.
  re3d marks "the hospital" and GUM every noun phrase; of both only what has a capital in each long word counts.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from benchmarks.reading.conll import Labelled, join, read_sentences, spans
from retold.language.names import NameKind

_KINDS: dict[str, NameKind] = {
    "PER": "person", "PERSON": "person", "person": "person", "Person": "person",
    "ORG": "organization", "ORGANIZATION": "organization", "organization": "organization",
    "Organisation": "organization", "corporation": "organization", "group": "organization",
    "LOC": "place", "LOCATION": "place", "location": "place", "Location": "place", "place": "place",
    "MISC": "unknown", "creative-work": "unknown", "product": "unknown", "Nationality": "unknown",
}  # fmt: skip


class Name(NamedTuple):
    """A marked name: offsets into the text."""

    start: int
    end: int
    kind: NameKind


class Text(NamedTuple):
    """A text and its names, in text order."""

    id: str
    text: str
    names: tuple[Name, ...]


def is_held(text: str) -> bool:
    """Whether a text of WikiGold is of the quarter that is only measured on."""
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % 4 == 0


def read_wikigold(data: Path) -> list[Text]:
    """The documents of WikiGold, each one paragraph."""
    documents: list[list[list[Labelled]]] = [[]]
    for sentence in read_sentences(data / "language" / "ner_wikigold.conll.txt"):
        if sentence[0].token == "-DOCSTART-":
            documents.append([])
        else:
            documents[-1].append(sentence)
    return [_text(f"wikigold-{number}", [*document]) for number, document in enumerate(documents) if document]


def read_loose(data: Path, name: str) -> list[Text]:
    """The sentences of "wnut17train", "re3d-test" or "gum-test", each a text."""
    found = read_sentences(data / "language" / f"ner_{name}.conll")
    return [_text(f"{name}-{number}", [sentence]) for number, sentence in enumerate(found)]


def read_silver(data: Path, part: Literal["train", "dev"]) -> list[Text]:
    """PolNeAR's articles with CoreNLP's names."""
    folder = data / "statements"
    rows = [json.loads(line) for line in (folder / f"polnear_{part}.jsonl").read_text("utf-8").splitlines()]
    texts = {row["doc_id"]: row["text"] for row in rows}
    silver = (json.loads(line) for line in (folder / f"polnear_{part}_silver.jsonl").read_text("utf-8").splitlines())
    return [
        Text(
            row["doc_id"], texts[row["doc_id"]], tuple(Name(a, b, _KINDS[t]) for a, b, t in row["names"] if t in _KINDS)
        )
        for row in silver
    ]


def _text(identity: str, sentences: Iterable[list[Labelled]]) -> Text:
    text, names = "", []
    for sentence in sentences:
        text += " " if text else ""
        words, places = join([one.token for one in sentence])
        for start, end, kind in spans((one.label for one in sentence), places):
            if kind in _KINDS:
                names.append(Name(len(text) + start, len(text) + end, _KINDS[kind]))
        text += words
    return Text(identity, text, tuple(names))


def capitalised(text: Text) -> Text:
    """The text with those names only whose long words all have capitals ("the" before them left out)."""
    return text._replace(names=tuple(_only_capitalised(text)))


def _only_capitalised(text: Text) -> Iterator[Name]:
    for name in text.names:
        words = text.text[name.start : name.end]
        start = name.start + (4 if words.startswith(("the ", "The ")) else 0)
        long = [word for word in text.text[start : name.end].split() if len(word) > 3] or words.split()
        if all(word[0].isupper() for word in long):
            yield name._replace(start=start)
