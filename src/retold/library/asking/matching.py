"""Where what was searched for stands in a text."""

from collections.abc import Iterable, Iterator, Sequence

from retold.article import Span
from retold.language.words import Word, words_in
from retold.library.query import Phrase, Query, term


def find_matches(text: str, spans: Iterable[Span], query: Query) -> tuple[Span, ...]:
    """The places of what is wanted, in text order, each inside one of `spans`; words between those of a phrase are
    function words, as in the index."""
    return tuple(sorted({place for place, _ in places_of(text, spans, query)}))


def places_of(text: str, spans: Iterable[Span], query: Query) -> Iterator[tuple[Span, Phrase]]:
    """Each place of a phrase that is wanted."""
    by_first: dict[str, list[Phrase]] = {}
    for phrase in query.phrases:
        by_first.setdefault(phrase[0], []).append(phrase)
    for span in spans:
        words = [(word, term(word)) for word in words_in(text, (span,)) if word.content]
        for start, (word, root) in enumerate(words):
            for phrase in by_first.get(root, ()):
                run = words[start : start + len(phrase)]
                if _roots(run) == phrase:
                    yield Span(word.start, run[-1][0].end), phrase


def _roots(words: Sequence[tuple[Word, str]]) -> Phrase:
    return tuple(root for _, root in words)


def is_met(found: Iterable[Phrase], query: Query) -> bool:
    """Whether of every group one phrase was found."""
    known = frozenset(found)
    return all(known.intersection(group) for group in query.wanted)
