"""From a cue to an attribution: where its source and its content stand.

One rule per place that the source can take: "according to X"; "said X" after the content; "X’s claim that"; "was
praised by X"; "X, …, said"; or none. The content stands before the source and the cue where they close or interrupt
the sentence, and after them otherwise; it runs to the end of its clause, and to the end of a quotation that it opens.
"""

from collections.abc import Sequence
from typing import NamedTuple

from retold.article import Span
from retold.statements.attribution import Attribution
from retold.statements.context import SentenceContext, words_of
from retold.statements.cues import CueWord
from retold.statements.phrases import TokenRange, class_at, phrase_after, phrase_before, subject_of


class _Frame(NamedTuple):
    """A sentence, one cue in it (a token range around its head) and the other cues' heads."""

    sentence: SentenceContext
    head: int
    cue: TokenRange
    others: frozenset[int]
    earlier: TokenRange | None  # the source of the cue before in this sentence


class _Source(NamedTuple):
    phrase: TokenRange | None
    rule: str


def attribute(
    text: str, sentence: SentenceContext, cues: Sequence[CueWord], quotations: Sequence[Span]
) -> list[Attribution]:
    """The attributions of one sentence's cues, in text order. `quotations` are the outer ones near the sentence.

    A cue for which no content is found makes none.
    """
    heads = frozenset(cue.position for cue in cues)
    earlier: TokenRange | None = None
    found: list[Attribution] = []
    for cue in cues:
        frame = _Frame(sentence, cue.position, _widen(sentence, cue.position), heads - {cue.position}, earlier)
        source = _find_source(frame)
        content = _find_content(text, frame, source, quotations)
        if source.phrase is not None and source.phrase.end <= frame.cue.start:
            earlier = source.phrase
        if content and not (source.rule == "shared" and source.phrase is None):
            found.append(
                Attribution(
                    source=_spans(sentence, source.phrase),
                    cue=_spans(sentence, frame.cue),
                    content=content,
                    how=source.rule,
                    probability=cue.probability,
                )
            )
    return found


def _spans(sentence: SentenceContext, tokens: TokenRange | None) -> tuple[Span, ...]:
    if tokens is None or tokens.end <= tokens.start:
        return ()
    return (Span(sentence.tokens[tokens.start].start, sentence.tokens[tokens.end - 1].end),)


def _widen(sentence: SentenceContext, head: int) -> TokenRange:
    """The cue with its auxiliaries and adverbs before, and the preposition that belongs to it after."""
    start = head
    while start > 0 and class_at(sentence, start - 1) in ("AUX", "ADV", "-ly"):
        if sentence.depth[start - 1] != sentence.depth[head]:
            break
        start -= 1
    end = head + 1
    if sentence.lower[head] in ("said", "says", "say", "told", "asked", "wrote"):
        return TokenRange(start, end)
    following = sentence.lower[end] if end < len(sentence.lower) else ""
    if following in ("for", "of", "on", "about", "with", "against", "out", "at", "by") or (
        following == "to" and class_at(sentence, end + 1) not in ("word",)
    ):
        end += 1
    return TokenRange(start, end)


def _find_source(frame: _Frame) -> _Source:
    sentence, cue = frame.sentence, frame.cue
    before = class_at(sentence, cue.start - 1)
    word = sentence.lower[frame.head]
    if word == "according":
        return _Source(_according(sentence, frame.head), "according to")
    if _impersonal(frame):
        return _Source(None, "impersonal")
    if _agentless(frame):
        return _Source(None, "agentless")
    if sentence.lower[cue.end - 1] == "by" and any(
        label == "AUX" for label in sentence.classes[cue.start : frame.head]
    ):
        return _Source(phrase_after(sentence, cue.end), "passive")
    if before == "POSS":
        return _Source(_owner(sentence, cue.start), "possessive")
    if _inverted(frame):
        return _Source(_speaker_after(sentence, cue.end), "inverted")
    if frame.head == 0 and word in ("asked", "pressed", "questioned"):
        return _Source(None, "asked")
    if before == "to":
        return _governing_subject(frame)
    participle = word.endswith("ing") and frame.cue.start == frame.head and before not in ("CAP", "-s", "PRON", "OBJ")
    if before in ("CONJ", "edge", "by", "in", "for") or participle:
        return _shared_subject(frame)
    if sentence.lower[cue.start - 1] in ("the", "a", "an"):
        return _Source(None, "noun")
    phrase = phrase_before(sentence, cue.start)
    if phrase is not None:
        return _Source(phrase, "subject")
    return _shared_subject(frame)


def _according(sentence: SentenceContext, head: int) -> TokenRange | None:
    """The source of "according to": up to the comma after it, or to the end of a sentence that it closes."""
    start = head + 2
    if head == 0 or sentence.depth[head - 1] > sentence.depth[head]:
        end = start
        while end < len(sentence.tokens) and class_at(sentence, end) not in (",", ".", ":", ";", "CLOSE"):
            end += 1
        return TokenRange(start, end) if end > start else None
    end = start
    while end < len(sentence.tokens) and class_at(sentence, end) not in (
        ".",
        ":",
        ";",
        "?",
        "!",
        "CLOSE",
        "OPEN",
        "MARK",
    ):
        if class_at(sentence, end) == "," and class_at(sentence, end + 1) not in ("DET",):
            break
        end += 1
    return TokenRange(start, end) if end > start else None


def _impersonal(frame: _Frame) -> bool:
    """Whether nobody in the sentence is the source: "it seems", "is expected to", "are said to"."""
    word = frame.sentence.lower[frame.head]
    if word.startswith(("seem", "appear")):
        return True
    return _is_passive(frame) and word in words_of("impersonal passive")


def _is_passive(frame: _Frame) -> bool:
    """Whether a form of "be" stands before the cue's head, adverbs apart."""
    before = frame.head - 1
    while before > frame.cue.start and class_at(frame.sentence, before) in ("ADV", "-ly"):
        before -= 1
    return before >= frame.cue.start and frame.sentence.lower[before] in words_of("form of be")


def _agentless(frame: _Frame) -> bool:
    """Whether a passive names nobody as its source ("it was revealed"); "was worried" is no passive."""
    word = frame.sentence.lower[frame.head]
    passive = word.endswith("ed") or word in ("told", "seen", "shown", "written", "quoted")
    return passive and word not in words_of("state of mind") and _is_passive(frame)


def _speaker_after(sentence: SentenceContext, start: int) -> TokenRange | None:
    """The source after an inverted cue, with its appositions: "said Ana Holt, a pilot from the islands"."""
    short = phrase_after(sentence, start)
    if short is None or class_at(sentence, start) in ("PRON", "OBJ"):
        return short
    end = start
    apposition = class_at(sentence, start) == "DET"
    while end < len(sentence.tokens) and end - start < 40:
        label, word = class_at(sentence, end), sentence.lower[end]
        if label in (".", ":", ";", "?", "!", "OPEN", "CLOSE", "MARK", '"', "DAY") or sentence.depth[end]:
            break
        following = class_at(sentence, end + 1)
        if label == ",":
            if (
                following
                in ("-ing", "CONJ", "AUX", "OPEN", '"', "DAY", "that", "in", "on", "at", "to", "PRON", "during")
                or word == "adding"
            ):
                break
            apposition = True
        if not apposition and label in ("in", "on", "at", "during", "to", "after", "before", "as", "when", "while"):
            break
        if (label == "on" and following == "DAY") or label in ("during", "after", "when", "while", "because"):
            break
        end += 1
    return TokenRange(start, max(end, start + 1))


def _owner(sentence: SentenceContext, end: int) -> TokenRange | None:
    """The owner in "his claim" or "the minister’s claim"."""
    if sentence.lower[end - 1] not in ("’s", "'s"):
        return TokenRange(end - 1, end)
    phrase = phrase_before(sentence, end - 1)
    return phrase and TokenRange(phrase.start, end)


def _inverted(frame: _Frame) -> bool:
    """Whether the source follows its cue: “…,” said the minister."""
    before, after = class_at(frame.sentence, frame.cue.start - 1), class_at(frame.sentence, frame.cue.end)
    if frame.cue.end != frame.head + 1 or sentence_form(frame.sentence.lower[frame.head]) == "ing":
        return False
    if frame.sentence.lower[frame.head] not in words_of("inverting"):
        return False
    if before in ("CLOSE", '"'):
        return after in _PHRASE_OPENERS
    return (
        before in (",", "MARK", "edge")
        and after in ("CAP", "DET", "POSS")
        and phrase_before(frame.sentence, frame.cue.start) is None
    )


_PHRASE_OPENERS = frozenset(("CAP", "DET", "POSS", "word", "-s", "NUM", "-ed", "-ing"))


def sentence_form(word: str) -> str:
    """The ending that tells a participle from a finite form."""
    return "ing" if word.endswith("ing") else "finite"


def _governing_subject(frame: _Frame) -> _Source:
    """The source of "to deny": the subject of the verb that the infinitive hangs on."""
    sentence = frame.sentence
    for place in range(frame.cue.start - 2, max(-1, frame.cue.start - 9), -1):
        if class_at(sentence, place) in ("AUX", "-ed"):
            phrase = phrase_before(sentence, _widen(sentence, place).start)
            if phrase is not None:
                return _Source(phrase, "infinitive")
    return _shared_subject(frame)


def _shared_subject(frame: _Frame) -> _Source:
    """A participle or a second verb has the source of the cue before it, or the subject of its sentence."""
    if frame.earlier is not None:
        return _Source(frame.earlier, "shared")
    return _Source(subject_of(frame.sentence, frame.cue.start), "shared")


def _find_content(text: str, frame: _Frame, source: _Source, quotations: Sequence[Span]) -> tuple[Span, ...]:
    if source.rule == "impersonal":
        return _with_subject(frame, quotations)
    if source.rule == "agentless":
        return _agentless_content(frame, quotations)
    if source.rule == "passive":
        return _spans(frame.sentence, phrase_before(frame.sentence, frame.cue.start))
    unit = _unit(frame, source)
    left = _content_left(text, frame, unit, quotations)
    if left is None:
        right = _content_right(frame, unit.end, quotations)
        return (right,) if right else ()
    right = None
    mark, following = class_at(frame.sentence, unit.end), class_at(frame.sentence, unit.end + 1)
    quoted = frame.sentence.span.start <= left.end and text[left.end - 1] in "”\"’»'"
    goes_on = mark in (",", ":") and ((source.rule != "inverted" and not quoted) or following in ("OPEN", '"'))
    if goes_on and source.rule != "according to" and unit.end + 1 not in frame.others:
        right = _content_right(frame, unit.end + 1, quotations)
    return (left, right) if right else (left,)


def _agentless_content(frame: _Frame, quotations: Sequence[Span]) -> tuple[Span, ...]:
    """What was said in a passive without an agent: what follows "was asked", the subject of "was announced"."""
    sentence = frame.sentence
    if sentence.lower[frame.head] in words_of("asked of somebody"):
        right = _content_right(frame, frame.cue.end, quotations)
        return (right,) if right else ()
    if class_at(sentence, frame.cue.end) in ("to", "that", "as", "DET", "CAP", "OPEN", '"'):
        return _with_subject(frame, quotations)
    return _spans(sentence, phrase_before(sentence, frame.cue.start))


def _with_subject(frame: _Frame, quotations: Sequence[Span]) -> tuple[Span, ...]:
    """The content of an impersonal cue: its grammatical subject, and what follows it."""
    right = _content_right(frame, frame.cue.end, quotations)
    subject = phrase_before(frame.sentence, frame.cue.start)
    left = () if subject and frame.sentence.lower[subject.start] == "it" else _spans(frame.sentence, subject)
    return (*left, right) if right else ()


def _unit(frame: _Frame, source: _Source) -> TokenRange:
    """Source and cue together, with what stands between them."""
    if source.phrase is None or source.rule in ("shared", "possessive"):
        return frame.cue
    return TokenRange(min(source.phrase.start, frame.cue.start), max(source.phrase.end, frame.cue.end))


def _content_left(text: str, frame: _Frame, unit: TokenRange, quotations: Sequence[Span]) -> Span | None:
    """The content before source and cue, when the two close or interrupt the sentence."""
    sentence = frame.sentence
    before = class_at(sentence, unit.start - 1)
    if unit.start < 1:
        return None
    at = sentence.tokens[unit.start].start
    if before in ("CLOSE", '"', "MARK") or (before == "," and class_at(sentence, unit.start - 2) in ("CLOSE", '"')):
        quotation = next((q for q in quotations if q.end <= at and not text[q.end : at].strip(" ,\n—–-")), None)
        if quotation is not None and frame.sentence.depth[frame.head] == 0:
            return Span(_before_quotation(text, frame, quotation), quotation.end)
    if before != "," or unit.start < 3 or not _closes(frame, unit.end):
        return None
    return Span(sentence.tokens[_clause_start(frame, unit.start - 1)].start, sentence.tokens[unit.start - 2].end)


def _before_quotation(text: str, frame: _Frame, quotation: Span) -> int:
    """Where content that ends in a quotation begins: with the words before its marks when they are few and its own."""
    start = frame.sentence.span.start
    words = text[start : quotation.start]
    if start < quotation.start and words.strip() and not words.rstrip().endswith((",", ":")):
        inside = [i for i, token in enumerate(frame.sentence.tokens) if token.start < quotation.start]
        if not any(index in frame.others for index in inside):
            return start
    return quotation.start


def _clause_start(frame: _Frame, end: int) -> int:
    start = 0
    while start < end and class_at(frame.sentence, start) in ("CONJ",):
        start += 1
    return start


def _closes(frame: _Frame, end: int) -> bool:
    """Whether nothing that could be content follows source and cue: a stop, or only when and where it was said."""
    sentence = frame.sentence
    label, word = class_at(sentence, end), sentence.lower[end] if end < len(sentence.lower) else ""
    if label in (".", ",", "edge", "?", "!", ";"):
        return True
    if sentence.lower[frame.head] == "according":
        return True
    rest = sentence.lower[end:]
    if word == "to" and class_at(sentence, end + 1) in ("word", "AUX"):
        return False
    if label == "DAY" or word in ("in", "on", "at", "during", "after", "before", "when", "as", "last", "this", "to"):
        return "that" not in rest and not any(sentence.depth[end:])
    return False


def _content_right(frame: _Frame, start: int, quotations: Sequence[Span]) -> Span | None:
    sentence = frame.sentence
    if sentence.lower[frame.head] == "according":
        start += class_at(sentence, start) == ","
    start = _after_addressee(frame, start)
    while start < len(sentence.tokens) and class_at(sentence, start) in (",", ":", "."):
        start += 1
    if start >= len(sentence.tokens):
        return None
    end = _clause_end(frame, start)
    if end <= start:
        return None
    span = Span(sentence.tokens[start].start, sentence.tokens[end - 1].end)
    return _through_quotation(span, quotations)


def _through_quotation(span: Span, quotations: Sequence[Span]) -> Span:
    """Content that ends inside a quotation runs to its closing mark, over the sentences that follow."""
    for quotation in quotations:
        if quotation.start >= span.start - 1 and quotation.start < span.end < quotation.end:
            return Span(span.start, quotation.end)
    return span


def _after_addressee(frame: _Frame, start: int) -> int:
    """Skip whom it was told to and when: the content begins at the "that", the quotation or the clause after."""
    sentence = frame.sentence
    word = sentence.lower[frame.head]
    limit = min(len(sentence.tokens), start + 16)
    tells = word.startswith(("told", "tell", "remind", "inform", "assur", "warn"))
    first = sentence.lower[start] if start < len(sentence.lower) else ""
    if class_at(sentence, start) == "OBJ" and class_at(sentence, start + 1) in (
        "to",
        "that",
        "how",
        "why",
        "whether",
        "if",
        "PRON",
    ):
        return start + 1
    if (
        not tells
        and class_at(sentence, start) != "DAY"
        and first not in ("to", "in", "on", "at", "during", "last", "after")
    ):
        return start
    for place in range(start, limit):
        label = class_at(sentence, place)
        if place in frame.others:
            break
        if sentence.lower[place] in ("that", "how", "why", "whether", "what") and place > start:
            return place
        if label in ("OPEN", '"') and place > start:
            return place
        if label in (",", ":") and place + 1 < len(sentence.tokens) and class_at(sentence, place + 1) in ("OPEN", '"'):
            return place + 1
    if tells:
        return _addressee_end(sentence, start)
    if class_at(sentence, start) == "DAY":
        return start + 1
    if first == "on" and class_at(sentence, start + 1) == "DAY":
        return start + 2
    return start


def _addressee_end(sentence: SentenceContext, start: int) -> int:
    """The end of the name or short phrase of an addressee that begins at `start`."""
    end = start
    if class_at(sentence, end) in ("OBJ", "PRON", "POSS", "DET"):
        end += 1
        if class_at(sentence, start) in ("OBJ", "PRON"):
            return end
    if class_at(sentence, end) == "CAP":
        while class_at(sentence, end) in ("CAP", "POSS", "of"):
            end += 1
    elif class_at(sentence, end) in ("word", "-s", "-ed"):
        end += 1
    if class_at(sentence, end) == "DAY":
        end += 1
    elif class_at(sentence, end) == "on" and class_at(sentence, end + 1) == "DAY":
        end += 2
    return end


_CLAUSE_OPENERS = frozenset(("but", "while", "although", "though", "whereas", "according"))


def _clause_end(frame: _Frame, start: int) -> int:
    """Where content that begins at token `start` ends (exclusive)."""
    sentence = frame.sentence
    depth = sentence.depth[start]
    if class_at(sentence, start) in ("OPEN", '"', "MARK") and _runs_on_after_quotation(sentence, start):
        depth -= 1
    end = start
    while end < len(sentence.tokens):
        if end > start and sentence.depth[end] <= depth and _cuts(frame, end):
            break
        if sentence.depth[end] < depth:
            break
        end += 1
    while end > start and class_at(sentence, end - 1) in (".", ",", ";", ":", "CONJ"):
        end -= 1
    return end


def _runs_on_after_quotation(sentence: SentenceContext, start: int) -> bool:
    """Whether the clause that a quotation at `start` opens goes on after its closing mark: “no deal” was done."""
    end = start
    while end < len(sentence.tokens) and sentence.depth[end] >= max(1, sentence.depth[start]):
        end += 1
    if end - start < 2 or end == len(sentence.tokens) or class_at(sentence, end - 2) in (",", ".", "?", "!"):
        return False
    return class_at(sentence, end) not in (",", ".", ";", ":", "CONJ", "MARK", "edge") or sentence.lower[end] == "and"


def _cuts(frame: _Frame, place: int) -> bool:
    """Whether the clause ends before a token: at another cue's clause, or at a contrast."""
    sentence = frame.sentence
    label, following = class_at(sentence, place), sentence.lower[place + 1] if place + 1 < len(sentence.lower) else ""
    if label == ";" or (label == "," and frame.head == 0):
        return True
    if label == ",":
        if following in _CLAUSE_OPENERS:
            return True
        after = place + 1
        while class_at(sentence, after) in ("ADV", "-ly", "CONJ"):
            after += 1
        return after in frame.others and (following.endswith(("ing", "ed")) or class_at(sentence, place + 1) == "CONJ")
    if label == "CONJ":
        after = place + 1
        while class_at(sentence, after) in ("ADV", "-ly", "AUX"):
            after += 1
        return after in frame.others
    return False


def read_label(sentence: SentenceContext, cues: Sequence[CueWord], title: bool) -> Attribution | None:
    """The attribution of "Envoy: ‘We will wait’": a short name, a colon, and what is said.

    In running text what follows must be quoted. None: the sentence is none such.
    """
    colon = next((place for place, label in enumerate(sentence.classes[:_LONGEST_LABEL]) if label == ":"), 0)
    following = class_at(sentence, colon + 1)
    if not colon or class_at(sentence, 0) != "CAP" or any(cue.position < colon for cue in cues):
        return None
    if following not in ("OPEN", '"', "MARK") and not (title and len(sentence.tokens) - colon > 3):
        return None
    if any(sentence.classes[place] in ("AUX", ",", "PRON") for place in range(colon)):
        return None
    end = len(sentence.tokens)
    while end > colon + 2 and class_at(sentence, end - 1) == ".":
        end -= 1
    return Attribution(
        source=_spans(sentence, TokenRange(0, colon)),
        cue=_spans(sentence, TokenRange(colon, colon + 1)),
        content=_spans(sentence, TokenRange(colon + 1, end)),
        how="label",
        probability=1.0,
    )


_LONGEST_LABEL = 7  # tokens before the colon
