"""Who and what an article names: people, bodies and places, each with all its mentions and the role the text gives.

The way: runs of capitalised words are cut out of each sentence, their honorifics and roles split off; runs of several
words become entities; shorter mentions ("Mr Doe", "Doe", "the Commission" is not one) are linked to the one entity
they can stand for.
"""

from bisect import bisect_left
from collections.abc import Sequence

from retold.article import Article, Block, Span
from retold.language.names.clusters import cluster_mentions, kind_of
from retold.language.names.lexicon import is_country
from retold.language.names.mention import Entity, Mention, ProposedName
from retold.language.names.proposals import combine, settle
from retold.language.names.runs import believable, mentions_in
from retold.language.names.titles import is_title_case, with_titles
from retold.language.sentences import split_sentences
from retold.language.tokens import tokenize


def find_entities(article: Article, proposed: Sequence[ProposedName] = ()) -> tuple[Entity, ...]:
    """Find the people, bodies and places that the article's own blocks name, in order of first mention.

    `proposed` are the names that a network sees in the article, in text order. Without them the rules stand alone.

    Empty: none found. Adjectives of nationality, days and months are no names. A block in Title Case is searched only
    for names that stand elsewhere too: there a capital proves nothing.
    """
    lower_words: set[str] = set()
    mentions: list[Mention] = []
    titled: list[Block] = []
    for block in article.own_blocks():
        if is_title_case(article.text, block):
            titled.append(block)
            continue
        for sentence in split_sentences(article.text, block.start, block.end):
            tokens = tokenize(article.text, *sentence)
            lower_words.update(token.text for token in tokens if token.text[0].islower())
            found = list(mentions_in(article.text, tokens))
            mentions.extend(combine(article.text, tokens, found, _within(proposed, sentence)))
    words = {mention.words[0] for mention in mentions}
    kept = believable(mentions, lower_words)
    clusters = cluster_mentions(settle(kept, words) if proposed else kept)
    entities = [_entity(cluster, words) for cluster in clusters]
    return tuple(sorted(with_titles(article.text, entities, titled), key=lambda entity: entity.mentions[0]))


def _within(proposed: Sequence[ProposedName], sentence: Span) -> Sequence[ProposedName]:
    """The proposed names that begin in a sentence."""
    first = bisect_left(proposed, sentence.start, key=lambda one: one.span.start)
    return proposed[first : bisect_left(proposed, sentence.end, key=lambda one: one.span.start)]


def _entity(cluster: list[Mention], words: set[str]) -> Entity:
    ordered = sorted(cluster, key=lambda mention: mention.span)
    fullest = max(ordered, key=lambda mention: len(mention.words))
    roles = [mention.role for mention in ordered if mention.role]
    kind = kind_of(ordered)
    if kind == "unknown" and len(fullest.words) == 1 and is_country(fullest.words[0], words):
        kind = "place"
    return Entity(
        name=" ".join(fullest.words),
        kind=kind,
        role=max(roles, key=len) if roles else None,
        mentions=tuple(mention.span for mention in ordered),
        how="model:names" if any(mention.seen for mention in ordered) else "rule:capitalised-runs",
        confidence=0.9 if len(fullest.words) > 1 else 0.7,
    )
