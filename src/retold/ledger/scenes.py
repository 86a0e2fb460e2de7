"""A sentence as the ledger reads it: its words, who is named, whose words they are, which issues it names."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from retold.article import Article, Span
from retold.language.sentences import LONGEST_SENTENCE, article_sentences
from retold.language.tokens import Token, tokenize
from retold.ledger.actors import ActorMention, Cast, find_actors
from retold.ledger.codebook import Codebook, IssueMention
from retold.statements.statement import Statement


class Scene(NamedTuple):
    """One sentence. `layers[i]` is the innermost statement in whose content token i stands (None: the article's own
    words); `statements` are all of which some words stand in the sentence.
    """

    article: Article
    cast: Cast
    sentence: Span
    tokens: tuple[Token, ...]
    mentions: tuple[ActorMention, ...]
    statements: tuple[Statement, ...]
    issues: tuple[IssueMention, ...]
    layers: tuple[Statement | None, ...]

    @property
    def key(self) -> tuple[str, Span]:
        """What no other sentence of any article has."""
        return self.article.id, self.sentence

    def span(self, first: int, last: int) -> Span:
        """Where the tokens from `first` up to `last` (exclusive) stand in the article."""
        return Span(self.tokens[first].start, self.tokens[last - 1].end)


def read_scenes(
    cast: Cast, statements: Sequence[Statement], issues: Sequence[IssueMention]
) -> Iterator[tuple[Scene, Scene | None]]:
    """Each sentence of an article that names one of its `issues`, or follows one that does, with the one before it
    (None: it is the first).

    Empty: the article names none. Raises: nothing.
    """
    article = cast.article
    sentences = [s for s in article_sentences(article) if s.end - s.start <= LONGEST_SENTENCE]
    near = _by_sentence(sentences, [(s, (*s.content, *s.cue, *s.source)) for s in statements])
    named = _by_sentence(sentences, [(m, (m.span,)) for m in issues])
    scenes: dict[int, Scene] = {}

    def scene(number: int) -> Scene:
        if number not in scenes:
            scenes[number] = _scene(cast, sentences[number], near[number], named[number])
        return scenes[number]

    for number in range(len(sentences)):
        if named[number] or (number and named[number - 1]):
            yield scene(number), scene(number - 1) if number else None


def _scene(cast: Cast, sentence: Span, statements: Sequence[Statement], issues: Sequence[IssueMention]) -> Scene:
    tokens = tokenize(cast.article.text, *sentence)
    inside = tuple(m for m in issues if sentence.start <= m.span.start and m.span.end <= sentence.end)
    return Scene(
        article=cast.article,
        cast=cast,
        sentence=sentence,
        tokens=tokens,
        mentions=find_actors(tokens, cast),
        statements=tuple(statements),
        issues=inside,
        layers=tuple(_innermost(token, statements) for token in tokens),
    )


def _innermost(token: Token, statements: Sequence[Statement]) -> Statement | None:
    around = [s for s in statements if any(c.start <= token.start and token.end <= c.end for c in s.content)]
    return min(around, key=lambda s: sum(end - start for start, end in s.content), default=None)


_Found = TypeVar("_Found")


def _by_sentence(
    sentences: Sequence[Span], found: Iterable[tuple[_Found, Sequence[Span]]]
) -> defaultdict[int, list[_Found]]:
    """What stands at least in part in each sentence (by its index), in the order given, each once."""
    here: defaultdict[int, dict[int, _Found]] = defaultdict(dict)
    for number, (one, spans) in enumerate(found):
        for span in spans:
            first = bisect_right(sentences, span.start, key=lambda sentence: sentence.end)
            last = bisect_left(sentences, span.end, key=lambda sentence: sentence.start)
            for index in range(first, last):
                here[index][number] = one
    return defaultdict(list, {index: list(ones.values()) for index, ones in here.items()})


def find_issues(cast: Cast, codebook: Codebook) -> tuple[IssueMention, ...]:
    """The words of an article that name an issue, in text order; a person's name is none ("Mr Herring")."""
    people = sorted(Span(start, end) for start, (end, _, person) in cast.mentions.items() if person)
    issues = codebook.find(cast.article.text, [block.span for block in cast.article.own_blocks()])
    return tuple(issue for issue in issues if not _is_surname(people, issue))


def _is_surname(people: Sequence[Span], mention: IssueMention) -> bool:
    """Whether the words of an issue are part of a person's name; `people` are names in text order."""
    before = bisect_right(people, mention.span.start, key=lambda name: name.start) - 1
    return before >= 0 and mention.span.start < people[before].end
