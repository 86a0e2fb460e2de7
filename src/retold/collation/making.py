"""How a change is made and worded: the one place that builds `Change` records."""

from collections.abc import Iterable, Sequence

from retold.article import Span
from retold.collation.collation import Change, ChangeKind
from retold.collation.witness import Telling
from retold.language.words import Word

_GAP = 2  # function words that may stand between two words of one run ("security guarantees and the territory")


def make_change(
    kind: ChangeKind,
    before: tuple[Telling, Iterable[Span]] | None,
    after: tuple[Telling, Iterable[Span]] | None,
    note: str,
    *,
    how: str,
    confidence: float,
) -> Change:
    """A change from words of one telling to words of another; None on a side where nothing stands."""
    return Change(
        kind=kind,
        before=before[0].evidence(before[1]) if before else None,
        after=after[0].evidence(after[1]) if after else None,
        note=note,
        how=how,
        confidence=confidence,
    )


def quote(words: str) -> str:
    """Words of an article inside a note, on one line."""
    return "“" + " ".join(words.split()).strip("“”\"'‘’ ,.;") + "”"


def runs(words: Sequence[Word], chosen: frozenset[int], text: str) -> tuple[tuple[Word, ...], ...]:
    """The runs of neighbouring `chosen` words (indexes) that no mark parts; function words between belong to them."""
    found: list[list[int]] = []
    for index in sorted(chosen):
        last = found[-1][-1] if found else None
        if last is not None and index - last <= _GAP + 1 and _joined(words, last, index, text):
            found[-1].append(index)
        else:
            found.append([index])
    return tuple(tuple(words[run[0] : run[-1] + 1]) for run in found)


def _joined(words: Sequence[Word], last: int, index: int, text: str) -> bool:
    between = text[words[last].end : words[index].start]
    return all(not word.content for word in words[last + 1 : index]) and not any(c in '.,;:!?—“”"()\n' for c in between)


def span_of(words: Sequence[Word]) -> Span:
    """From the first word to the end of the last."""
    return Span(words[0].start, words[-1].end)
