"""What the rules cut out of a sentence, and what a network sees there, put together.

The rules know forms of address, offices and short forms; the network knows which capitals are names at all, where they
end, and what they name. So the network's bounds win where it is sure, the rules' titles and roles always.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Sequence

from retold.article import Span
from retold.language.names.lexicon import is_adjective, is_country, people_adjectives
from retold.language.names.mention import Mention, NameKind, ProposedName
from retold.language.names.roles import find_name_start, role_after, role_before
from retold.language.tokens import Token

# How probable a name must be: that rules do not find at all (_ADDED), and whose bounds differ from theirs (_MOVED). Set
# by reading names and errors of speakers in articles for mending, not swept.
_ADDED = 0.7
_MOVED = 0.8


def combine(
    text: str, tokens: Sequence[Token], mentions: Sequence[Mention], proposed: Sequence[ProposedName]
) -> list[Mention]:
    """The mentions of one sentence, in text order, in the light of the names proposed for it."""
    taken: list[Mention] = []
    replaced: set[Mention] = set()
    for one in proposed:
        seen = one._replace(span=_bare(text, one.span))
        same = _overlapping(mentions, seen.span)
        if seen.span.start >= seen.span.end or (seen.kind == "unknown" and not same):
            continue
        if [mention.span for mention in same] == [seen.span]:
            taken.append(same[0]._replace(seen=seen))
        elif seen.probability >= (_MOVED if same else _ADDED) and (new := _mention(text, tokens, seen, same)):
            taken.append(new)
        else:
            continue
        replaced.update(same)
    return sorted([*taken, *(one for one in mentions if one not in replaced)], key=lambda mention: mention.span)


def _overlapping(mentions: Sequence[Mention], span: Span) -> Sequence[Mention]:
    """Those of the mentions, which are in text order and share no character, that share some with a span."""
    first = bisect_right(mentions, span.start, key=lambda mention: mention.span.end)
    return mentions[first : bisect_left(mentions, span.end, key=lambda mention: mention.span.start)]


_BEFORE = re.compile(r"(?:[^\w]|(?:the|an?)\s)*+", re.IGNORECASE)
_AFTER = re.compile(r"(?:['’][sS]?|[^\w.)]|(?<=\s)(?:of|the|for|and|in|to|at|on|by|an?)(?!\w))++\Z")


def _bare(text: str, span: Span) -> Span:
    """A proposed name without marks and "the" before it, and without a possessive ending."""
    start = _BEFORE.match(text, *span)
    after = _AFTER.search(text, *span)
    return Span(start.end() if start else span.start, after.start() if after else span.end)


def _mention(text: str, tokens: Sequence[Token], seen: ProposedName, same: Sequence[Mention]) -> Mention | None:
    """A mention where the network sees it; None: its bounds are not those of words, or it is nobody's name."""
    first = bisect_left(tokens, seen.span.start, key=lambda token: token.start)
    end = bisect_left(tokens, seen.span.end, key=lambda token: token.end) + 1
    if (
        max(first + 1, end) > len(tokens)
        or tokens[first].start != seen.span.start
        or tokens[end - 1].end != seen.span.end
    ):
        return None
    person = seen.kind == "person"
    start, title, role_start = find_name_start(tokens, first, end) if person else (first, None, first)
    if start == end:
        return None  # an office without a name
    span = Span(tokens[start].start, seen.span.end)
    words = tuple(text[slice(*span)].split())
    if all(word in people_adjectives() or word[0].islower() for word in words):
        return None
    known = next((one for one in same if one.span.start == span.start), None)
    role = (known and known.role) or role_before(text, tokens, role_start, start) or role_after(text, tokens, end)
    title = title or (known and known.title)
    return Mention(
        words,
        span,
        "person" if person and (title or role) else "unknown",
        title,
        role if person else None,
        opens=start == 0,
        the=start > 0 and tokens[start - 1].text.lower() in ("the", "a", "an"),
        seen=seen,
    )


_BY_RULE = 0.5
"""What the kind that a rule gives to a mention weighs beside the probability of the network's."""

_SETTLED = 0.65
"""What a kind must weigh, for each mention of a form, to be believed: a name in one place only must be as probable."""


def settle(mentions: Sequence[Mention], words: Collection[str]) -> list[Mention]:
    """The mentions, in their order, those of one form with the kind that they have together; `words`: first words of
    all names of the article. What neither the network sees nor a rule knows is left out.

    A network that sees "Venn" ten times is wrong about it once or twice; a title or an office proves a person.
    """
    forms: dict[tuple[str, ...], list[Mention]] = defaultdict(list)
    for mention in mentions:
        if not (mention.title or mention.role):
            forms[mention.words].append(mention)
    kinds = {form: _kind(form, same, words) for form, same in forms.items() if any(one.seen for one in same)}
    seen = {word for one in mentions if one.seen for word in one.words}
    return [
        one if one.title or one.role else one._replace(kind=kinds.get(one.words, one.kind))
        for one in mentions
        if one.kind != "unknown" or one.title or seen & set(one.words)
    ]


def _kind(form: Sequence[str], same: Sequence[Mention], words: Collection[str]) -> NameKind:
    """The kind that the mentions of one form have together; "unknown": none is sure enough."""
    if len(form) == 1 and (is_country(form[0], words) or is_adjective(form[0], words)):
        return "place" if is_country(form[0], words) else "unknown"
    votes: dict[NameKind, float] = defaultdict(float)
    for one in same:
        if one.kind != "unknown":
            votes[one.kind] += _BY_RULE
        if one.seen:
            votes[one.seen.kind] += one.seen.probability
    best = max(votes, key=lambda kind: votes[kind])
    is_sure = votes[best] >= _SETTLED * len(same)
    return best if is_sure and not (best == "organization" and _may_be_people(form)) else "unknown"


def _may_be_people(words: Sequence[str]) -> bool:
    """Whether a body of one word may be people of a kind: "Marines", "Millennials"."""
    return len(words) == 1 and words[0].endswith("s") and words[0][-2:] != "ss"
