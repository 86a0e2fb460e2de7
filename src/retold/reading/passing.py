"""What an archive or a feed holds beside articles: counted, not told one by one."""

from typing import NamedTuple


class PassedOver(NamedTuple):
    """A record or item that no article is made of. `why` stands behind its number: "600 not HTML or text"."""

    why: str


SAME_TEXT = PassedOver("with the text of an earlier one")
NOT_ENGLISH = PassedOver("not in English")
