"""One call: resolve, judge, connect to the judged address under the name, post, look at the status, hang up.

No redirect is followed, no proxy of the environment used, no body of an answer read. All of it together has five
seconds, whatever the other side does with its packets.
"""

from __future__ import annotations

import contextlib
import functools
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from clawguard.webhooks import addresses
from clawguard.webhooks.addresses import Address, BadAddress, NotResolved, Target

SECONDS = 5.0
MOST_ADDRESSES = 3  # tried of one name
AGENT = "Clawguard-Webhooks/1"
SAID = {
    "taken": "Taken",
    "refused": "Answered with an error",
    "redirect": "Answered with a redirect, which is not followed",
    "timeout": "No answer within five seconds",
    "unreachable": "No connection",
    "tls": "No trusted certificate for this name",
    "not_resolved": "The name could not be resolved",
    "bad_address": "The address is not on the public Internet",
    "garbled": "The answer is not HTTP",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a call. ``said`` is a key of SAID; ``status`` is None where no answer came."""

    said: str
    status: int | None
    milliseconds: int

    @property
    def taken(self) -> bool:
        return self.said == "taken"


@functools.cache
def trusted() -> ssl.SSLContext:
    return ssl.create_default_context()


@dataclass(frozen=True, slots=True)
class Network:
    """How calls reach the world. Tests put a local server in its place; nothing in the settings can."""

    resolve: Callable[[str, float], Sequence[Address]] = addresses.resolve
    judge: Callable[[Address], None] = addresses.refuse_inner
    context: Callable[[], ssl.SSLContext] = trusted
    port: int = addresses.PORT
    seconds: float = SECONDS


INTERNET = Network()


def post(url: str, headers: Mapping[str, str], body: bytes, network: Network | None = None) -> Answer:
    """Send once and say what came of it. Raises nothing, whatever the other side does."""
    network = network or INTERNET
    began = time.monotonic()
    end = began + network.seconds
    status = None
    try:
        target = addresses.target_of(url)
        with _connected(target, network, end) as connection:
            connection.request("POST", target.path, body, {"User-Agent": AGENT, **headers})
            status = _status(connection, end)
            said = "taken" if 200 <= status < 300 else "redirect" if 300 <= status < 400 else "refused"
    except (OSError, http.client.HTTPException, BadAddress, NotResolved) as error:
        said = "timeout" if time.monotonic() >= end else _said_of(error)
    return Answer(said, status, int((time.monotonic() - began) * 1000))


def _status(connection: http.client.HTTPConnection, end: float) -> int:
    """Of an answer whose head came whole and in time; a head that was cut off can look like one that ended."""
    status = connection.getresponse().status
    if time.monotonic() >= end:
        raise TimeoutError
    return status


MEANINGS: tuple[tuple[type[Exception], str], ...] = (  # the first kind that fits
    (BadAddress, "bad_address"),
    (NotResolved, "not_resolved"),
    (ssl.SSLError, "tls"),
    (ConnectionError, "unreachable"),  # http.client's "closed without answer" is one of these
    (http.client.HTTPException, "garbled"),
    (TimeoutError, "timeout"),
)


def _said_of(error: Exception) -> str:
    return next((said for kind, said in MEANINGS if isinstance(error, kind)), "unreachable")


@contextlib.contextmanager
def _connected(target: Target, network: Network, end: float) -> Iterator[http.client.HTTPSConnection]:
    """A connection to a judged address of the name, with its certificate checked for the name; cut off at ``end``."""
    found = network.resolve(target.host, _left(end))
    for address in found:
        network.judge(address)  # one inner address among several condemns the name
    plain = _reach(found[:MOST_ADDRESSES], network.port, end)
    line = plain.dup()  # wrapping gives ``plain`` away; this one still ends the connection
    clock = threading.Timer(_left(end), _end, [line])
    clock.daemon = True
    clock.start()
    try:
        context = network.context()
        connection = http.client.HTTPSConnection(target.host, network.port, context=context)
        connection.sock = context.wrap_socket(plain, server_hostname=target.host)
        with contextlib.closing(connection):
            yield connection
    finally:
        clock.cancel()
        line.close()
        plain.close()


def _reach(found: Sequence[Address], port: int, end: float) -> socket.socket:
    if not found:
        raise NotResolved
    for address in found[:-1]:
        with contextlib.suppress(OSError):
            return socket.create_connection((str(address), port), _left(end) / 2)
    return socket.create_connection((str(found[-1]), port), _left(end))


def _end(line: socket.socket) -> None:
    with contextlib.suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def _left(end: float) -> float:
    return max(end - time.monotonic(), 0.01)
