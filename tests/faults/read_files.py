"""``python -m tests.faults.read_files``: open every visible file through the application; one JSON row for each:
id, request, the SHA-256 on record, and that of the bytes it opens to."""

from __future__ import annotations

import hashlib
import json
import sys

import django

django.setup()

from clawguard.sealing import SealBroken  # noqa: E402
from notes import files  # noqa: E402
from notes.models import StoredFile  # noqa: E402


def opened(row: StoredFile) -> str:
    try:
        return hashlib.sha256(files.read(row.pk, row.stored_as)).hexdigest()
    except (OSError, SealBroken):
        return ""


def main() -> None:
    for row in StoredFile.objects.filter(removed_at=None).iterator():
        sys.stdout.write(json.dumps([str(row.pk), str(row.request_id), row.sha256, opened(row)]) + "\n")


if __name__ == "__main__":
    main()
