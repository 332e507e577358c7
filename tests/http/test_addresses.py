"""Whose address counts: the peer's, or what trusted proxies say, and never what strangers write."""

import pytest

from models.addresses import client_address, is_trusted

PROXIES = ("10.0.0.0/8", "2001:db8::1", "127.0.0.1")


@pytest.mark.parametrize(
    ("peer", "forwarded_for", "address"),
    [
        ("203.0.113.9", None, "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("10.0.0.1", None, "10.0.0.1"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "192.0.2.66, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "192.0.2.66, 198.51.100.1, 10.9.9.9", "198.51.100.1"),
        ("10.0.0.1", "10.0.0.2, 10.0.0.3", "10.0.0.1"),
        ("10.0.0.1", "198.51.100.1, unknown", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("::ffff:10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("2001:db8::1", "2001:DB8:0::77", "2001:db8::77"),
        ("2001:db8::1", "[2001:db8::78]", "2001:db8::78"),
        (None, "198.51.100.1", "unknown"),
        ("/run/socket", None, "unknown"),
    ],
)
def test_client_address(peer: str | None, forwarded_for: str | None, address: str) -> None:
    assert client_address(peer, forwarded_for, PROXIES) == address


def test_nobody_is_trusted_unless_named() -> None:
    assert not is_trusted("127.0.0.1", ())
    assert is_trusted("127.0.0.1", PROXIES)


def test_a_proxy_that_is_no_address_is_a_mistake() -> None:
    with pytest.raises(ValueError, match=r"proxy\.example"):
        client_address("10.0.0.1", None, ("proxy.example",))
