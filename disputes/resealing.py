"""The sealed columns of cases and disputes, which a rotation of keys wraps anew with those of notes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from clawguard import sealing
from disputes.models import Appeal, Dispute, DisputeEvidence, EvidencePack, LibraryItem, Message
from disputes.sealed import EVIDENCE, LIBRARY_ITEM
from notes.hooks import Sealed

KINDS = (
    (Message, "body", "case message"),
    (Appeal, "reason", "appeal reason"),
    (Dispute, "statement", "dispute statement"),
    (Dispute, "draft", "dispute draft"),
    (Dispute, "response", "dispute response"),
    (DisputeEvidence, "value", EVIDENCE),
    (LibraryItem, "value", LIBRARY_ITEM),
    (EvidencePack, "sealed", "evidence pack"),
)


def columns() -> Iterator[Sealed]:
    return (_of(*kind) for kind in KINDS)


def _of(model: Any, column: str, kind: str) -> Sealed:
    return Sealed(model, column, lambda row: sealing.binding(kind, row.pk))
