"""Where a webhook may lead: https on port 443, to a machine on the public Internet and nowhere else (SSRF).

A name is resolved once for each call, and the call goes to the very address that was judged: a name that says something
else a moment later (DNS rebinding) changes nothing.
"""

from __future__ import annotations

import contextlib
import ipaddress
import re
import socket
import threading
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

LONGEST = 500
PORT = 443
INNER = ("localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "corp", "arpa", "onion")
LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)", re.I)
NAT64 = ipaddress.ip_network("64:ff9b::/96")
PUBLIC_V6 = ipaddress.ip_network("2000::/3")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class BadAddress(ValueError):
    """Why calls may not go there, in words for whoever gave the address."""


class NotResolved(Exception):
    """The name leads nowhere just now."""


class Target(NamedTuple):
    host: str
    path: str  # with its query


def target_of(url: str) -> Target:
    """The parts of an address that may be called, as far as this shows without asking anybody. Raises BadAddress."""
    parts = _split(url)
    if parts.scheme != "https":
        raise BadAddress("Give an address that begins with https://.")
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        raise BadAddress("Leave user names and passwords out: every call is signed instead.")
    if _port(parts) not in (None, PORT):
        raise BadAddress("Only the usual port of https, 443, can be called.")
    if parts.fragment:
        raise BadAddress("Leave out what follows the #.")
    host = (parts.hostname or "").removesuffix(".")
    numeric = _numeric(host)
    if numeric is not None:
        refuse_inner(numeric)
    elif not _is_public_name(host):
        raise BadAddress("Give the full name of a host on the public Internet, such as hooks.example.com.")
    return Target(host, (parts.path or "/") + (f"?{parts.query}" if parts.query else ""))


def _split(url: str) -> SplitResult:
    if len(url) > LONGEST or not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        raise BadAddress(f"Give an address of at most {LONGEST} letters, digits and signs, without spaces.")
    try:
        return urlsplit(url)
    except ValueError:
        raise BadAddress("This address cannot be read.") from None


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError:
        raise BadAddress("Only the usual port of https, 443, can be called.") from None


def _numeric(host: str) -> Address | None:
    """The address behind digits in any of the spellings that systems understand (``0x7f.1``, ``2130706433``)."""
    try:
        [found, *_] = socket.getaddrinfo(host, PORT, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    except (OSError, UnicodeError, ValueError):
        return None
    return ipaddress.ip_address(str(found[4][0]).partition("%")[0])


def _is_public_name(host: str) -> bool:
    labels = host.split(".")
    return len(labels) > 1 and labels[-1].lower() not in INNER and all(LABEL.fullmatch(label) for label in labels)


def refuse_inner(address: Address) -> None:
    """Raises BadAddress for every address that is not a machine's own on the public Internet."""
    if not _is_public(address):
        raise BadAddress("This leads to an address that is not on the public Internet.")


def _is_public(address: Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        inner = _embedded(address)
        return all(map(_is_public, inner)) if inner else address in PUBLIC_V6 and address.is_global
    return address.is_global and not address.is_multicast and not address.is_reserved


def _embedded(address: ipaddress.IPv6Address) -> list[ipaddress.IPv4Address]:
    """IPv4 addresses that an IPv6 address stands for: mapped, translated, 6to4, Teredo."""
    found = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in NAT64:
        found.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return [each for each in found if each is not None]


def resolve(host: str, seconds: float) -> list[Address]:
    """Every address of a name, in the system's order. Raises NotResolved; asking takes ``seconds`` at most."""
    found: list[Address] = []

    def ask() -> None:
        with contextlib.suppress(OSError, UnicodeError, ValueError):
            answers = socket.getaddrinfo(host, PORT, type=socket.SOCK_STREAM)
            found.extend(ipaddress.ip_address(str(each[4][0]).partition("%")[0]) for each in answers)

    # The system's resolver knows no time limit: one that hangs is left alone and ends by itself.
    asking = threading.Thread(target=ask, name="webhook-name", daemon=True)
    asking.start()
    asking.join(seconds)
    if asking.is_alive() or not found:
        raise NotResolved
    return list(dict.fromkeys(found))
