"""What may be asked: table of addresses, and that the table knows no more public ones than the standard library."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.reading import ReadingError
from retold.reading.web.addresses import check_network, check_url, find_network

ACCESS = {
    "8.8.4.4": "public",
    "172.15.255.255": "public",
    "172.32.0.0": "public",
    "2606:4700::1": "public",
    "2002:808:808::1": "public",  # 6to4 for 8.8.8.8
    "64:ff9b::808:808": "public",  # NAT64 for 8.8.8.8
    "127.0.0.1": "private",
    "127.8.9.1": "private",
    "10.1.2.3": "private",
    "172.31.0.1": "private",
    "192.168.0.1": "private",
    "100.64.0.1": "private",
    "::1": "private",
    "fd12::1": "private",
    "::ffff:127.0.0.1": "private",
    "::ffff:10.0.0.1": "private",
    "2002:a00:1::1": "private",  # 6to4 for 10.0.0.1
    "64:ff9b::7f00:1": "private",  # NAT64 for 127.0.0.1
    "169.254.169.254": "never",
    "::ffff:169.254.169.254": "never",
    "64:ff9b::a9fe:a9fe": "never",
    "fd00:ec2::254": "never",
    "100.100.100.200": "never",
    "168.63.129.16": "never",
    "192.0.0.192": "never",
    "fe80::1": "never",
    "fe80::1%eth0": "never",
    "0.0.0.0": "never",
    "::": "never",
    "::7f00:1": "never",  # IPv4-compatible, given up long ago
    "224.0.0.1": "never",
    "ff02::1": "never",
    "255.255.255.255": "never",
    "192.0.2.1": "never",
    "2001:db8::1": "never",
    "2001:0:4136:e378::1": "never",  # Teredo
    "4000::1": "never",
}


@pytest.mark.parametrize("address", ACCESS)
def test_every_kind_of_address(address: str) -> None:
    assert find_network(ipaddress.ip_address(address)).access == ACCESS[address]


@given(st.ip_addresses(v=4) | st.ip_addresses(v=6) | st.ip_addresses(v=6, network="2000::/3"))
def test_nothing_is_public_that_the_standard_library_knows_otherwise(address: ipaddress.IPv4Address) -> None:
    if find_network(address).access == "public":
        assert (address.is_global and not address.is_multicast) or address in ipaddress.ip_network("2002::/16")


def test_private_addresses_are_asked_if_allowed_and_those_of_metadata_services_never() -> None:
    private, metadata = ipaddress.ip_address("10.0.0.1"), ipaddress.ip_address("169.254.169.254")
    check_network("desk.example", private, allow_private=True)
    with pytest.raises(ReadingError, match=r"desk.example is at 10.0.0.1, a private network: give --allow-private"):
        check_network("desk.example", private, allow_private=False)
    for allowed in (True, False):
        with pytest.raises(ReadingError, match="never asked"):
            check_network("desk.example", metadata, allow_private=allowed)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("ftp://wire.example/a", "http:// or https://"),
        ("file:///etc/passwd", "http:// or https://"),
        ("wire.example/a", "http:// or https://"),
        ("https:///a", "no address"),
        ("https://[::1/a", "no address"),
        ("https://wire.example:port/", "no address"),
        ("https://wire.example:99999/", "port 99999"),
        ("https://wire.example/a\nb", "no address"),
        ("https://ann:secret@wire.example/", "name or password"),
        ("https://wire.example:25/", "port 25"),
        ("https://wire.example/" + "a" * 8000, "8021 characters"),
    ],
)
def test_what_is_no_address_that_may_be_asked(address: str, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason) as caught:
        check_url(address)
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)


def test_an_address_is_asked_without_its_fragment() -> None:
    assert str(check_url(" https://wire.example:8443/a?b=1#c ")) == "https://wire.example:8443/a?b=1"


@given(st.text() | st.text().map("http://".__add__) | st.text().map("https://xn--".__add__))
def test_whatever_is_typed_is_an_address_or_a_reason(address: str) -> None:
    reason = ""
    try:
        assert check_url(address).raw_host
    except ReadingError as error:
        reason = str(error)
    assert reason.isprintable()
