"""Signed packs: every single byte counts, and an outsider can check one with openssl and sha256sum."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from clawguard import packing

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
FILES = {"case.json": b'{"case": "47 minutes"}\n', "letters/01-notice.pdf": b"%PDF-1.4 words", "empty.txt": b""}


@pytest.fixture(scope="module")
def pack() -> bytes:
    return packing.build(FILES, KEY)


def rewritten(pack: bytes, drop: str = "", **changed: bytes) -> bytes:
    """The same ZIP by other hands: files left out, changed or added."""
    with zipfile.ZipFile(io.BytesIO(pack)) as archive:
        found = {name: archive.read(name) for name in archive.namelist() if name != drop}
    return packing._zipped({**found, **changed})


def test_a_pack_as_it_was_made_is_whole(pack: bytes) -> None:
    assert packing.altered(pack, KEY.public_key()) is None
    assert packing.files_of(pack)["case.json"] == FILES["case.json"]
    assert packing.build(FILES, KEY) == pack, "the same files give the same pack"


def test_every_single_byte_is_noticed(pack: bytes) -> None:
    unnoticed = []
    for at in range(len(pack)):
        for mask in (0x01, 0x80, 0xFF):
            other = bytearray(pack)
            other[at] ^= mask
            if packing.altered(bytes(other), KEY.public_key()) is None:
                unnoticed.append((at, mask))
    assert unnoticed == []


def test_a_byte_less_or_more_is_noticed(pack: bytes) -> None:
    for at in range(0, len(pack), 7):
        assert packing.altered(pack[:at] + pack[at + 1 :], KEY.public_key())
        assert packing.altered(pack[:at] + b"\0" + pack[at:], KEY.public_key())
    assert packing.altered(pack + b"\0", KEY.public_key())
    assert packing.altered(b"", KEY.public_key())


def test_it_names_the_first_thing_that_was_altered(pack: bytes) -> None:
    key = KEY.public_key()
    assert packing.altered(rewritten(pack, **{"case.json": b"{}"}), key) == "case.json was altered"
    assert packing.altered(rewritten(pack, drop="empty.txt"), key) == "empty.txt is missing"
    assert packing.altered(rewritten(pack, **{"more.txt": b"x"}), key) == "more.txt was added"
    assert "signed" in (packing.altered(rewritten(pack, SHA256SUMS=b""), key) or "")
    assert "missing" in (packing.altered(rewritten(pack, drop="SHA256SUMS.sig"), key) or "")


def test_another_key_does_not_vouch_for_it(pack: bytes) -> None:
    other = Ed25519PrivateKey.generate()
    assert packing.altered(pack, other.public_key()) == "SHA256SUMS is not what this key signed"
    assert packing.altered(packing.build(FILES, other), KEY.public_key())


def test_a_pack_that_was_compressed_anew_is_told_from_the_one_that_was_signed(pack: bytes) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in packing.files_of(pack).items():
            archive.writestr(name, content)
    assert packing.altered(out.getvalue(), KEY.public_key())


def test_keys_are_read_from_their_pem() -> None:
    key = packing.read_key(packing.pem(KEY.public_key()))
    assert packing.fingerprint(key) == packing.fingerprint(KEY.public_key())
    for wrong in (b"", b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"):
        with pytest.raises(packing.KeyUnreadable):
            packing.read_key(wrong)


@pytest.mark.skipif(not (shutil.which("openssl") and shutil.which("sha256sum")), reason="needs openssl and sha256sum")
def test_an_outsider_checks_it_without_anything_of_ours(pack: bytes, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(pack)) as archive:
        archive.extractall(tmp_path)
    signed = "openssl pkeyutl -verify -pubin -inkey public-key.pem -rawin -in SHA256SUMS -sigfile SHA256SUMS.sig"
    summed = "sha256sum --check --strict --quiet SHA256SUMS"

    def works(command: str) -> bool:
        return subprocess.run(command.split(), cwd=tmp_path, capture_output=True, check=False).returncode == 0

    assert works(signed)
    assert works(summed)
    (tmp_path / "case.json").write_bytes(b"{}")
    assert not works(summed)
    (tmp_path / "SHA256SUMS").write_bytes(b"")
    assert not works(signed)
