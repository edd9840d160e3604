"""Reading a note: text and what the network knows in, a verdict on each element out. Pure and deterministic."""

from clawguard.domain.notes.guards import names_itself_process_notes
from clawguard.domain.notes.plans import read_plan
from clawguard.domain.notes.reading import missing_while_typing, read_note
from clawguard.domain.notes.values import (
    READER_VERSION,
    AddendumText,
    Confidence,
    ElementResult,
    NoteAsk,
    NoteReading,
    NoteText,
    PlanFacts,
    Quarantine,
    Span,
    Verdict,
)

__all__ = [
    "READER_VERSION",
    "AddendumText",
    "Confidence",
    "ElementResult",
    "NoteAsk",
    "NoteReading",
    "NoteText",
    "PlanFacts",
    "Quarantine",
    "Span",
    "Verdict",
    "missing_while_typing",
    "names_itself_process_notes",
    "read_note",
    "read_plan",
]
