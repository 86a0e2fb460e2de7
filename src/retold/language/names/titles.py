"""Names in blocks in Title Case, where a capital proves nothing: only those known from elsewhere."""

from collections import defaultdict
from collections.abc import Iterator

from retold.article import Block, Span
from retold.language.names.clusters import surname_of
from retold.language.names.mention import Entity
from retold.language.tokens import tokenize


def is_title_case(text: str, block: Block) -> bool:
    """Whether a block is a line without a full stop whose long words are mostly capitalised: there a capital proves
    nothing."""
    line = text[block.start : block.end].strip()
    if block.kind == "headline":
        line = line.removesuffix(".")  # some papers' archives end a headline with a stop
    if line.endswith((".", "”", '"')) or len(line) > 200:
        return False
    long_words = [token.text for token in tokenize(line) if len(token.text) > 3 and token.text[0].isalpha()]
    return len(long_words) > 2 and sum(word[0].isupper() for word in long_words) > 0.7 * len(long_words)


def with_titles(text: str, entities: list[Entity], blocks: list[Block]) -> Iterator[Entity]:
    """Add the mentions that blocks in Title Case hold: only of names that are known from elsewhere."""
    owners: dict[str, list[int]] = defaultdict(list)
    for number, entity in enumerate(entities):
        surname = {surname_of(tuple(entity.name.split()))} if entity.kind == "person" else set()
        for form in {entity.name, *surname, *(text[slice(*span)] for span in entity.mentions)}:
            owners[form].append(number)
    found: dict[int, list[Span]] = defaultdict(list)
    for block in blocks:
        for number, span in _known_forms(text, block, owners):
            found[number].append(span)
    for number, entity in enumerate(entities):
        yield _add_mentions(entity, found[number])


def _add_mentions(entity: Entity, spans: list[Span]) -> Entity:
    if not spans:
        return entity
    return Entity(
        name=entity.name,
        kind=entity.kind,
        role=entity.role,
        mentions=tuple(sorted({*entity.mentions, *spans})),
        how=entity.how,
        confidence=entity.confidence,
    )


def _known_forms(text: str, block: Block, owners: dict[str, list[int]]) -> Iterator[tuple[int, Span]]:
    """The longest known forms in a block, left to right; a form that two entities share is passed over."""
    tokens = tokenize(text, block.start, block.end)
    index = 0
    while index < len(tokens):
        for end in range(min(len(tokens), index + 6), index, -1):
            span = Span(tokens[index].start, tokens[end - 1].end)
            numbers = owners.get(text[span.start : span.end], [])
            if len(numbers) == 1:
                yield numbers[0], span
                index = end - 1
                break
        index += 1
