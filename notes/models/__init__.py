"""Rows of the notes app, by noun."""

from notes.models.batch import RequestBatch
from notes.models.guard import ClockWitness
from notes.models.judging import ElementJudgement
from notes.models.note import Draft, Note, NoteFile, NoteKind, StoredFile, Upload, UploadPiece
from notes.models.reading import ElementVerdict, FilePage, FileReading, FileScan, NotePrint, NoteReading
from notes.models.request import DueChange, NotesRequest, Origin, RequestItem, RequestMessage

__all__ = [
    "ClockWitness",
    "Draft",
    "DueChange",
    "ElementJudgement",
    "ElementVerdict",
    "FilePage",
    "FileReading",
    "FileScan",
    "Note",
    "NoteFile",
    "NoteKind",
    "NotePrint",
    "NoteReading",
    "NotesRequest",
    "Origin",
    "RequestBatch",
    "RequestItem",
    "RequestMessage",
    "StoredFile",
    "Upload",
    "UploadPiece",
]
