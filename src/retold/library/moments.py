"""When things were done."""

from datetime import UTC, datetime


def now() -> str:
    """The present moment, in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")
