"""The only place that connects: to an address that was looked up and checked here, and never beyond a deadline.

The check stands where the connection is made, so that no redirect and no second look-up of a name (DNS rebinding)
leads round it. Names stay names above it: certificates and the Host header are those of the name.
"""

import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import httpcore2
import httpx2

from retold.reading.errors import ReadingError
from retold.reading.web.addresses import check_network, shown

Resolve = Callable[[str, int], Sequence[str]]

_MOST_TRIED = 3  # addresses of one host: enough where IPv6 leads nowhere and IPv4 does


def look_up(host: str, port: int) -> Sequence[str]:
    """The network addresses of a host, in the system's order. Raises OSError or UnicodeError where it has none.

    How long that takes at the most is set in the system's resolver, usually 5 to 30 seconds.
    """
    return tuple(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


class CheckedNetwork(httpcore2.NetworkBackend):
    """Connections to checked addresses only; each of their steps ends at `deadline` (of `clock`), set before a request.

    Without it a server that sends one byte a second would hold us for ever: the time allowed for a read begins anew
    with every byte.
    """

    def __init__(self, *, allow_private: bool, resolve: Resolve, clock: Callable[[], float]) -> None:
        self._allow_private, self._resolve, self._clock = allow_private, resolve, clock
        self._backend = httpcore2.SyncBackend()
        self.deadline = 0.0

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """Connect to one of the host's addresses. Raises ReadingError where any of them may not be asked.

        One bad address spoils all: a name that leads both outside and inside is a trick, or a mistake.
        """
        failure: Exception = httpcore2.ConnectError("no address")
        for address in self._addresses(host, port)[:_MOST_TRIED]:
            try:
                stream = self._backend.connect_tcp(address, port, self.left(timeout), local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
            else:
                return _TimedStream(stream, self)
        raise failure

    def _addresses(self, host: str, port: int) -> list[str]:
        try:
            found = [ipaddress.ip_address(address) for address in self._resolve(host, port)]
        except (OSError, UnicodeError):
            raise ReadingError(f"no host {shown(host)} was found: check the address and the connection") from None
        for address in found:
            check_network(host, address, allow_private=self._allow_private)
        return [str(address) for address in found]

    def left(self, timeout: float | None) -> float:
        """The seconds that one step may take. Raises ReadTimeout where the deadline is over."""
        left = self.deadline - self._clock()
        if left <= 0:
            raise httpcore2.ReadTimeout("deadline")
        return left if timeout is None else min(left, timeout)


class _TimedStream(httpcore2.NetworkStream):
    """A connection of which no step lasts longer than its network allows."""

    def __init__(self, stream: httpcore2.NetworkStream, network: CheckedNetwork) -> None:
        self._stream, self._network = stream, network

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._network.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._network.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        try:
            secured = self._stream.start_tls(ssl_context, server_hostname, self._network.left(timeout))
        except httpcore2.ConnectError as error:
            if isinstance(error.__cause__, ssl.SSLCertVerificationError):
                host, reason = shown(server_hostname or "the host"), error.__cause__.verify_message
                raise ReadingError(f"the certificate of {host} cannot be trusted ({reason})") from None
            raise
        return _TimedStream(secured, self._network)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Body(httpx2.SyncByteStream):
    def __init__(self, response: httpcore2.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


class Transport(httpx2.BaseTransport):
    """httpx over a checked network: certificates verified, no proxy, which would look up the name behind our back."""

    def __init__(self, network: CheckedNetwork, tls: ssl.SSLContext | None) -> None:
        tls = tls or httpx2.create_ssl_context()
        self._pool = httpcore2.ConnectionPool(ssl_context=tls, network_backend=network)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        url = request.url
        response = self._pool.handle_request(
            httpcore2.Request(
                request.method,
                httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        return httpx2.Response(response.status, headers=response.headers, stream=_Body(response))

    def close(self) -> None:
        self._pool.close()
