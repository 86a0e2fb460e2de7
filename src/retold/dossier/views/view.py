"""What the template receives: one documented dataclass for each thing on the page.

Every `str` here is plain text, already made visible (`labels.visible`) and not yet escaped: the template escapes.
`href` is always a fragment of the same page ("#A.120"), `id` the fragment that others point to. `keys` are the words
that tie elements together: whatever shares one lights up together. `marks` are what the filters go by.
"""

from dataclasses import dataclass
from typing import Literal

from retold.dossier.labels import NodeKind


@dataclass(frozen=True, slots=True)
class Sure:
    """How sure a row is: the word a reader needs, the confidence in per cent, and the rule or model that made it."""

    word: str
    percent: int
    how: str


@dataclass(frozen=True, slots=True)
class Words:
    """Words of one report, and the way to them in the whole report. `text` may be clipped."""

    letter: str
    where: str
    text: str
    href: str
    keys: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a finding's sentence; with an `href` it is words of a report."""

    text: str
    href: str | None = None
    keys: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a report's text within which nothing begins or ends.

    `classes`: how it is marked. `anchors`: the fragments that lead here. `href`: where a click leads (the row that
    aligns it), on the first segment of a passage only. `title` says the marking in words.
    """

    text: str
    classes: str = ""
    keys: str = ""
    anchors: tuple[str, ...] = ()
    href: str | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One typed difference: what kind in a word, the two wordings (None: nothing stands there), the note."""

    kind: str
    word: str
    note: str
    before: Words | None
    after: Words | None
    sure: Sure


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding: `pieces` is its sentence. `seen` are evidence words that the sentence holds, `more` the others.

    `reference` is what the copy button copies: the sentence, the places and offsets, the input's hash.
    """

    id: str
    number: int
    kind: str
    word: str
    pieces: tuple[Piece, ...]
    seen: tuple[Words, ...]
    more: tuple[Words, ...]
    sure: Sure
    reference: str
    marks: str
    speakers: str


@dataclass(frozen=True, slots=True)
class ReportView:
    """One report in the list of reports. `date` is the day alone, `published` says what it rests on.

    `link` is an http(s) address or None; empty `aside`: nothing was set aside.
    """

    letter: str
    name: str
    headline: str | None
    byline: str
    date: str
    published: str
    published_words: Words | None
    counts: str
    aside: str
    input: str
    address: str | None
    link: str | None
    sha256: str
    href: str


@dataclass(frozen=True, slots=True)
class ArgumentView:
    """One reason for an edge or a credited original, with its words."""

    note: str
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class EdgeView:
    """One derivation in words."""

    text: str
    direction: str
    arguments: tuple[ArgumentView, ...]


@dataclass(frozen=True, slots=True)
class SideView:
    """One side of an aligned row: where it stands, and its words with the differing ones marked."""

    words: Words
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class RowView:
    """Two aligned passages. `folded`: verbatim, so one side is enough until asked for.

    `findings` are the numbers of the findings that rest on it.
    """

    id: str
    key: str
    relation: str
    word: str
    left: SideView
    right: SideView
    changes: tuple[ChangeView, ...]
    sure: Sure
    findings: tuple[int, ...]
    folded: bool
    marks: str
    speakers: str


@dataclass(frozen=True, slots=True)
class GapView:
    """A stretch of one report with which nothing in the other is aligned.

    `words`: how many; `texts`: one entry a paragraph.
    """

    where: str
    words: int
    href: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PairView:
    """Two reports side by side, in the order of the right-hand one. `left_only`: stretches of the left, unaligned."""

    id: str
    left: str
    right: str
    left_letter: str
    right_letter: str
    share: str
    tally: str
    items: tuple[RowView | GapView, ...]
    left_only: tuple[GapView, ...]
    left_only_words: str


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note in the margin: how other reports tell words of this paragraph, and where. `more`: places not listed."""

    kind: str
    word: str
    links: tuple[Words, ...]
    more: int


@dataclass(frozen=True, slots=True)
class BlockView:
    """A block of a report. `number` is its ¶ (None: not a body paragraph); `reason` why it has its kind.

    `speakers` are those whose statements stand in it, `findings` the numbers of those that rest on words of it.
    """

    kind: str
    word: str
    number: int | None
    reason: str
    segments: tuple[Segment, ...]
    notes: tuple[NoteView, ...]
    speakers: str
    findings: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReadingView:
    """A whole report: its own words, and apart from them what was set aside."""

    report: ReportView
    blocks: tuple[BlockView, ...]
    aside: tuple[BlockView, ...]


@dataclass(frozen=True, slots=True)
class TellingView:
    """One telling of an utterance; `source` are the words that attribute it.

    `relation` is empty for the fullest, which the others are measured by.
    """

    words: Words
    relation: str
    relation_word: str
    source: str
    changes: tuple[ChangeView, ...]


@dataclass(frozen=True, slots=True)
class UtteranceView:
    """One thing said, in its fullest telling, with all tellings of it, the fullest first.

    `occasion` says where, to whom and when, as far as known. `hearsay`: it is told inside another statement.
    """

    id: str
    kind: str
    words: Words
    segments: tuple[Segment, ...]
    occasion: tuple[str, ...]
    hearsay: bool
    tellings: tuple[TellingView, ...]
    sure: Sure
    marks: str
    speakers: str


@dataclass(frozen=True, slots=True)
class SpeakerView:
    """A speaker and what they said. `key` is what the speaker filter goes by; `name` None: unknown."""

    key: str
    name: str | None
    role: str
    summary: str
    utterances: tuple[UtteranceView, ...]


@dataclass(frozen=True, slots=True)
class ActView:
    """What an actor does about an issue: the act in a word, its qualifications, and the words it rests on."""

    act: str
    word: str
    actor: str
    leaning: str
    qualifiers: str
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class StanceView:
    """The position that follows from the acts; `proof` are the words that show a change."""

    text: str
    proof: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class CellView:
    """Where one side stands on one issue; both empty: the reports do not say."""

    issue: str
    stances: tuple[StanceView, ...]
    acts: tuple[ActView, ...]


@dataclass(frozen=True, slots=True)
class SideRowView:
    """One row of the matrix: a side (or an actor of no known side) over all issues."""

    side: str
    actors: str
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True)
class MatrixView:
    """Sides × issues; no rows: the ledger is empty."""

    issues: tuple[str, ...]
    rows: tuple[SideRowView, ...]


@dataclass(frozen=True, slots=True)
class HappeningView:
    """One line of the timeline; `date` is empty where the day could not be worked out from `when`."""

    date: str
    machine_date: str
    when: str
    what: str
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class SupportView:
    """A sentence with what the other reports have of it: `by` the words that bear it out, else the closest passage."""

    verdict: str
    word: str
    words: Words
    by: tuple[Words, ...]
    closest: Words | None
    changes: tuple[ChangeView, ...]
    sure: Sure
    marks: str


@dataclass(frozen=True, slots=True)
class SupportGroupView:
    """The sentences of one report that the others do not, or not wholly, bear out."""

    name: str
    letter: str
    sentences: tuple[SupportView, ...]


@dataclass(frozen=True, slots=True)
class ChangeGroupView:
    """All changes of one kind; `unlisted` is how many more dossier.json holds."""

    kind: str
    word: str
    meaning: str
    changes: tuple[ChangeView, ...]
    unlisted: int


@dataclass(frozen=True, slots=True)
class ProblemView:
    """An input that could not be read, or a note about one that could."""

    word: str
    input: str
    reason: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One setting of a filter: its value, its name, how many items it shows."""

    value: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class PageView:
    """The whole page."""

    title: str
    title_from: str
    language: str
    summary: str
    made: str
    other_reports: str
    findings: tuple[FindingView, ...]
    reports: tuple[ReportView, ...]
    wide: "Drawing | None"
    narrow: "Drawing | None"
    undrawn: str
    unrelated: str
    edges: tuple[EdgeView, ...]
    originals: tuple[EdgeView, ...]
    pairs: tuple[PairView, ...]
    unlisted_pairs: tuple[str, ...]
    readings: tuple[ReadingView, ...]
    speakers: tuple[SpeakerView, ...]
    matrix: MatrixView
    timeline: tuple[HappeningView, ...]
    undated: tuple[HappeningView, ...]
    support: tuple[SupportGroupView, ...]
    change_groups: tuple[ChangeGroupView, ...]
    problems: tuple[ProblemView, ...]
    kind_choices: tuple[Choice, ...]
    speaker_choices: tuple[Choice, ...]


CurveKind = Literal["certain", "likely", "unknown", "credited", "lost"]
"""How an edge is drawn: by its direction, or by what its source is where that is not among the reports."""


@dataclass(frozen=True, slots=True)
class Box:
    """A node of the drawing: top left corner and size in pixels, its name in one line or two, what stands under it."""

    x: float
    y: float
    width: float
    height: float
    kind: NodeKind
    titles: tuple[str, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Curve:
    """An edge of the drawing: an SVG path, its label (may be empty) and where the label stands."""

    path: str
    kind: CurveKind
    label: str
    label_x: float
    label_y: float
    anchor: str

    @property
    def arrow(self) -> bool:
        return self.kind != "unknown"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture of the lineage, in pixels."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    curves: tuple[Curve, ...]
