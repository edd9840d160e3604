"""Say whether an evidence pack is as it was signed."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.core.management.base import BaseCommand, CommandError, CommandParser

from clawguard import packing
from clawguard.events import chain

CHAIN = "audit-chain.json"


class Command(BaseCommand):
    help = "Check an evidence pack. Exit 0 when all of it is as signed; exit 1 and the first thing altered otherwise."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", help="the pack, a ZIP")
        parser.add_argument("--key", help="public key in PEM form; left out, this installation's own")
        parser.add_argument("--print-key", action="store_true", help="print this installation's public key and leave")

    def handle(self, *, file: str | None, key: str | None, print_key: bool, **_options: Any) -> None:
        if print_key:
            self.stdout.write(packing.pem(_key(None)).decode(), ending="")
            return
        if file is None:
            raise CommandError("Name the pack, or ask for --print-key.")
        trusted, pack = _key(key), _read(file)
        found = packing.altered(pack, trusted) or _broken_link(packing.files_of(pack).get(CHAIN))
        if found is None:
            count = len(packing.files_of(pack))
            self.stdout.write(f"OK: {count} files as signed by the key {packing.fingerprint(trusted)}.")
            return
        self.stderr.write(f"Not as signed: {found}.")
        sys.exit(1)


def _read(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}.") from None


def _key(name: str | None) -> Ed25519PublicKey:
    if name is None:
        return packing.own_key().public_key()
    try:
        return packing.read_key(_read(name))
    except packing.KeyUnreadable as error:
        raise CommandError(f"{name}: {error}") from None


def _broken_link(content: bytes | None) -> str | None:
    """The first link of the audit chain whose digest does not follow from what it says it seals."""
    for link in json.loads(content)["links"] if content else []:
        if chain.link_digest(link["previous"], link["sealed"]) != link["digest"]:
            return f"link {link['position']} of {CHAIN} does not follow from what it seals"
    return None
