"""Whose request it is, by address: behind proxies the peer is the proxy, and anyone can write a header."""

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

UNKNOWN = "unknown"
"""Stands for a peer without an address, as over a Unix socket."""


def client_address(peer: str | None, forwarded_for: str | None, trusted: Iterable[str]) -> str:
    """The address a request comes from.

    `peer` is the other end of the connection, `forwarded_for` the X-Forwarded-For header (several joined by commas),
    `trusted` the proxies, as addresses or networks (`10.0.0.0/8`). The header is believed only as far as trusted
    proxies wrote it: read from the right, the first hop that is not one of them.
    """
    networks = [ip_network(entry, strict=False) for entry in trusted]
    if not is_within(peer, networks):
        return _written(peer)
    hops = [hop.strip() for hop in (forwarded_for or "").split(",") if hop.strip()]
    for hop in reversed(hops):
        if _parsed(hop) is None:
            break
        if not is_within(hop, networks):
            return _written(hop)
    return _written(peer)


def counted_as(address: str) -> str:
    """The address as limits count it: one IPv6 customer has a network of 2^64 addresses, which is counted as one."""
    parsed = _parsed(address)
    return str(ip_network((parsed, 64), strict=False)) if isinstance(parsed, IPv6Address) else address


def is_trusted(peer: str | None, trusted: Iterable[str]) -> bool:
    """Whether what this peer says about the request in X-Forwarded headers is to be believed."""
    return is_within(peer, [ip_network(entry, strict=False) for entry in trusted])


def is_within(address: str | None, networks: Sequence[IPv4Network | IPv6Network]) -> bool:
    """Whether the address lies in one of the networks. What is no address lies nowhere."""
    parsed = _parsed(address)
    return parsed is not None and any(
        parsed in network for network in networks if network.version == parsed.version
    )


def is_safe_address(url: str) -> bool:
    """Whether what is asked there can be read by nobody on the way: https, or this very machine."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme == "https":
        return bool(host)
    parsed = _parsed(host)
    return parts.scheme == "http" and (host == "localhost" or (parsed is not None and parsed.is_loopback))


def _written(address: str | None) -> str:
    parsed = _parsed(address)
    return UNKNOWN if parsed is None else str(parsed)


def _parsed(address: str | None) -> IPv4Address | IPv6Address | None:
    try:
        parsed = ip_address((address or "").strip("[]"))
    except ValueError:
        return None
    # ::ffff:10.0.0.1 is 10.0.0.1 that came over a socket for both families.
    return getattr(parsed, "ipv4_mapped", None) or parsed
