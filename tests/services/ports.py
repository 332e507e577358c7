"""Network ports for servers that live as long as a test run."""

import random
import socket
from typing import Final

LOOPBACK: Final = "127.0.0.1"

PORTS: Final = range(10_000, 32_000)
"""Below those that systems give to outgoing connections: while a server is down, nobody gets its port by chance."""


def free_port() -> int:
    """A TCP port of the loopback address that nobody listens on now; take it soon. Raises OSError if all are taken."""
    for port in random.sample(PORTS, len(PORTS)):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((LOOPBACK, port))
            except OSError:
                continue
            return port
    raise OSError("every port is taken")
