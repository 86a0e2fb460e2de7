"""Which addresses may be asked: http and https, without a password, and only what stands on the public internet."""

import ipaddress
from typing import NamedTuple

import httpx2

from retold.language.tables import read_table
from retold.reading.errors import ReadingError

MAX_ADDRESS = 8000  # characters; RFC 9110, 4.1 asks for as many, and no report needs more
_SHOWN = 80  # characters of hostile text that an error shows
# Below 1024 live mail, remote shells and the like, which a link must not make us talk to.
_WEB_PORTS = frozenset({80, 443, *range(1024, 65_536)})
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


class Network(NamedTuple):
    """One row of networks.tsv: `what` stands there, and whether it is asked (`access`: public, private or never)."""

    network: ipaddress.IPv4Network | ipaddress.IPv6Network
    what: str
    access: str


_NETWORKS = tuple(
    Network(ipaddress.ip_network(row["network"]), row["what"], row["access"])
    for row in read_table("retold.reading.web", "networks.tsv")
)


def shown(text: str) -> str:
    """`text` from outside, fit for one line of an error: at most 80 characters, control characters replaced."""
    short = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    return "".join(character if character.isprintable() else "\ufffd" for character in short)


def check_url(address: str) -> httpx2.URL:
    """The address without its fragment. Raises ReadingError where it is none that may be asked.

    A name and password in it are refused: they would be sent over the web and kept in the dossier. So are ports
    below 1024 other than 80 and 443, where other services than the web live.
    """
    if len(address) > MAX_ADDRESS:
        raise ReadingError(f"the address has {len(address)} characters, and {MAX_ADDRESS} is the limit")
    try:
        url = httpx2.URL(address.strip()).copy_with(fragment=None)
    except (httpx2.InvalidURL, ValueError):
        raise ReadingError(f"“{shown(address)}” is no address: one like https://host/page was expected") from None
    if url.scheme not in ("http", "https") or not url.raw_host:
        raise ReadingError(f"“{shown(address)}” is no address of the web: it must begin with http:// or https://")
    if url.userinfo:
        raise ReadingError(
            "there is a name or password in the address: leave it out, or save the page and give the file"
        )
    if url.port is not None and url.port not in _WEB_PORTS:
        raise ReadingError(f"port {url.port} is no port of the web: 80, 443 or one from 1024 to 65535 was expected")
    return url


def check_network(host: str, address: IPAddress, *, allow_private: bool) -> None:
    """Raise ReadingError where `address`, at which `host` is, may not be asked."""
    network = find_network(address)
    if network.access == "public" or (network.access == "private" and allow_private):
        return
    hint = "give --allow-private to ask it" if network.access == "private" else "it is never asked"
    raise ReadingError(f"{shown(host)} is at {address}, {network.what}: {hint}")


def find_network(address: IPAddress) -> Network:
    """The first row of networks.tsv that holds the address; an IPv4 address inside an IPv6 one decides for it.

    >>> find_network(ipaddress.ip_address("::ffff:10.0.0.1")).what
    'a private network'
    """
    address = _embedded(address) or address
    return next(row for row in _NETWORKS if address.version == row.network.version and address in row.network)


def _embedded(address: IPAddress) -> ipaddress.IPv4Address | None:
    """The IPv4 address to which packets for a mapped, 6to4 or NAT64 address go in the end; None: it is none of them."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour
