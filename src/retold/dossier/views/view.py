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
class EditView:
    """A field that a correction sets: its name, what was found ("nothing" where it is empty), and what it reads now."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class SaidView:
    """What an analyst says of a row. `sign` and `word` say the verdict; `by` who said it and when; "" where unknown."""

    verdict: str
    sign: str
    word: str
    edits: tuple[EditView, ...]
    note: str
    by: str


@dataclass(frozen=True, slots=True)
class TagView:
    """The beginning of a row's id that no other row has, and what an analyst says of the row (None: nothing).

    `state` is what the row is styled by: "is-accept", "is-reject", "is-edit", or "".
    """

    short: str
    said: SaidView | None
    state: str = ""


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """One line of the list of corrections: the kind of row in a word, and the way to it, where it has a place here."""

    kind: str
    tag: TagView
    href: str | None


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
    tag: TagView


@dataclass(frozen=True, slots=True)
class ReportView:
    """One report in the list of reports. `date` is the day alone, `published` says what it rests on.

    `link` is an http(s) address or None; empty `aside`: nothing was set aside. `tag` is of its node in the lineage.
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
    tag: TagView | None


@dataclass(frozen=True, slots=True)
class ArgumentView:
    """One reason for an edge or a credited original, with its words."""

    note: str
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class EdgeView:
    """One derivation, or one original, in words. Only an original is a row with an id."""

    text: str
    direction: str
    arguments: tuple[ArgumentView, ...]
    tag: TagView | None = None


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
    tag: TagView


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
    tag: TagView


@dataclass(frozen=True, slots=True)
class UtteranceView:
    """One thing said, in its fullest telling, with all tellings of it, the fullest first.

    `occasion` says where, to whom and when, as far as known. `hearsay`: it is told inside another statement.
    `tag` is the fullest statement's, `retelling` that of the whole group (None: it is told once).
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
    tag: TagView
    retelling: TagView | None


@dataclass(frozen=True, slots=True)
class SpeakerView:
    """A speaker and what they said. `key` is what the speaker filter goes by; `name` None: unknown."""

    key: str
    name: str | None
    role: str
    summary: str
    utterances: tuple[UtteranceView, ...]


@dataclass(frozen=True, slots=True)
class PartView:
    """A stretch of quoted evidence; `part` says of which part of the act it is the word ("actor"); "" of none."""

    text: str
    part: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True)
class ToldView:
    """One row of the ledger: the quoted evidence with the words of its parts marked, and what is known of the telling.

    `id` is what a change, a contradiction or a point of a drawing leads to. `told` says who tells it, where and when,
    and of what kind it is; `elsewhere` are words of a part that stand outside the evidence, each with the part's name.
    """

    id: str
    words: Words
    parts: tuple[PartView, ...]
    told: tuple[str, ...]
    elsewhere: tuple[tuple[str, Words], ...]
    consequence: str
    sure: Sure
    tag: TagView


@dataclass(frozen=True, slots=True)
class ActView:
    """What an actor does about an issue, with all rows that tell it. `toward`: to whom, under which condition."""

    word: str
    leaning: str
    toward: str
    rows: tuple[ToldView, ...]
    rejected: bool


@dataclass(frozen=True, slots=True)
class LinkView:
    """A short text that leads somewhere on the page."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class StanceView:
    """One position. `value` is for, against or open; `count` says how many rows and voices it rests on.

    `change` is its kind ("hardened"), `change_word` that in words, `proof` the two rows that show it; `differ` are the
    rows of other reports that tell the same day's act otherwise. `since`, `day` (the last one, short) and
    `machine_date` are "" where unknown. `brief` is the condition where there is little room.
    """

    value: str
    count: str
    condition: str
    brief: str
    since: str
    day: str
    machine_date: str
    change: str
    change_word: str
    proof: tuple[LinkView, ...]
    differ: tuple[LinkView, ...]
    href: str
    tag: TagView


@dataclass(frozen=True, slots=True)
class CellView:
    """Where one actor stands on one issue. No `acts`: the reports do not say.

    `value` is what the latest of the positions have in common: for, against, open, "mixed" where they differ; "" where
    no act takes a side. `stances` are these positions, `others` those before them and those that are rejected.
    `names` names the acts.
    """

    issue: str
    value: str
    stances: tuple[StanceView, ...]
    others: tuple[StanceView, ...]
    names: str
    acts: tuple[ActView, ...]


@dataclass(frozen=True, slots=True)
class ActorRowView:
    """One actor over all issues of a table."""

    actor: str
    side: str
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True)
class GroupView:
    """The actors of one side; `side` is empty for those who are the only ones of theirs."""

    side: str
    rows: tuple[ActorRowView, ...]


@dataclass(frozen=True, slots=True)
class TableView:
    """Actors, grouped by side, × issues. `name` says what a table holds that is folded at first."""

    name: str
    issues: tuple[str, ...]
    groups: tuple[GroupView, ...]


@dataclass(frozen=True, slots=True)
class PointView:
    """A position in the drawing of a course: a circle, the larger the stronger. `title` says it in words."""

    x: float
    y: float
    radius: float
    value: str
    differ: bool
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class TextView:
    """A text in a drawing."""

    text: str
    x: float
    y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class CourseDrawing:
    """Positions over time: `told` are the paths where they are told, `between` where nothing is."""

    width: int
    height: int
    points: tuple[PointView, ...]
    told: tuple[str, ...]
    between: tuple[str, ...]
    labels: tuple[TextView, ...]
    ticks: tuple[TextView, ...]


@dataclass(frozen=True, slots=True)
class CourseView:
    """How one actor's position on one issue went, drawn and in words, the earliest first."""

    actor: str
    issue: str
    drawing: CourseDrawing
    steps: tuple[StanceView, ...]


@dataclass(frozen=True, slots=True)
class StandView:
    """Where they stand: the tables, the first of which is open, and the courses. No tables: the ledger is empty."""

    actors: int
    tables: tuple[TableView, ...]
    courses: tuple[CourseView, ...]


@dataclass(frozen=True, slots=True)
class HappeningView:
    """One line of the timeline; `date` is empty where the day could not be worked out from `when`."""

    date: str
    machine_date: str
    when: str
    what: str
    words: tuple[Words, ...]
    tag: TagView


@dataclass(frozen=True, slots=True)
class PeriodView:
    """What happened in a month or a year; `name` is empty where the timeline is too short to be divided."""

    name: str
    happenings: tuple[HappeningView, ...]
    open: bool


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
    tag: TagView


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
    stand: StandView
    timeline: tuple[PeriodView, ...]
    happenings: int
    undated: tuple[HappeningView, ...]
    support: tuple[SupportGroupView, ...]
    change_groups: tuple[ChangeGroupView, ...]
    problems: tuple[ProblemView, ...]
    corrections: tuple[CorrectionView, ...]
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
