"""What `retold stories` shows a person."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from retold.dossier.labels import count_of, one_line
from retold.dossier.table_parts import new_table, table_cell
from retold.library import NotedChange, Story

_FEW = 4  # outlets that are named in a row; of more the number is said


def story_table(stories: Sequence[Story]) -> RenderableType:
    """A row for each story."""
    table = new_table("Stories", id=0, days=0, articles=0, voices=0, about=5, outlets=3)
    for story in stories:
        table.add_row(
            story.id,
            _days(story.since, story.until),
            f"{len(story.articles):,}",
            f"{story.voices:,}",
            table_cell(story.title),
            table_cell(_few(story.outlets)),
        )
    return Group(table, "") if stories else Text("No such story.\n")


def story_members(story: Story) -> RenderableType:
    """The articles of a story, the first one first; those of one voice are copies of one another."""
    told = f"{count_of(len(story.articles), 'article')}, {count_of(story.voices, 'voice')}"
    heading = f"{story.id}: {one_line(story.title or '')} ({told})"
    table = new_table(heading, day=0, voice=0, article=0, headline=5, outlets=3)
    for article in story.articles:
        table.add_row(
            _days(*(article.published or (None, None))),
            str(article.voice),
            article.id,
            table_cell(article.title),
            table_cell(_few(article.outlets)),
        )
    return Group(table, "")


def story_history(story: Story) -> RenderableType:
    """What became of a story, in the order in which it was noted."""
    table = new_table("What became of it", when=0, what=2, by=0)
    for change in story.changes:
        table.add_row(change.at[:16].replace("T", " "), table_cell(_told(change)), change.cause)
    return Group(table, "")


def _told(change: NotedChange) -> str:
    others, count = ", ".join(change.others), len(change.articles)
    return {
        "created": "began",
        "joined": "an article joined",
        "left": "an article was taken away",
        "moved": f"{count_of(count, 'article')} came to it from {others}",
        "merged": f"took in {others}",
        "split": f"parts of it became {others}",
        "ended": "its last article was taken away",
    }[change.kind]


def _days(first: str | None, last: str | None) -> str:
    if first is None or last is None:
        return "–"
    return first if first == last else f"{first} – {last}"


def _few(names: Sequence[str]) -> str:
    rest = len(names) - _FEW
    return ", ".join(names[:_FEW]) + (f" and {rest:,} more" if rest > 0 else "")
