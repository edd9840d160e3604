"""Rows of the notes app, by noun."""

from notes.models.batch import RequestBatch
from notes.models.guard import ClockWitness
from notes.models.note import Draft, Note, NoteFile, NoteKind, StoredFile, Upload, UploadPiece
from notes.models.request import DueChange, NotesRequest, Origin, RequestItem, RequestMessage

__all__ = [
    "ClockWitness",
    "Draft",
    "DueChange",
    "Note",
    "NoteFile",
    "NoteKind",
    "NotesRequest",
    "Origin",
    "RequestBatch",
    "RequestItem",
    "RequestMessage",
    "StoredFile",
    "Upload",
    "UploadPiece",
]
