"""A receiver on this machine with a certificate of its own authority, and the way to reach it that tests put in place.

The name resolves to whatever a test says; the only thing that makes 127.0.0.1 a permitted address is this module.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from clawguard.webhooks import addresses
from clawguard.webhooks.addresses import Address
from clawguard.webhooks.sending import Network

HOST = "hooks.example.com"
HERE = ipaddress.ip_address("127.0.0.1")
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
Respond = Callable[[ssl.SSLSocket, "Call"], None]


@dataclass
class Call:
    """What arrived: the request line, headers by lower-case name, the raw body, and the name asked for in TLS."""

    line: str
    headers: dict[str, str]
    body: bytes
    server_name: str


@dataclass
class Receiver:
    port: int
    context: ssl.SSLContext  # trusts this receiver's authority and no other
    calls: list[Call] = field(default_factory=list)
    answers: list[bytes | Respond] = field(default_factory=list)  # one a call; OK when there are no more
    refused: int = 0  # connections that ended before a request was through

    def network(self, *resolved: Address, **changes: object) -> Network:
        """The way here under any public name. ``resolved``: what the name resolves to, here by default."""
        found: Sequence[Address] = resolved or (HERE,)
        given: dict[str, object] = {"resolve": lambda host, seconds: found, "judge": self._judge} | changes
        return Network(context=lambda: self.context, port=self.port, **given)  # type: ignore[arg-type]

    def _judge(self, address: Address) -> None:
        if address != HERE:
            addresses.refuse_inner(address)


@contextmanager
def receiver(folder: Path, name: str = HOST) -> Iterator[Receiver]:
    authority, server = _contexts(folder, name)
    listening = socket.create_server((str(HERE), 0))
    here = Receiver(listening.getsockname()[1], authority)
    serving = threading.Thread(target=_serve, args=(listening, server, here), daemon=True)
    serving.start()
    try:
        yield here
    finally:
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        serving.join(5)


def _serve(listening: socket.socket, context: ssl.SSLContext, here: Receiver) -> None:
    names: list[str] = []
    context.sni_callback = lambda _sock, name, _context: names.append(name or "")
    while True:
        try:
            plain, _ = listening.accept()
        except OSError:
            return
        plain.settimeout(10)
        try:
            with context.wrap_socket(plain, server_side=True) as line:
                call = _read(line, names[-1])
                here.calls.append(call)
                answer = here.answers.pop(0) if here.answers else OK
                if callable(answer):
                    answer(line, call)
                else:
                    line.sendall(answer)
        except (OSError, ValueError):
            here.refused += 1


def _read(line: ssl.SSLSocket, server_name: str) -> Call:
    with line.makefile("rb") as stream:
        first = stream.readline().decode().strip()
        headers = {}
        while text := stream.readline().decode().strip():
            name, _, value = text.partition(": ")
            headers[name.lower()] = value
        return Call(first, headers, stream.read(int(headers["content-length"])), server_name)


def _contexts(folder: Path, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    key, certificate = _certificate(name)
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    plain = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "key.pem").write_bytes(key.private_bytes(*plain))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    return ssl.create_default_context(cafile=folder / "certificate.pem"), server


def _certificate(name: str) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    began = dt.datetime.now(dt.UTC) - dt.timedelta(hours=1)
    made = x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(began).not_valid_after(began + dt.timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    return key, made.sign(key, hashes.SHA256())
