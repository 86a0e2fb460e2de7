"""The web: an address in, its bytes out, politely and within limits; what is refused is refused in one line."""

from retold.reading.web.collecting import collect
from retold.reading.web.fetching import Fetched, Fetcher, Limits, World
from retold.reading.web.links import find_links

__all__ = ["Fetched", "Fetcher", "Limits", "World", "collect", "find_links"]
