"""How long to wait before a host is asked again."""

from collections.abc import Callable


class Pacing:
    """Keeps requests to one host at least `pause_s` seconds apart, from the end of one to the beginning of the next."""

    def __init__(self, pause_s: float, *, clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
        self._pause_s, self._clock, self._sleep = pause_s, clock, sleep
        self._pauses: dict[str, float] = {}
        self._free_at: dict[str, float] = {}

    def slow_down(self, host: str, pause_s: float) -> None:
        """From now on leave at least `pause_s` seconds between two requests to `host`; never fewer than for all."""
        self._pauses[host] = max(pause_s, self._pause_s)
        self._free_at[host] = max(self._free_at.get(host, 0.0), self._clock() + self._pauses[host])

    def wait(self, host: str) -> float:
        """Sleep until `host` may be asked. Returns the seconds slept."""
        wait_s = self._free_at.get(host, 0.0) - self._clock()
        if host not in self._free_at or wait_s <= 0:
            return 0.0
        self._sleep(wait_s)
        return wait_s

    def mark_asked(self, host: str, pause_s: float = 0.0) -> None:
        """A request to `host` has ended just now; the next waits the host's pause, or `pause_s` if that is longer."""
        self._free_at[host] = self._clock() + max(pause_s, self._pauses.get(host, self._pause_s))
