"""Envelope encryption of notes and files at rest: AES-256-GCM under a random key per note or file.

Each data key is wrapped by a key-encryption key of ``settings.NOTE_KEYS`` (newest first). Rotation therefore puts a new
key in front and re-wraps data keys; the contents stay as they are. The seal is bound to *what* it holds (row id and
version) as associated data, so that a sealed value copied to another row does not open there.

Layout: mark, id of the wrapping key, wrapped data key, nonce prefix, then frames of at most ``FRAME`` plain bytes. A
frame's nonce carries its number and whether it is the last, so frames cannot be dropped, repeated or put in another
order without the seal breaking (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015).
"""

from __future__ import annotations

import base64
import hashlib
import io
import os
from collections.abc import Iterable, Iterator
from typing import BinaryIO
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

MARK = b"CGS1"
KEY_ID = 8
NONCE = 12
WRAPPED = 32 + 16
PREFIX = 7
HEADER = len(MARK) + KEY_ID + NONCE + WRAPPED + PREFIX
FRAME = 1024 * 1024
TAG = 16


class SealBroken(Exception):
    """The sealed bytes are not what was sealed, belong to another row, or no key at hand opens them."""


def binding(kind: str, row_id: UUID | str, version: int = 1) -> bytes:
    """The associated data of one row: what kind of thing it is, its id and its version."""
    return f"{kind}|{row_id}|{version}".encode()


def seal(plain: bytes, bound_to: bytes) -> bytes:
    """Encrypt ``plain`` so that it opens only with the same ``bound_to``."""
    return b"".join(seal_stream([plain], bound_to))


def unseal(sealed: bytes, bound_to: bytes) -> bytes:
    """The plain bytes. Raises SealBroken."""
    return b"".join(unseal_stream(io.BytesIO(sealed), bound_to))


def seal_stream(source: Iterable[bytes], bound_to: bytes) -> Iterator[bytes]:
    """Encrypt pieces of any size as they come; memory stays at about two frames."""
    data_key, prefix = AESGCM.generate_key(bit_length=256), os.urandom(PREFIX)
    yield _wrap(data_key, bound_to) + prefix
    cipher, held, number = AESGCM(data_key), bytearray(), 0
    for piece in source:
        held += piece
        while len(held) > FRAME:  # the last frame is known only at the end, so one full frame is always held back
            yield cipher.encrypt(_nonce(prefix, number, False), bytes(held[:FRAME]), bound_to)
            del held[:FRAME]
            number += 1
    yield cipher.encrypt(_nonce(prefix, number, True), bytes(held), bound_to)


def unseal_stream(source: BinaryIO, bound_to: bytes, start: int = 0) -> Iterator[bytes]:
    """The plain bytes, frame by frame, each one verified before it is handed out. Raises SealBroken.

    With ``start`` the first so many plain bytes are passed over; their whole frames are not even read.
    """
    header = source.read(HEADER)
    data_key = _unwrap(header, bound_to)
    prefix, cipher = header[-PREFIX:], AESGCM(data_key)
    number, skip = divmod(start, FRAME)
    if number:
        source.seek(number * (FRAME + TAG), os.SEEK_CUR)
    frame = source.read(FRAME + TAG)
    while True:
        following = source.read(FRAME + TAG)
        try:
            plain = cipher.decrypt(_nonce(prefix, number, not following), frame, bound_to)
            yield plain[skip:] if skip else plain
            skip = 0
        except InvalidTag:
            raise SealBroken(f"frame {number} is not what was sealed") from None
        if not following:
            return
        number, frame = number + 1, following


def rewrap(sealed: bytes, bound_to: bytes) -> bytes:
    """The same content with its data key wrapped by the newest key-encryption key. Raises SealBroken."""
    return rewrap_header(sealed[:HEADER], bound_to) + sealed[HEADER:]


def rewrap_header(header: bytes, bound_to: bytes) -> bytes:
    """``rewrap`` for a file: only its first ``HEADER`` bytes change, their length does not."""
    return _wrap(_unwrap(header, bound_to), bound_to) + header[-PREFIX:]


def is_newest(header: bytes) -> bool:
    """Whether the newest key-encryption key wraps this data key."""
    return header[len(MARK) : len(MARK) + KEY_ID] == _key_id(_keys()[0])


def _wrap(data_key: bytes, bound_to: bytes) -> bytes:
    newest, nonce = _keys()[0], os.urandom(NONCE)
    return MARK + _key_id(newest) + nonce + AESGCM(newest).encrypt(nonce, data_key, bound_to)


def _unwrap(header: bytes, bound_to: bytes) -> bytes:
    if len(header) != HEADER or not header.startswith(MARK):
        raise SealBroken("these bytes were not sealed here")
    at = len(MARK)
    key_id, nonce = header[at : at + KEY_ID], header[at + KEY_ID : at + KEY_ID + NONCE]
    wrapped = header[at + KEY_ID + NONCE : HEADER - PREFIX]
    for key in _keys():
        if _key_id(key) == key_id:
            try:
                return AESGCM(key).decrypt(nonce, wrapped, bound_to)
            except InvalidTag:
                raise SealBroken("the seal was made for something else or was changed") from None
    raise SealBroken("the key that wraps this data key is not in NOTE_KEYS")


def _nonce(prefix: bytes, number: int, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([last])


def _keys() -> list[bytes]:
    return [base64.urlsafe_b64decode(key) for key in settings.NOTE_KEYS]


def _key_id(key: bytes) -> bytes:
    """Names a key without giving it away."""
    return hashlib.sha256(b"clawguard key id" + key).digest()[:KEY_ID]
