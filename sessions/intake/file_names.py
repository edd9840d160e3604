"""Names of uploaded files, made fit to be shown."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath

LONGEST = 120


def clean(name: str) -> str:
    """The last part of the name without control, direction or format characters; never empty, never hidden."""
    last = PurePosixPath(name.replace("\\", "/")).name
    shown = "".join(
        char for char in unicodedata.normalize("NFC", last) if unicodedata.category(char)[0] not in "CZ" or char == " "
    )
    return shown.lstrip(". ")[-LONGEST:] or "file"
