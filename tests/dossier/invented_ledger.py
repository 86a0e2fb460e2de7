"""An invented dossier with a ledger of two hundred rows: what a week of talks in a dozen reports comes to."""

import random
from dataclasses import dataclass

import msgspec
from invented_dossier import HOW, make_article, make_dossier

from retold.article import Article, Pin, Span
from retold.dossier.dossier import Dossier
from retold.ledger import derive_positions
from retold.ledger.position import Act, Entry, EntryWords, Happening, Position, Status
from retold.lineage.lineage import Lineage

SIDES = {
    "Varenia": ("Varenia", "Ana Brusk", "Otto Lind", "the harbour board of Lund Bay", "Ida Marn", "Piet Sorrel"),
    "Kolduria": ("Kolduria", "Teodor Vell", "Mira Osk", "General Ruben Hast"),
    "Telmar": ("Telmar", "Foreign Minister Selma Quay", "Jon Tarn"),
    "Union of Dockers and Pilots": ("Union of Dockers and Pilots", "Bea Holm"),
    "Ferry Council": ("Ferry Council",),
    "Old Sailors’ League": ("Old Sailors’ League",),
    "Nils Varg": ("Nils Varg",),
}
ISSUES = {
    "TOLLS": "harbour tolls", "FERRIES": "night ferries", "FORCES": "withdrawal of the guard ships",
    "PRISONERS": "prisoners of the blockade", "FISH": "fishing rights", "PILOTS": "pilotage dues",
    "WRECKS": "the clearing of wrecks", "MINES": "mines", "FORMAT": "who sits at the table", "DATE": "the next round",
    "CABLE": "the sea cable",
}  # fmt: skip
ACTS: dict[Act, tuple[str, bool | None]] = {
    "offer": ("offered to settle", True), "demand": ("demanded", True), "reject": ("rejected", False),
    "rule_out": ("ruled out", False), "support": ("backed", True), "accuse": ("accused the others over", None),
    "ask": ("asked about", None), "concede": ("gave way on", True),
}  # fmt: skip
CONDITIONS = (None, None, None, "if the guard ships leave the bay", "unless the toll stays as it is")
STATUSES: tuple[Status, ...] = ("actual", "actual", "actual", "actual", "future", "hypothetical", "negated")


@dataclass
class _Line:
    """A sentence, and the words of its parts, as they will stand in an article."""

    actor: str
    side: str
    issue: str
    act: Act
    condition: str | None
    day: int

    @property
    def text(self) -> str:
        condition = f", {self.condition}" if self.condition else ""
        actor = self.actor[0].upper() + self.actor[1:]
        return f"{actor} {ACTS[self.act][0]} {ISSUES[self.issue]}{condition}, reporters on the quay were told."


def make_ledger_dossier(rows: int = 200, reports: int = 12) -> Dossier:
    """`rows` rows of 17 actors on 11 issues in `reports` reports, over two weeks and a half."""
    dice = random.Random(11)
    lines: list[list[_Line]] = [[] for _ in range(reports)]
    people = [(actor, side) for side, actors in SIDES.items() for actor in actors]
    weights = [1 / (number + 1) for number in range(len(people))]
    for number in range(rows):
        (actor, side), issue = dice.choices(people, weights)[0], dice.choices(list(ISSUES), [9, 8, 7, 5, 4, 3, 2, 2, 1, 1, 1])[0]  # fmt: skip  # noqa: E501
        line = _Line(actor, side, issue, dice.choice(list(ACTS)), dice.choice(CONDITIONS), 1 + dice.randrange(18))
        lines[number % reports].append(line)
    articles = [_article(number, some) for number, some in enumerate(lines)]
    entries = tuple(
        _entry(article, line, block.span, f"l-{n:02}-{m:02}", dice)
        for n, (article, some) in enumerate(zip(articles, lines, strict=True))
        for m, (line, block) in enumerate(zip(some, article.blocks[1:], strict=True))
    )
    return msgspec.structs.replace(
        make_dossier(), articles=tuple(articles), statements=(), retellings=(), passages=(), support=(), findings=(),
        lineage=Lineage(nodes=(), edges=(), how=HOW), ledger=entries, positions=_positions(entries, articles),
        timeline=tuple(_happening(articles, number) for number in range(60)), problems=(),
    )  # fmt: skip


def _article(number: int, lines: list[_Line]) -> Article:
    body = [("headline", f"Day {number} of the talks"), *(("body", line.text) for line in lines)]
    return make_article(body, input=f"day-{number}.txt", outlet=f"Courier {number}")  # type: ignore[arg-type]


def _entry(article: Article, line: _Line, block: Span, row_id: str, dice: random.Random) -> Entry:
    def words(text: str) -> Span:
        start = article.text.index(text, block.start)
        return Span(start, start + len(text))

    return Entry(
        id=f"{article.id}-{row_id}", actor=line.actor, organization=line.side,
        recipient=dice.choice((None, "Telmar", "Kolduria")), issue=line.issue, concept=ISSUES[line.issue], act=line.act,
        plover=None, mode=None, contexts=(), agreement=ACTS[line.act][1], status=dice.choice(STATUSES),
        condition=line.condition, hearsay=dice.random() < 0.3, statement=None, evidence=Pin(article.id, block),
        said_on=f"2031-03-{line.day:02}" if dice.random() < 0.85 else None,
        speaker=dice.choice((None, "Ana Brusk", "Teodor Vell")), channel=dice.choice((None, "Radio Telmar")),
        consequence=None, how=HOW, confidence=round(0.6 + 0.4 * dice.random(), 2),
        words=EntryWords(
            actor=Span(block.start, block.start + len(line.actor)), act=words(ACTS[line.act][0]),
            issue=words(ISSUES[line.issue]), condition=words(line.condition) if line.condition else None,
        ),
    )  # fmt: skip


def _positions(entries: tuple[Entry, ...], articles: list[Article]) -> tuple[Position, ...]:
    """What follows from the rows; every third rests on two voices, and every seventh is told otherwise elsewhere."""
    return tuple(
        msgspec.structs.replace(
            position,
            voices=1 + (number % 3 == 0),
            contradicted_by=(entries[number % len(entries)].id,) if number % 7 == 0 else (),
        )
        for number, position in enumerate(derive_positions(entries, articles))
    )


def _happening(articles: list[Article], number: int) -> Happening:
    """A day in each of the months of two years."""
    article = articles[number % len(articles)]
    block = article.blocks[1 + number % (len(article.blocks) - 1)]
    day = f"20{30 + number // 30}-{1 + number % 30 * 12 // 30:02}-{1 + number % 28:02}"
    return Happening(
        id=f"h-{number:03}", date=day, precision="day", when=f"on day {number}",
        what=article.text[block.start : block.end], evidence=(Pin(article.id, block.span),), how=HOW,
    )  # fmt: skip
