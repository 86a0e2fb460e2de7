"""A web of our own on 127.0.0.1: pages by path, each the bytes of an answer or what is done with the connection."""

import socket
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, Self

from retold.reading.web import Fetcher, Limits, World

Page = bytes | Callable[[socket.socket], None]
STORY = b"<!doctype html><title>Osk closes its harbour</title><p>Osk closed its harbour, the minister said.</p>"
MISSING = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
QUICK = Limits(read_s=5.0, total_s=5.0, pause_s=0.0, longest_pause_s=30.0)


def answer(body: bytes = STORY, *headers: str, status: str = "200 OK", kind: str = "text/html") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def redirect(location: str, *headers: str) -> bytes:
    return answer(b"", f"Location: {location}", *headers, status="302 Found")


def stream(head: bytes, pieces: Callable[[], Iterable[bytes]]) -> Callable[[socket.socket], None]:
    """Send piece after piece until there are none, or nobody listens any more."""

    def send(connection: socket.socket) -> None:
        connection.sendall(head)
        for piece in pieces():
            connection.sendall(piece)

    return send


TRUSTING_NOBODY = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # to load the system's authorities takes 25 ms


class Asked(NamedTuple):
    """One request as it came; header names in lower case."""

    host: str
    path: str
    headers: dict[str, str]


class LocalWeb:
    """A server in a thread. `asked`: the requests that came, in order, those for robots.txt included."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.pages: dict[str, Page] = {}
        self.asked: list[Asked] = []
        web = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                web._answer(self.request, tls)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self.port = self._server.server_address[1]

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def url(self, path: str = "/", host: str = "127.0.0.1", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        """The paths that were asked for, without those of robots.txt."""
        return [one.path for one in self.asked if one.path != "/robots.txt"]

    def _answer(self, connection: socket.socket, tls: ssl.SSLContext | None) -> None:
        try:
            connection = tls.wrap_socket(connection, server_side=True) if tls else connection
            head = b""
            while b"\r\n\r\n" not in head:
                head += connection.recv(4096) or b"\r\n\r\n"
            first, *lines = head.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
            path = first.split(" ")[1]
            self.asked.append(Asked(headers.get("host", ""), path, headers))
            page = self.pages.get(path, MISSING)
            if callable(page):
                page(connection)
            else:
                connection.sendall(page)
            connection.close()
        except (OSError, IndexError):  # the client hung up, which is what most of these tests want of it
            pass


class Clock:
    """A clock that only moves when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def names(known: dict[str, Sequence[str]]) -> Callable[[str, int], Sequence[str]]:
    """A resolver that knows these names, and 127.0.0.1; tests ask no other."""

    def resolve(host: str, _: int) -> Sequence[str]:
        if host not in known and host != "127.0.0.1":
            raise OSError("unknown name")
        return known.get(host, [host])

    return resolve


def fetcher(
    limits: Limits = QUICK,
    allow_private: bool = True,
    tls: ssl.SSLContext = TRUSTING_NOBODY,
    **known: Sequence[str],
) -> Fetcher:
    """A fetcher without pauses; `wire=["127.0.0.1"]` makes wire.example known to it."""
    resolve = names({f"{name}.example": addresses for name, addresses in known.items()})
    return Fetcher(allow_private=allow_private, limits=limits, world=World(resolve=resolve, tls=tls))
