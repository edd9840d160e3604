"""Signed packs: a ZIP whose files are listed with their SHA-256 in a manifest, which is signed with Ed25519.

The manifest has the form that ``sha256sum --check`` reads and the signature the one that ``openssl pkeyutl`` reads, so
that an outsider needs nothing of ours to check a pack. Files are stored uncompressed, in the manifest's order and
without times, so that a pack can be written again from its files byte by byte: whatever was changed anywhere in it is
noticed.
"""

from __future__ import annotations

import base64
import hashlib
import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key
from django.conf import settings

MANIFEST, SIGNATURE, PUBLIC_KEY = "SHA256SUMS", "SHA256SUMS.sig", "public-key.pem"
LARGEST = 64 * 1024 * 1024  # bytes of a pack that is looked at
NO_ZIP = (
    zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OverflowError, LookupError, OSError,
    struct.error, zlib.error,
)  # fmt: skip
WHEN = (1980, 1, 1, 0, 0, 0)  # the first moment a ZIP can name, for every file


class KeyUnreadable(Exception):
    """What should be a public key is none."""


def own_key() -> Ed25519PrivateKey:
    """The key that this installation signs with (``PACK_KEY``)."""
    return Ed25519PrivateKey.from_private_bytes(base64.urlsafe_b64decode(settings.PACK_KEY))


def pem(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def fingerprint(key: Ed25519PublicKey) -> str:
    """SHA-256 of the key itself, by which people compare keys over the telephone."""
    return hashlib.sha256(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()


def read_key(content: bytes) -> Ed25519PublicKey:
    """A public key from its PEM. Raises KeyUnreadable."""
    try:
        key = load_pem_public_key(content)
    except (ValueError, TypeError):
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise KeyUnreadable("This is no Ed25519 public key in PEM form.")
    return key


def build(files: Mapping[str, bytes], key: Ed25519PrivateKey) -> bytes:
    """The pack of ``files`` (names in ASCII without blanks, in the order given), signed by ``key``."""
    whole = {**files, PUBLIC_KEY: pem(key.public_key())}
    manifest = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in whole.items()).encode()
    return _zipped({**whole, MANIFEST: manifest, SIGNATURE: key.sign(manifest)})


def altered(pack: bytes, key: Ed25519PublicKey) -> str | None:
    """The first thing in ``pack`` that is not as it was when the owner of ``key`` signed it; None when all of it is."""
    if len(pack) > LARGEST:
        return "it is larger than any pack is"
    try:
        found = _files(pack)
    except NO_ZIP:
        return "the ZIP itself cannot be read"
    manifest, signature = found.get(MANIFEST), found.get(SIGNATURE)
    if manifest is None or signature is None:
        return f"{MANIFEST} or its signature is missing or damaged"
    try:
        key.verify(signature, manifest)
    except InvalidSignature:
        return f"{MANIFEST} is not what this key signed"
    return _unlike(manifest, found) or _repacked(pack, manifest, found)


def files_of(pack: bytes) -> dict[str, bytes]:
    """The files of a pack that was found unaltered."""
    return {name: content for name, content in _files(pack).items() if content is not None}


def _files(pack: bytes) -> dict[str, bytes | None]:
    """Name and content of each file; None for one that is damaged by the ZIP's own checksum."""
    with zipfile.ZipFile(io.BytesIO(pack)) as archive:
        return {info.filename: _content(archive, info, len(pack)) for info in archive.infolist()}


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes | None:
    if info.compress_type != zipfile.ZIP_STORED or info.file_size > most:
        return None
    try:
        return archive.read(info)
    except NO_ZIP:
        return None


def _unlike(manifest: bytes, found: Mapping[str, bytes | None]) -> str | None:
    """The first file that the signed manifest does not know as it is."""
    listed = _listed(manifest)
    for name, digest in listed.items():
        content = found.get(name)
        if name not in found:
            return f"{name} is missing"
        if content is None or hashlib.sha256(content).hexdigest() != digest:
            return f"{name} was altered"
    added = [name for name in found if name not in listed and name not in (MANIFEST, SIGNATURE)]
    return f"{added[0]} was added" if added else None


def _listed(manifest: bytes) -> dict[str, str]:
    lines = [line.partition("  ") for line in manifest.decode().splitlines()]
    return {name: digest for digest, _, name in lines}


def _repacked(pack: bytes, manifest: bytes, found: Mapping[str, bytes | None]) -> str | None:
    ordered = [*_listed(manifest), MANIFEST, SIGNATURE]
    same = _zipped({name: found[name] or b"" for name in ordered}) == pack
    return None if same else "the files are as signed, but the ZIP around them was written anew"


def _zipped(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, WHEN)
            info.create_system, info.external_attr = 3, 0o100644 << 16  # as written on Unix, wherever it is written
            archive.writestr(info, content)
    return out.getvalue()
