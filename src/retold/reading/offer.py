"""What is known of an input before it is read."""

from collections.abc import Callable
from typing import NamedTuple


class Offer(NamedTuple):
    """A file, or a line of bulk input, that is about to be read.

    `sha256` is that which its article would have; the others are None where they are not given beside the text.
    """

    sha256: str
    given_id: str | None = None
    url: str | None = None
    outlet: str | None = None


Known = Callable[[Offer], bool]
"""Whether an input need not be read, because what it holds is there, unchanged."""
