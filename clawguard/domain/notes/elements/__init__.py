"""The elements of a note, by theme. Importing this package registers all of them."""

from clawguard.domain.notes.elements import (
    clinical,
    evaluation,
    files,
    going_on,
    group_and_family,
    header,
    outside,
    place,
    progress,
    risk,
    services,
    signing,
    special,
    timing,
    treatment,
    visit,
)
from clawguard.domain.notes.elements.registry import ALL, Element

__all__ = [
    "ALL",
    "Element",
    "clinical",
    "evaluation",
    "files",
    "going_on",
    "group_and_family",
    "header",
    "outside",
    "place",
    "progress",
    "risk",
    "services",
    "signing",
    "special",
    "timing",
    "treatment",
    "visit",
]
