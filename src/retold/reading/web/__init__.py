"""The web: an address in, its bytes out, politely and within limits; what is refused is refused in one line."""

from retold.reading.web.fetching import Fetched, Fetcher, Limits, World

__all__ = ["Fetched", "Fetcher", "Limits", "World"]
