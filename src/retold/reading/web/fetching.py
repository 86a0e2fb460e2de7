"""One address in, its bytes out: robots.txt obeyed, hosts asked one request at a time, every hop checked anew."""

import ssl
import time
from collections.abc import Callable
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import NamedTuple, Self

import httpcore2
import httpx2

from retold import __version__
from retold.reading.errors import ReadingError
from retold.reading.web.addresses import check_url, shown
from retold.reading.web.answers import PAGE, ROBOTS, Answer, Errand, name_status, read_answer, refuse_failure
from retold.reading.web.network import CheckedNetwork, Resolve, Transport, look_up
from retold.reading.web.pacing import Pacing
from retold.reading.web.robots import AGENT, Robots, find_forbidding, read_robots

MAX_REDIRECTS = 5  # as RFC 9309, 2.3.1.2 asks for robots.txt; news sites need two or three

_HEADERS = {
    "User-Agent": f"{AGENT}/{__version__} (reads single reports for a person; obeys robots.txt)",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
    "Accept-Encoding": "gzip",
    "Accept-Language": "en",
    "Connection": "close",  # requests are a second apart: to keep one would save little, and its check would grow old
}


class Fetched(NamedTuple):
    """A document of the web. `url` is where it was found in the end, `requested` where it was asked for.

    `data`: at most decoding.MAX_BYTES bytes, unpacked. `media_type` and `charset` are the server's word for it, in
    lower case; None: it says nothing, or nothing that is known.
    """

    requested: str
    url: str
    data: bytes
    media_type: str | None
    charset: str | None


class Limits(NamedTuple):
    """How long, in seconds. `read_s`: to connect, and until the next bytes come. `total_s`: for one page with its
    redirects and its robots.txt, polite pauses not counted. `pause_s`: between two requests to one host; a Crawl-delay
    or Retry-After makes it longer, up to `longest_pause_s`.
    """

    read_s: float = 15.0
    total_s: float = 60.0
    pause_s: float = 1.0
    longest_pause_s: float = 30.0


class World(NamedTuple):
    """What a fetcher takes from outside but the network itself; tests put their own in.

    `tls` says whose certificates are trusted; None: those of the system, or of SSL_CERT_FILE or SSL_CERT_DIR.
    """

    resolve: Resolve = look_up
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    tls: ssl.SSLContext | None = None


_LIMITS, _WORLD = Limits(), World()


class Fetcher:
    """Fetches documents one after another. What it learned of robots.txt and pauses lasts as long as it does.

    Nothing is kept or sent that says who asks: no cookies, no passwords, no address of the page before.
    """

    def __init__(self, *, allow_private: bool = False, limits: Limits = _LIMITS, world: World = _WORLD) -> None:
        self._limits, self._clock = limits, world.clock
        self._network = CheckedNetwork(allow_private=allow_private, resolve=world.resolve, clock=world.clock)
        self._pacing = Pacing(limits.pause_s, clock=world.clock, sleep=world.sleep)
        self._robots: dict[str, Robots | str] = {}  # by origin; a text says why there is none, and nothing is allowed
        self._client = httpx2.Client(
            transport=Transport(self._network, world.tls),
            headers=_HEADERS,
            timeout=httpx2.Timeout(limits.read_s),
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
            trust_env=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._client.close()

    def fetch(self, url: str) -> Fetched:
        """Fetch one document. Raises ReadingError, in one line, for whatever keeps it from us."""
        self._network.deadline = self._clock() + self._limits.total_s
        found, answer = self._follow(check_url(url), PAGE)
        refuse_failure(answer.status)
        if not answer.whole:
            raise ReadingError(f"it has more than {PAGE.limit // 1_000_000} MB, the limit for one article")
        return Fetched(url, str(found), answer.data, answer.media_type, answer.charset)

    def _follow(self, url: httpx2.URL, errand: Errand) -> tuple[httpx2.URL, Answer]:
        """Ask, and go where redirects lead. Every hop is a new address, checked as such, and by its own robots.txt."""
        visited = {url}
        while len(visited) <= MAX_REDIRECTS + 1:
            if errand.is_page:
                self._obey_robots(url)
            answer = self._ask(url, errand)
            if answer.location is None:
                return url, answer
            url = _next_url(url, answer.location, errand)
            if url in visited:
                raise ReadingError(
                    f"{errand.subject} redirects in a circle (it may want cookies): save the page instead"
                )
            visited.add(url)
        raise ReadingError(f"{errand.subject} redirects more than {MAX_REDIRECTS} times: check the address")

    def _obey_robots(self, url: httpx2.URL) -> None:
        """Raise ReadingError, with the line that says so, where robots.txt forbids us an address."""
        origin = str(url.copy_with(raw_path=b"/"))
        if origin not in self._robots:
            self._robots[origin] = self._load_robots(url)
        robots = self._robots[origin]
        if isinstance(robots, str):
            raise ReadingError(robots)
        rule = find_forbidding(robots, url.raw_path.decode("ascii"))
        if rule:
            whom = "all programs" if robots.agent == "*" else robots.agent
            raise ReadingError(
                f"robots.txt of {_host(url)} forbids it to {whom} (line {rule.line}, “{shown(rule.text)}”): "
                "save the page and give the file"
            )

    def _load_robots(self, url: httpx2.URL) -> Robots | str:
        """The robots.txt of a host, or why there is none.

        RFC 9309, 2.3.1 allows all where it is unavailable (4xx), and nothing where it cannot be reached (5xx, no
        answer). "Too many requests" is the latter: it will be there again.
        """
        try:
            _, answer = self._follow(url.join("/robots.txt"), ROBOTS)
        except ReadingError as error:
            return str(error)
        if 400 <= answer.status < 500 and answer.status != 429:
            return Robots()
        if not 200 <= answer.status < 300:
            return f"its robots.txt cannot be read ({name_status(answer.status)}), which forbids all: try again later"
        robots = read_robots(answer.data.decode("utf-8", errors="replace"))
        if robots.pause_s:
            self._pacing.slow_down(_host(url), min(robots.pause_s, self._limits.longest_pause_s))
        return robots

    def _ask(self, url: httpx2.URL, errand: Errand) -> Answer:
        """One polite request; one more where a busy server says that it will do soon."""
        answer = self._exchange(url, errand)
        if answer.retry_s is None or answer.retry_s > self._limits.longest_pause_s:
            return answer
        self._pacing.mark_asked(_host(url), answer.retry_s)
        return self._exchange(url, errand)

    def _exchange(self, url: httpx2.URL, errand: Errand) -> Answer:
        self._network.deadline += self._pacing.wait(_host(url))
        try:
            with self._client.stream("GET", url) as response:
                return read_answer(response, errand)
        except (httpcore2.TimeoutException, httpcore2.NetworkError, httpcore2.ProtocolError, httpx2.HTTPError) as error:
            raise ReadingError(f"{errand.subject} {self._explain(error, url)}") from None
        finally:
            self._pacing.mark_asked(_host(url))

    def _explain(self, error: Exception, url: httpx2.URL) -> str:
        """What went wrong on the way, in our own words: those of the libraries quote what the server sent."""
        if isinstance(error, httpcore2.TimeoutException) and self._clock() >= self._network.deadline:
            return f"takes more than {self._limits.total_s:g} s in all: try again later"
        if isinstance(error, httpcore2.TimeoutException):
            return f"sends nothing for {self._limits.read_s:g} s: try again later"
        if isinstance(error, httpcore2.ConnectError):
            return f"cannot be asked for: no connection to {_host(url)}; check the address, or try again later"
        if isinstance(error, httpcore2.ProtocolError):
            return "breaks off, or comes with something that is not HTTP: try again later"
        return "breaks off: try again later"


def _host(url: httpx2.URL) -> str:
    """The host in ASCII: what looks alike in other scripts (IDN) is told apart."""
    return url.raw_host.decode("ascii")


def _next_url(url: httpx2.URL, location: str, errand: Errand) -> httpx2.URL:
    """Where a redirect leads. Raises ReadingError where that is no address that may be asked."""
    try:
        return check_url(str(url.join(location)))
    except (httpx2.InvalidURL, ValueError) as error:
        reason = str(error) if isinstance(error, ReadingError) else f"“{shown(location)}” is no address"
        raise ReadingError(f"{errand.subject} redirects, but {reason}") from None
