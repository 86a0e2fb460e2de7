"""Changes of voice: an attribution dropped, added, or moved to another speaker."""

from collections.abc import Iterator

from retold.article import Span
from retold.collation.collation import Change
from retold.collation.making import make_change, quote, span_of
from retold.collation.witness import Sentence, Telling, inside
from retold.language.words import Word, words_in
from retold.statements.statement import Statement

_MIN_WORDS = 2  # content words of a speaker that the other tells in its own voice
_CLAUSE = 7  # words: so near to each other they are told in one breath
_MIN_ADDED = 3  # content words of a statement
_BORNE = 0.6  # part of them that the other report has
_TERM = 4  # words: at most so many in marks are one speaker's word for a thing


def find_dropped_attributions(a: Telling, b: Telling) -> Iterator[Change]:
    """What `b` says in its own voice, though in `a` only a speaker says it."""
    only_said = _roots_only_said(a)
    clause = _told_as_fact(only_said, a, b)
    roots = {word.root for word in clause} & only_said
    said = [word for word in a.words if word.root in roots and _is_said(a.witness.statement_at(word))]
    if len(roots) < _MIN_WORDS or not said or _told_by_reporter(roots, a):
        return
    said_spans = _stretches(said, a)
    span = span_of(clause)
    who = _says(a.witness.voice_of(said_spans[0]))
    note = f"{quote(b.text(span))} is told as a fact; in the other it is what {who}: {quote(a.text(said_spans[0]))}"
    yield make_change("attribution_dropped", (a, said_spans), (b, [span]), note, how="voices", confidence=0.75)


def _told_as_fact(only_said: frozenset[str], a: Telling, b: Telling) -> list[Word]:
    """The clause of `b`, in its own voice, that holds most words which only a speaker of `a` says; empty: none.

    Headlines and transcripts name no speaker, for want of room or of need. Names alone make no clause.
    """
    if b.heading or b.witness.article.genre == "transcript" or _names_speaker(a, b):
        return []
    text = b.witness.article.text
    own = [
        word
        for word in b.words
        if word.root in only_said
        and not text[word.start].isupper()
        and b.witness.statement_at(word) is None
        and not inside(word, b.witness.quoted)
    ]
    return _widest_clause(own, b) if len({word.root for word in own}) >= _MIN_WORDS else []


def _says(voice: str) -> str:
    name, quoted, _ = voice.partition(", quoted")
    return f"{name} says in quotation marks" if quoted else f"{name} says"


def _stretches(said: list[Word], a: Telling) -> list[Span]:
    """Where a speaker says these words: one stretch for each statement."""
    groups: dict[str, list[Word]] = {}
    for word in said:
        statement = a.witness.statement_at(word)
        groups.setdefault(statement.id if statement else "", []).append(word)
    return [span_of(words) for words in sorted(groups.values(), key=len, reverse=True)]


def _roots_only_said(a: Telling) -> frozenset[str]:
    """Roots that stand in statements of `a`, and nowhere in the reporter's own words of this passage."""
    said = {word.root for word in a.words if word.content and _is_said(a.witness.statement_at(word))}
    own = {word.root for word in a.words if word.content and not _is_said(a.witness.statement_at(word))}
    return frozenset(said - own)


def _is_said(statement: Statement | None) -> bool:
    """Whether somebody surely said it: in marks, or in the words of a source that is known or stays unnamed."""
    if statement is None:
        return False
    return statement.kind != "indirect" or any(speaker.kind != "unknown" for speaker in statement.speakers)


def _widest_clause(words: list[Word], b: Telling) -> list[Word]:
    """The largest group of `words` of which each is at most a few words from the next."""
    position = {word: index for index, word in enumerate(b.words)}
    groups: list[list[Word]] = []
    for word in words:
        if groups and position[word] - position[groups[-1][-1]] <= _CLAUSE:
            groups[-1].append(word)
        else:
            groups.append([word])
    best = max(groups, key=len)
    return list(b.words[position[best[0]] : position[best[-1]] + 1])


def _names_speaker(a: Telling, b: Telling) -> bool:
    """Whether `b` names one of the sources of `a` in this passage: then nobody takes the words for its own."""
    text = a.witness.article.text
    for statement in a.witness.statements:
        if not any(inside(span, a.spans) for span in statement.content):
            continue
        source = {word.root for word in words_in(text, statement.source) if word.content}
        names = {root for speaker in statement.speakers if speaker.name for root in _last_root(speaker.name)}
        if (source and source <= b.roots) or names & b.roots:
            return True
    return False


def _last_root(name: str) -> list[str]:
    return [word.root for word in words_in(name, (Span(0, len(name)),))][-1:]


def _told_by_reporter(roots: set[str], a: Telling) -> bool:
    """Whether a sentence of a's report has these words outside any statement."""
    return any(
        roots <= {word.root for word in sentence.words if a.witness.statement_at(word) is None}
        for sentence in a.witness.sentences
        if roots <= sentence.roots
    )


def find_dropped_terms(a: Telling, b: Telling) -> Iterator[Change]:
    """A speaker's own word for a thing, in marks in `a`, that `b` uses without marks outside that speaker's mouth.

    The whole of a's report is searched, because a term in marks may stand in a sentence of its own
    ("Mr Venn called it a “concession”.").
    """
    if b.witness.article.genre == "transcript":
        return
    text = a.witness.article.text
    quoted_b = {word.root for word in b.words if inside(word, b.witness.quoted)}
    for term, statement, sentence in _terms(a):
        roots = {word.root for word in term if word.content}
        if all(text[word.start].isupper() for word in term if word.content):  # a name in marks is nobody's word
            continue
        used = [word for word in b.words if word.root in roots and not inside(word, b.witness.quoted)]
        if not roots or {word.root for word in used} != roots or roots & quoted_b:
            continue
        speakers = [speaker.name for speaker in statement.speakers if speaker.name]
        company = (sentence.roots & b.roots) - roots
        if not speakers or not company or not _in_own_voice(used, b) or _free_elsewhere(roots, a):
            continue
        here, there = span_of(used), span_of(term)
        note = f"{quote(b.text(here))} is the report's own word; in the other it is {speakers[0]}'s, in quotation marks"
        yield make_change("attribution_dropped", (a, [there]), (b, [here]), note, how="terms", confidence=0.7)


def _terms(a: Telling) -> Iterator[tuple[tuple[Word, ...], Statement, Sentence]]:
    for sentence in a.witness.sentences:
        for quotation in a.witness.quoted:
            if sentence.span.start <= quotation.start and quotation.end <= sentence.span.end:
                term = tuple(word for word in sentence.words if inside(word, [quotation]))
                statement = a.witness.statement_at(term[0]) if 0 < len(term) <= _TERM else None
                if statement is not None and not sentence.heading:
                    yield term, statement, sentence


def _in_own_voice(used: list[Word], b: Telling) -> bool:
    """Outside every statement, or in a remark that trails behind one ("…, a significant concession")."""
    if b.witness.statement_at(used[0]) is None:
        return True
    text = b.witness.article.text
    before = [word for word in b.words if word.end <= used[0].start][-3:]
    return any(word.norm in ("a", "an") and text[: word.start].rstrip().endswith(",") for word in before)


def _free_elsewhere(roots: set[str], a: Telling) -> bool:
    """Whether a's report uses the term itself, outside marks and statements, in its body."""
    return any(
        roots
        <= {w.root for w in sentence.words if not inside(w, a.witness.quoted) and a.witness.statement_at(w) is None}
        for sentence in a.witness.sentences
        if roots <= sentence.roots and not sentence.heading and not a.text(sentence.span).endswith("?")
    )


def find_added_attributions(a: Telling, b: Telling) -> Iterator[Change]:
    """What `a` tells in its own voice and `b` gives as somebody's words: a quotation, or an unnamed source's view."""
    if any(inside(word, a.witness.quoted) or a.witness.statement_at(word) for word in a.words):
        return
    for statement in b.witness.statements:
        words = [word for word in b.words if inside(word, statement.content)]
        roots = {word.root for word in words if word.content}
        if len(roots) < _MIN_ADDED or not _is_invention(statement) or len(roots & a.roots) < _BORNE * len(roots):
            continue
        span = span_of(words)
        who = b.witness.article.words(statement.source) or "a speaker"
        note = f"{quote(b.text(span))} is given to {quote(who)}; in the other these are the report's own words"
        before = [span_of([word for word in a.words if word.root in roots])]
        after = sorted((*statement.source, span))
        yield make_change("attribution_added", (a, before), (b, after), note, how="voices", confidence=0.65)


def _is_invention(statement: Statement) -> bool:
    """Direct speech or an unnamed source: a named speaker's paraphrase may rest on a sentence that was not aligned."""
    unnamed = bool(statement.speakers) and all(speaker.kind == "anonymous" for speaker in statement.speakers)
    return bool(statement.cue) and (statement.kind == "direct" or unnamed)
