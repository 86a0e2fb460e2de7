"""Lines that glue things of different kinds together: where they come apart.

Scrapers join what stood in boxes of its own: a picture's credit behind its caption, a button before a paragraph. What
can be told from the characters alone is parted here; each part is then a line like any other.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from retold.article import BlockKind, Span
from retold.reading.cues import find_cue

_CAPTION_LENGTH = 600  # characters; what is longer is a paragraph
_TAIL_LENGTH = 130  # characters at the end in which a credit stands
_LEAST_GLUED = 16  # characters; menus are full of shorter lines
_SHORTEST = 12  # characters of a caption; "Rep. Ada Brandt via AP" has none
_HEAD_LENGTH = 160  # characters at the beginning in which datelines and buttons stand

_AGENCY = (
    r"(?:reuters|afp|ap|getty(?: images)?|epa|alamy|shutterstock|abc news|tass|sputnik|anadolu|bloomberg|zuma|landov|"
    r"upi|press association|xinhua|usa today(?: sports| network)?|npr|redux|rex|corbis|istock|dreamstime|newscom)"
)
_CREDIT_IN_BRACKETS = re.compile(
    r"[(\[](?P<credit>(?!(?:read|watch|see|related|listen|more|note|sic|graphic showing)\b)"
    r"(?:(?:photo|image|picture|pic|credit|file|courtesy|supplied|via|illustration)\b"
    rf"|[^()\[\]]{{0,40}}\b{_AGENCY}\b"
    r"|(?-i:[A-Z][\w.&’' -]{1,40}: ?[A-Z])|[^()\[\]:\d]{2,40}/(?!\d))[^()\[\]]{0,80})[)\]]\W{0,2}$",
    re.IGNORECASE,
)
# Without brackets: "… in New York. | Tom Osk/AFP/Getty Images", "… on Thursday. Tom Osk/Getty Images".
_NAMES = r"(?-i:[A-Z][\w.’'-]{0,25}(?: [A-Z][\w.’'-]{0,25}){0,4})"
_CREDIT_BARE = re.compile(
    rf"(?<=[.!?”\"]) {{1,2}}(?P<credit>(?:{_NAMES}(?:/[\w.’' -]{{2,40}}){{0,4}}"
    rf"/[\w.’' ]{{0,40}}\b{_AGENCY}\b[^.!?]{{0,20}}"
    rf"|{_NAMES} (?:via|for|, ) ?{_AGENCY}|{_AGENCY}/[^.!?]{{2,60}}))$"
    rf"|\s\|\s{{1,2}}(?P<barred>[^|.!?]{{0,60}}(?:/|\b{_AGENCY}\b|\bphotos?\b)[^|.!?]{{0,60}})$",
    re.IGNORECASE,
)
_AGENCIES = r"CNN|AP|Reuters|AFP|UPI|Bloomberg|TASS|Xinhua|Sputnik|dpa|EFE|Kyodo|Anadolu"
_DATELINE = re.compile(
    r"(?P<place>(?:[A-Z][\w.’'-]{0,20}(?:[ ,/]{1,2}(?:of |the |and )?[A-Z][\w.’'-]{0,20}){0,6},? ?"
    r"(?:\d{1,2} ?)?)?)"
    rf"(?P<agency>\((?:{_AGENCIES}|[A-Z][\w .&’'-]{{1,30}})\))?"
    r"(?P<dash> ?(?:—|–|--|-)(?=\s))?\s{1,3}(?=[“\"‘'A-Z\d])"
)
_PLACE_WORDS = 5  # of a place without an agency: "PORT ST. LUCIE, Fla."
_NO_PLACES = frozenset({"FILE", "FILE PHOTO", "ANALYSIS", "OPINION", "UPDATE", "WATCH", "BREAKING", "NOTE", "FACT"})
_KNOWN_AGENCY = re.compile(rf"\((?:{_AGENCIES}|.{{1,20}} News)\)", re.IGNORECASE)
_BUTTON = re.compile(
    r"(?:(?-i:CLOSE|#related#|Play Video(?: \d{1,2}:\d\d)?)(?=\s[A-Z“\"])"
    r"|media playback is (?:un|not )supported(?: on (?:your|this) device)?)\s{1,3}",
    re.IGNORECASE,
)
_PICTURE_BUTTON = re.compile(
    r"(?:enlarge this image ?|toggle caption ?|hide caption ?|image copyright ?){1,3}", re.IGNORECASE
)
_CAPTION_WORD = re.compile(r"\s(?=(?:image|media) caption\s)", re.IGNORECASE)


class Part(NamedTuple):
    """A part of a line. `kind` is what its characters alone say that it is; None: nothing."""

    span: Span
    kind: BlockKind | None
    how: str
    reason: str


def part_line(line: str) -> tuple[Part, ...]:
    """The parts of a line, in order; one for a line of one piece. Offsets count from its beginning.

    Raises: nothing.
    """
    if len(line) < _LEAST_GLUED:
        return (Part(Span(0, len(line)), None, "", ""),)
    for find in (_slug, _picture_button, _button, _dateline, _links_inside, _credit_tail, _pointer_tail):
        parts = find(line)
        if parts:
            return tuple(_again(line, parts))
    return (Part(Span(0, len(line)), None, "", ""),)


def _again(line: str, parts: list[Part]) -> Iterator[Part]:
    """Parts of which nothing is known may come apart once more."""
    for part in parts:
        if part.kind is not None or part.span.end - part.span.start == len(line):
            yield part
            continue
        start = part.span.start
        for inner in part_line(line[start : part.span.end]):
            yield inner._replace(span=Span(start + inner.span.start, start + inner.span.end))


def _cut(line: str, at: int, before: Part | None, after: Part | None) -> list[Part]:
    """A line in two parts without the white space between them."""
    left, right = len(line[:at].rstrip()), at + len(line[at:]) - len(line[at:].lstrip())
    first = before or Part(Span(0, 0), None, "", "")
    second = after or Part(Span(0, 0), None, "", "")
    parts = [first._replace(span=Span(0, left)), second._replace(span=Span(right, len(line)))]
    return [part for part in parts if part.span.start < part.span.end]


def _part(kind: BlockKind, how: str, reason: str) -> Part:
    return Part(Span(0, 0), kind, how, reason)


_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+){3,30}$")


def _slug(line: str) -> list[Part]:
    """A headline in the form that addresses have."""
    told = Part(Span(0, len(line)), "headline", "headline-slug", "the title in the form that addresses have")
    return [told] if _SLUG.match(line) else []


def _button(line: str) -> list[Part]:
    match = _BUTTON.match(line, 0, _HEAD_LENGTH)
    button = _part("furniture", "glued-button", "a control of the page before the text")
    return _cut(line, match.end(), button, None) if match else []


def _picture_button(line: str) -> list[Part]:
    """ "Enlarge this image toggle caption Tom Osk/AP Tom Osk/AP": a control, and whose picture it is."""
    match = _PICTURE_BUTTON.match(line, 0, _HEAD_LENGTH)
    if not match or match.end() == len(line):
        return []
    whose = "copyright" in match[0].lower()
    caption = _CAPTION_WORD.search(line, match.end(), match.end() + _HEAD_LENGTH)
    if caption:
        credit = _part("credit", "glued-credit", "says whose picture it is")
        return _cut(line, caption.start(), credit, _part("caption", "caption-named", "is announced as a caption"))
    rest = line[match.end() :].split()
    if whose:
        told = _part("credit", "glued-credit", "says whose picture it is")
        return [told._replace(span=Span(0, len(line)))] if len(rest) <= 10 else []
    half = len(rest) // 2
    twice = half > 0 and len(rest) % 2 == 0 and rest[:half] == rest[half:]
    if twice or (len(rest) <= 10 and re.search(rf"\b{_AGENCY}$", line, re.IGNORECASE)):
        control = _part("caption", "caption-named", "is announced as a caption")
        return _cut(line, match.end(), control, _part("credit", "glued-credit", "says whose picture it is"))
    return []


def _dateline(line: str) -> list[Part]:
    """The place, and perhaps the agency and the day, before the first words of a report."""
    match = _DATELINE.match(line, 0, _HEAD_LENGTH)
    if not match or len(line) - match.end() < 40:
        return []
    place, agency = match["place"].strip(" ,"), match["agency"]
    shouted = any(word.isupper() and len(word) >= 3 for word in re.findall(r"\w+", place)) and place not in _NO_PLACES
    short = len(place.split()) <= _PLACE_WORDS
    known = agency and _KNOWN_AGENCY.fullmatch(agency)
    told = known or (match["dash"] and (agency or (shouted and short)))
    if not told or (not place and not agency):
        return []
    return _cut(line, match.end(), _part("dateline", "dateline", "place and agency before the first words"), None)


def find_credit_tail(line: str) -> re.Match[str] | None:
    """The picture credit in brackets that ends a caption; captions are short. Its offsets count in the line's end."""
    return _CREDIT_IN_BRACKETS.search(line[-_TAIL_LENGTH:]) if len(line) <= _CAPTION_LENGTH else None


def _credit_tail(line: str) -> list[Part]:
    if len(line) > _CAPTION_LENGTH:
        return []
    base = max(0, len(line) - _TAIL_LENGTH)
    caption = _part("caption", "caption-credit", "ends in a picture credit")
    for pattern, how in ((_CREDIT_IN_BRACKETS, "credit-brackets"), (_CREDIT_BARE, "glued-credit")):
        match = pattern.search(line, base)
        if match and len(line[: match.start()].strip(" .")) >= _SHORTEST:
            return _cut(line, match.start(), caption, _part("credit", how, "says whose picture it is"))
    return []


# "Senator Ada Brandt Ada BrandtOther headline Third headline MORE (O-Port)": a list of links glued to a name.
_LINKS_END = re.compile(r"\sMORE(?=\s|$)")
_GLUED_NAME = re.compile(r"\b(?P<last>[A-Z][a-zé’'-]{1,25})(?=[A-Z0-9‘“'\"])")


def _links_inside(line: str) -> list[Part]:
    end = _LINKS_END.search(line)
    if not end:
        return []
    for match in _GLUED_NAME.finditer(line, 0, end.start()):
        before = line.rfind(match["last"], 0, match.start())
        if before >= 0 and match.start() - before <= 60:
            start = before + len(match["last"])
            links = _part("teaser", "glued-links", "headlines of other articles, glued to a name")
            prose = _part("body", "glued-prose", "the sentence that the headlines interrupt")
            rest = Span(len(line) - len(line[end.end() :].lstrip()), len(line))
            inside = [Part(rest, None, "", "")] if rest.start < rest.end else []
            return [*_cut(line[: end.end()], start, prose, links), *inside]
    return []


_LAST_SENTENCE = re.compile(r"[.!?][”\"’')\]]{0,2}\s{1,3}(?=[A-Z*\[(][^.!?]{4,160}[.!?:]?\W{0,3}$)")


def _pointer_tail(line: str) -> list[Part]:
    """A last sentence that only points elsewhere: "… on Sunday. Click here for more."."""
    base = max(0, len(line) - _TAIL_LENGTH)
    match = None if find_cue(line) else _LAST_SENTENCE.search(line, base)
    cue = find_cue(line[match.end() :]) if match and match.end() >= _LEAST_BEFORE else None
    if not match or cue is None or cue.kind not in ("teaser", "furniture"):
        return []
    return _cut(line, match.end(), None, _part(cue.kind, cue.how, cue.reason))


_LEAST_BEFORE = 40  # characters; what is shorter is a line of furniture as a whole
