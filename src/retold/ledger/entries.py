"""The ledger's rows: who did what about which issue, from the sentences of the articles and the statements in them.

Precision comes first: an act without a certain actor or without a named issue is no row.
"""

import hashlib
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from retold.article import Article, Pin, Span
from retold.language.names import Entity, find_entities
from retold.language.sentences import LONGEST_SENTENCE, article_sentences
from retold.language.tokens import Token, tokenize
from retold.ledger.actors import Actor, ActorMention, Cast, gather_cast, known_organizations
from retold.ledger.acts import plover_type, settle_status
from retold.ledger.clauses import Predicate, Scene, find_predicates, set_scene
from retold.ledger.codebook import ANY_DOMAIN, Codebook, IssueMention
from retold.ledger.grammar import lower, words
from retold.ledger.position import Act, Entry, Status
from retold.ledger.sides import derive_sides
from retold.statements.statement import Statement

_REACH = 14  # tokens after the act within which its issue must begin
_COORDINATED = 6  # tokens between two issues joined by "and" that one act governs
_BEFORE_SPEAKER_ACT = 3  # tokens before "must be" within which its issue must end: it is the subject

# From reading rows on articles not written for (0.83 of 29 right in old newswire, about 0.7 of 65 in American home
# politics, where most of what is wrong hangs on the issue): a verb with its subject is safer than a noun with its
# possessor, and that safer than a duty that a speaker states. Not calibrated yet.
_CONFIDENCE = {"verb": 0.8, "adjective": 0.75, "noun": 0.7, "speaker": 0.6}


class _Object(NamedTuple):
    """An issue that an act governs. `turned`: words around it turn the direction ("lift sanctions"); None: the act is
    only about talking of it and takes no side.
    """

    issue: IssueMention
    turned: bool | None


def find_entries(
    articles: Sequence[Article],
    statements: Sequence[Statement],
    codebook: Codebook,
    entities: Sequence[Sequence[Entity]] | None = None,
) -> tuple[Entry, ...]:
    """Find who acts on which issue of `codebook`, in the order of the articles and of their words.

    `statements` are those of `articles` (others are ignored), `entities` whom each article names (None: they are
    looked for here, by rules alone). Each entry is pinned to the words of its actor, act,
    issue and condition: `article.text[start:end]` of its evidence. Empty: nobody acts on any issue. Raises: nothing.
    """
    tokens = [(article, _own_tokens(article)) for article in articles]
    sides = derive_sides(tokens)
    named = [find_entities(article) for article in articles] if entities is None else entities
    organizations = known_organizations(articles, named, statements, sides)
    by_article: defaultdict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        by_article[statement.article].append(statement)
    found: dict[str, Entry] = {}
    for article, own in zip(articles, named, strict=True):
        cast = gather_cast(article, own, sides, organizations)
        for entry in _article_entries(cast, by_article[article.id], codebook):
            found.setdefault(entry.id, entry)
    return tuple(found.values())


def _own_tokens(article: Article) -> list[Token]:
    return [token for block in article.own_blocks() for token in tokenize(article.text, block.start, block.end)]


def _article_entries(cast: Cast, statements: Sequence[Statement], codebook: Codebook) -> Iterator[Entry]:
    article = cast.article
    issues = codebook.find(article.text, [block.span for block in article.own_blocks()])
    if not issues:
        return
    by_id = {statement.id: statement for statement in statements}
    sentences = [s for s in article_sentences(article) if s.end - s.start <= LONGEST_SENTENCE]
    near = _by_sentence(sentences, [(s, (*s.content, *s.cue)) for s in statements])
    people = sorted(Span(start, end) for start, (end, _, person) in cast.mentions.items() if person)
    named = _by_sentence(sentences, [(m, (m.span,)) for m in issues if not _is_surname(people, m)])
    before: Scene | None = None
    for number, sentence in enumerate(sentences):
        here = [m for m in named[number] if sentence.start <= m.span.start and m.span.end <= sentence.end]
        scene = set_scene(cast, sentence, near[number], here, before)
        predicates = find_predicates(scene)
        for place, predicate in enumerate(predicates):
            yield from _entries_of(scene, predicate, predicates[place + 1 :], by_id)
        before = scene


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


def _is_surname(people: Sequence[Span], mention: IssueMention) -> bool:
    """Whether the words of an issue are part of a person's name ("Mr Herring"); `people` are names in text order."""
    before = bisect_right(people, mention.span.start, key=lambda name: name.start) - 1
    return before >= 0 and mention.span.start < people[before].end


def _entries_of(
    scene: Scene, predicate: Predicate, later: Sequence[Predicate], by_id: dict[str, Statement]
) -> Iterator[Entry]:
    stop = _object_end(scene, predicate, later)
    condition = _condition(scene, predicate, later)
    act, status = _status(scene, predicate, stop, condition)
    if not _is_complete(scene, predicate, stop):
        return
    for item in _objects(scene, predicate, stop):
        for actor in predicate.actors:
            yield _entry(scene, predicate, item, actor, act, status, condition, by_id, stop)


def _is_complete(scene: Scene, predicate: Predicate, stop: int) -> bool:
    """Whether an act has the partner it needs: "met the deadline" is no meeting, "pushed an idea" urges nobody."""
    if predicate.word.form != "verb" or predicate.word.length > 1 or predicate.word.act not in ("meet", "urge"):
        return True
    if predicate.word.act == "meet" and lower(scene.tokens[predicate.cue.first]) not in ("meet", "meets", "met"):
        return True
    near = [m for m in scene.mentions if predicate.cue.last <= m.first <= predicate.cue.last + 3 and m.first < stop]
    return bool(near) or len(predicate.actors) > 1


def _status(scene: Scene, predicate: Predicate, stop: int, condition: tuple[int, int] | None) -> tuple[Act, Status]:
    layer = predicate.statement
    reported = layer is not None and layer.kind == "indirect"
    act, status = settle_status(predicate.word, predicate.group, conditional=condition is not None, reported=reported)
    if act == "reject" and _governs_refusal(scene, predicate, stop):
        return "rule_out", "negated"
    return act, status


def _governs_refusal(scene: Scene, predicate: Predicate, stop: int) -> bool:
    """Whether what is refused is to rule out or reject something ("refused to rule out sanctions")."""
    following = [cue for cue in scene.cues if predicate.cue.last <= cue.first < min(stop, predicate.cue.last + 3)]
    return bool(following) and following[0].readings[0].act in ("rule_out", "reject")


def _index_of(scene: Scene, offset: int) -> int:
    """The index of the first token that begins at or after `offset`."""
    return next((i for i, token in enumerate(scene.tokens) if token.start >= offset), len(scene.tokens))


def _object_end(scene: Scene, predicate: Predicate, later: Sequence[Predicate]) -> int:
    """Where the words that an act governs end: at a clause of another kind, another act, or the end of a statement."""
    next_act = _next_act(scene, predicate, later)
    for index in range(predicate.cue.last, next_act):
        finite = scene.tokens[index].text in _FINITE and index > predicate.cue.last
        if _ends_object(scene, predicate, index) or (finite and not _has_that(scene, predicate, index)):
            return index
    return next_act


_FINITE = frozenset(("is", "are", "was", "were", "could", "would", "will", "can", "might", "has", "have", "had"))


def _has_that(scene: Scene, predicate: Predicate, index: int) -> bool:
    """Whether the finite verb at `index` belongs to a clause that the act governs ("agreed that the toll is …")."""
    opened = scene.tokens[predicate.cue.last - 1 : index]
    return any(lower(token) == "that" for token in opened)


def _next_act(scene: Scene, predicate: Predicate, later: Sequence[Predicate]) -> int:
    """Where the next act begins that is no object of this one ("he defended Ms Doe's refusal": the refusal is)."""
    starts = [p.first if p.first > predicate.cue.first else p.group.first for p in later if p.word.form != "noun"]
    return min((start for start in starts if start > predicate.cue.first), default=len(scene.tokens))


def _ends_object(scene: Scene, predicate: Predicate, index: int) -> bool:
    token = scene.tokens[index]
    word = lower(token)
    if (
        token.text in ";:—–()"
        or word in words("break")
        or word in words("asking")
        or any(first == index for first, _ in scene.conditions)
    ):
        return True
    if not predicate.announced and _leaves_statement(scene, predicate, index):
        return True
    if token.text != ",":
        return False
    # A comma goes on only within a list of issues: "tolls, tariffs and quotas".
    following = scene.tokens[index + 1 : index + 4]
    starts = {mention.span.start for mention in scene.issues}
    return not any(next_token.start in starts for next_token in following)


def _leaves_statement(scene: Scene, predicate: Predicate, index: int) -> bool:
    """Whether the token is someone else's words than the act: another statement's, or no longer this one's."""
    layer = scene.layers[index]
    if layer is predicate.statement or not scene.tokens[index].is_word:
        return False
    if layer is None or predicate.statement is None:
        return layer is None or layer.kind != "mixed"
    return layer.parent != predicate.statement.id


def _condition(scene: Scene, predicate: Predicate, later: Sequence[Predicate]) -> tuple[int, int] | None:
    """The condition that hangs on an act: after it and before the next act, or at the head of its clause."""
    if predicate.word.act in ("accuse", "deny", "meet"):
        return None
    next_act = _next_act(scene, predicate, later)
    for first, end in scene.conditions:
        same = scene.layers[first] is scene.layers[min(predicate.cue.last, len(scene.tokens) - 1)]
        between = scene.tokens[predicate.cue.last : first]
        relative = any(
            lower(t) in ("which", "who", "whose", "what", "where") or lower(t) in words("break") for t in between
        )
        if predicate.cue.last <= first < next_act and (same or predicate.announced) and not relative:
            return first, end
        if end <= predicate.first and predicate.first - end <= 2 and scene.layers[first] is predicate.statement:
            return first, end
    return None


def _objects(scene: Scene, predicate: Predicate, stop: int) -> tuple[_Object, ...]:
    """The issues that an act governs, at least one of a particular domain where any is. Empty: none is named."""
    if not _has_object(scene, predicate, stop):
        return ()
    opening = scene.tokens[max(0, predicate.group.first - 1) : predicate.cue.first + 1]
    there = any(lower(token) == "there" for token in opening)
    if predicate.passive or (predicate.word.form == "speaker" and not there):
        before = _issue_before(scene, predicate)
        if before:
            return (_Object(before, _turned_after(scene, predicate)),)
    if predicate.passive or _is_about_claims(scene, predicate):
        return ()
    if predicate.word.form == "speaker" and not there:
        pronoun = _of_pronoun(scene, predicate)
        return (_Object(pronoun, False),) if pronoun else ()
    direct = _issues_within(scene, predicate.cue.last, stop)
    if direct:
        return direct
    implied = _compound(scene, predicate) or _antecedent(scene, predicate, stop)
    return (_Object(implied, False),) if implied else ()


def _has_object(scene: Scene, predicate: Predicate, stop: int) -> bool:
    """Whether the words that an act needs to be this act are governed by it ("released prisoners")."""
    needed = predicate.word.objects
    governed = scene.tokens[: predicate.cue.first] if predicate.passive else scene.tokens[predicate.cue.last : stop]
    return not needed or any(lower(token).startswith(needed) for token in governed)


def _is_about_claims(scene: Scene, predicate: Predicate) -> bool:
    """Whether what is governed is a claim ("rejected claims that …"), or the actor's own deed ("sought to …")."""
    governed = scene.tokens[predicate.cue.last : predicate.cue.last + 3]
    if (
        predicate.word.act in ("demand", "ask")
        and predicate.word.form == "verb"
        and governed
        and lower(governed[0]) == "to"
    ):
        return True
    if predicate.word.act == "offer" and governed and lower(governed[0]) == "that":
        return lower(governed[1]) not in words("pronoun") if len(governed) > 1 else True
    return any(lower(token) in words("claim noun") for token in governed)


def _issues_within(scene: Scene, begin: int, stop: int) -> tuple[_Object, ...]:
    reach = min(stop, begin + _REACH)
    named = [m for m in scene.issues if begin <= _index_of(scene, m.span.start) < reach and not _is_place(scene, m)]
    if not named:
        return ()
    first = _what_about(scene, named)
    turned = _turned(scene, begin, _index_of(scene, first.span.start)) is not _turned_behind(scene, begin, first)
    before = scene.tokens[begin : _index_of(scene, first.span.start)]
    side: bool | None = None if any(lower(token) in words("talking") for token in before) else turned
    joined = [first]
    later = [m for m in _particular(named) if m.span > first.span]
    for mention in () if turned else later:  # "an end to the ban and higher tolls": only the first is turned
        between = scene.tokens[_index_of(scene, joined[-1].span.end) : _index_of(scene, mention.span.start)]
        linked = any(lower(token) in ("and", "or", ",") for token in between) and len(between) <= _COORDINATED
        if not linked or any(lower(token) in words("reverser") for token in between):
            break
        joined.append(mention)
    unique = {mention.issue.code: mention for mention in reversed(joined)}
    return tuple(_Object(mention, side) for mention in reversed(unique.values()))


def _what_about(scene: Scene, named: Sequence[IssueMention]) -> IssueMention:
    """The first issue; where it is only a deal or talks, the issue that these are about ("a deal on tolls")."""
    first = named[0]
    if first.issue.domain == ANY_DOMAIN and len(named) > 1:
        between = scene.tokens[_index_of(scene, first.span.end) : _index_of(scene, named[1].span.start)]
        if not between or (lower(between[0]) in ("on", "over", "about", "of", "for") and len(between) <= _COORDINATED):
            return named[1]
    return first


def _turned_behind(scene: Scene, begin: int, mention: IssueMention) -> bool:
    """Whether what follows an issue turns it: "tariff relief", "that the tariffs be lifted", "that they should not"."""
    index = _index_of(scene, mention.span.end)
    if index < len(scene.tokens) and lower(scene.tokens[index]) in words("turning noun"):
        return True
    if begin >= len(scene.tokens) or "that" not in (lower(scene.tokens[begin]), lower(scene.tokens[begin - 1])):
        return False
    clause = [lower(token) for token in scene.tokens[index : index + 4]]
    return any(word in ("not", "never") or word in words("turning participle") for word in clause)


def _is_place(scene: Scene, mention: IssueMention) -> bool:
    """Whether an issue only says where or when ("at the summit", "in a breakthrough agreement")."""
    named = scene.article.text[slice(*mention.span)].lower().split()
    index = _index_of(scene, mention.span.start) - 1
    if named[-1] not in words("event noun"):
        return False
    for back in range(index, max(-1, index - 5), -1):
        word = lower(scene.tokens[back])
        if word in ("at", "in", "during", "amid"):
            return True
        if word in words("preposition") or not scene.tokens[back].is_word:
            return False
    return False


def _turned(scene: Scene, begin: int, end: int) -> bool:
    """Whether an odd number of words between act and issue turn the direction round."""
    turns = 0
    index = begin
    last_turn = begin - 3
    while index < end:
        cue = next((c for c in scene.cues if c.first == index and c.last <= end), None)
        word = lower(scene.tokens[index])
        only = word == "not" and index + 1 < end and lower(scene.tokens[index + 1]) == "only"
        against = cue is not None and cue.readings[0].stance < 0
        if (against or word in words("reverser")) and not only:
            doubled = word == "against" and index - last_turn <= 2  # "a fight against": one turn, not two
            turns += not doubled
            last_turn = index
        index = cue.last if cue and against else index + 1
    return turns % 2 == 1


def _turned_after(scene: Scene, predicate: Predicate) -> bool:
    """ "Sanctions must be lifted": the verb after a speaker's act turns the direction too."""
    if predicate.word.form != "speaker":
        return False
    tail = scene.tokens[predicate.cue.last : predicate.cue.last + 3]
    return any(lower(token) in words("turning participle") for token in tail)


def _issue_before(scene: Scene, predicate: Predicate) -> IssueMention | None:
    """The issue that is the subject of a passive or of a speaker's act: the nearest before it in its clause."""
    index = predicate.group.first - 1
    reach = _REACH if predicate.passive else _BEFORE_SPEAKER_ACT
    begin = max(0, index - reach + 1)
    while index >= begin:
        token = scene.tokens[index]
        if token.text in ",;:—" or scene.layers[index] is not scene.layers[predicate.cue.first]:
            return None
        named = next((m for m in scene.issues if m.span.start <= token.start < m.span.end), None)
        if named:
            return named
        index -= 1
    return None


def _compound(scene: Scene, predicate: Predicate) -> IssueMention | None:
    """The issue right before a noun of act ("a ceasefire offer"), or in its very words ("strike a deal")."""
    begin, end = _span(scene, (predicate.cue.first, predicate.cue.last))
    inside = next((m for m in scene.issues if begin < m.span.end <= end), None)
    if inside or predicate.word.form != "noun":
        return inside
    return next((m for m in scene.issues if 0 <= begin - m.span.end <= 1), None)


def _of_pronoun(scene: Scene, predicate: Predicate) -> IssueMention | None:
    """What "that was not the strategy" speaks of: the issue before it, if there is but one."""
    index = predicate.group.first
    pronoun = lower(scene.tokens[index - 1]) if index else ""
    if predicate.word.form != "speaker" or pronoun not in ("that", "it", "this"):
        return None
    return _only_issue(scene, scene.tokens[index - 1].start)


_NOUN_TAIL = 5  # tokens that may stand between an issue and its "which" ("a zone around the harbour, which")


def _issue_before_which(scene: Scene, which: int) -> IssueMention | None:
    """The nearest issue before "which", if no comma but the last stands between."""
    near = [m for m in scene.issues if m.span.end <= scene.tokens[which].start]
    if not near:
        return None
    between = scene.tokens[_index_of(scene, near[-1].span.end) : which]
    inner = between[:-1] if between and between[-1].text == "," else between
    return near[-1] if len(inner) <= _NOUN_TAIL and all(token.is_word for token in inner) else None


def _only_issue(scene: Scene, before: int) -> IssueMention | None:
    """The one issue named earlier in the sentence, else in the sentence before it; None where there are two."""
    here = [m for m in scene.issues if m.span.end <= before]
    candidates = _particular(here) or _particular(scene.earlier) or here
    return candidates[-1] if len({m.issue.code for m in candidates}) == 1 else None


def _antecedent(scene: Scene, predicate: Predicate, stop: int) -> IssueMention | None:
    """The issue that "that", "it", "the offer" or "which" stands for; None where it could be another."""
    tail = [lower(token) for token in scene.tokens[predicate.cue.last : stop] if token.is_word]
    while len(tail) > 1 and (tail[-1] in words("time") or tail[-1] == "on"):
        tail.pop()
    closed = predicate.cue.last >= stop or not scene.tokens[predicate.cue.last].is_word
    relative = predicate.first > 0 and lower(scene.tokens[predicate.first - 1]) == "which" and closed
    if relative:
        return _issue_before_which(scene, predicate.first - 1)
    pointing = bool(tail) and tail[-1] in words("anaphor") and len(tail) <= _COORDINATED
    noun = len(tail) == 2 and tail[0] in ("the", "that", "this") and tail[1] in words("anaphoric noun")
    if not pointing and not noun:
        return None
    return _only_issue(scene, scene.tokens[predicate.first].start)


def _particular(mentions: Iterable[IssueMention]) -> list[IssueMention]:
    return [mention for mention in mentions if mention.issue.domain != ANY_DOMAIN]


def _entry(
    scene: Scene,
    predicate: Predicate,
    item: _Object,
    actor: Actor,
    act: Act,
    status: Status,
    condition: tuple[int, int] | None,
    by_id: dict[str, Statement],
    stop: int,
) -> Entry:
    article, statement = scene.article, predicate.statement
    span = _evidence(scene, predicate, item, condition, stop)
    plover, mode = plover_type(act, status, article.text[slice(*span)])
    issue = item.issue.issue
    return Entry(
        id=_entry_id(article, span, scene.tokens[predicate.cue.first].start, act, actor, issue.cues),
        actor=actor.name,
        organization=actor.organization,
        recipient=_recipient(scene, predicate, actor, stop),
        issue=issue.code,
        concept=issue.label,
        act=act,
        plover=plover,
        mode=mode,
        contexts=issue.contexts,
        agreement=_agreement(predicate, act, status, item.turned),
        status=status,
        condition=article.text[_span(scene, condition)[0] : _span(scene, condition)[1]] if condition else None,
        hearsay=_is_hearsay(predicate, actor, by_id, scene.cast),
        statement=statement.id if statement else None,
        evidence=Pin(article.id, span),
        said_on=statement.said_on if statement else None,
        how=f"rule:act-{predicate.word.form}",
        confidence=_CONFIDENCE[predicate.word.form],
    )


def _span(scene: Scene, indexes: tuple[int, int]) -> Span:
    return Span(scene.tokens[indexes[0]].start, scene.tokens[indexes[1] - 1].end)


def _evidence(scene: Scene, predicate: Predicate, item: _Object, condition: tuple[int, int] | None, stop: int) -> Span:
    """The words from the first to the last of actor, act, issue and condition.

    Where "it" stands for the issue, the words that the act governs are shown, and the issue if the sentence has it.
    """
    sentence = Span(scene.tokens[0].start, scene.tokens[-1].end)
    spans = [_span(scene, (predicate.first, predicate.cue.last))]
    if sentence.start <= item.issue.span.start:
        spans.append(item.issue.span)
    while stop > predicate.cue.last and not scene.tokens[stop - 1].is_word:
        stop -= 1
    if item.issue.span.start < spans[0].start and predicate.word.form == "verb" and stop > predicate.cue.last:
        spans.append(_span(scene, (predicate.cue.last, stop)))
    if predicate.passive:
        spans += [_span(scene, (m.first, m.last)) for m in scene.mentions if m.first == predicate.cue.last + 1]
    if predicate.word.form == "noun":
        spans += [_span(scene, (m.first, m.last)) for m in scene.mentions if m.first - predicate.cue.last in (0, 1)]
    if predicate.announced and predicate.statement:
        spans += [s for s in predicate.statement.source if sentence.start <= s.start and s.end <= sentence.end]
    if condition:
        spans.append(_span(scene, condition))
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _entry_id(article: Article, span: Span, cue: int, act: Act, actor: Actor, issue_words: tuple[str, ...]) -> str:
    key = f"{span.start}-{span.end}-{cue}-{act}-{actor.name}-{'|'.join(issue_words)}"
    return f"{article.id}-l{hashlib.sha256(key.encode()).hexdigest()[:10]}"


def _agreement(predicate: Predicate, act: Act, status: Status, turned: bool | None) -> bool | None:
    """True: for the issue, False: against it; None: the act takes no side ("did not rule out")."""
    stance = predicate.word.stance
    if stance == 0 or status == "negated" or turned is None:
        return None
    if act == "reject" and stance > 0:
        stance = -1
    return (stance > 0) is not turned


def _recipient(scene: Scene, predicate: Predicate, actor: Actor, stop: int) -> str | None:
    """The actor named right after the act, or after one small word ("met with", "demanded of")."""
    if predicate.word.form == "speaker" or predicate.passive:
        return None
    index = predicate.cue.last
    near = [m for m in scene.mentions if index <= m.first < stop and not _is_issue(scene, m)]
    first = near[0] if near else None
    if first is None or first.actor == actor:
        return None
    between = scene.tokens[index : first.first]
    small = all(lower(token) in ("with", "on", "to", "from", "of", "the", "that", "for") for token in between)
    return first.actor.name if small and len(between) <= 1 else None


def _is_issue(scene: Scene, mention: ActorMention) -> bool:
    """Whether a name is part of an issue ("NATO membership")."""
    first, last = _span(scene, (mention.first, mention.last))
    return any(m.span.start < last and first < m.span.end for m in scene.issues)


def _is_hearsay(predicate: Predicate, actor: Actor, by_id: dict[str, Statement], cast: Cast) -> bool:
    """Whether someone else than the actor says so: the statement's speaker, or that of the one around it."""
    around = predicate.statement
    if around and predicate.announced:
        around = by_id.get(around.parent) if around.parent else None
    while around:
        if not any(_speaks_for(speaker.name, actor, cast) for speaker in around.speakers):
            return True
        around = by_id.get(around.parent) if around.parent else None
    return False


def _speaks_for(name: str | None, actor: Actor, cast: Cast) -> bool:
    """Whether the speaker is the actor, or speaks for the side that the actor is."""
    if name is None:
        return False
    sides = {known.organization for known in cast.named.get(name, ())}
    return name == actor.name or (actor.name == actor.organization and sides == {actor.name})
