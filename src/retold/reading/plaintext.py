"""Say what each line of a plain text is: the article's own words, or what a page wrapped round them."""

from retold.article import Block
from retold.reading.deciding import make_blocks, type_lines
from retold.reading.lines import split_lines


def find_blocks(text: str, *, title: str | None = None, recurring: frozenset[str] = frozenset()) -> tuple[Block, ...]:
    """Type every line of a plain text, in text order; empty for a blank text.

    `title`: of the article, where it is known. `recurring`: lines that several articles of its outlet have.
    Whatever no block covers is white space. A text without a single sentence has no body.
    Offsets: characters of `text`, end exclusive. Raises: nothing.
    """
    lines = split_lines(text)
    return make_blocks(lines, type_lines(lines, title=title, recurring=recurring))
