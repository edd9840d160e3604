"""Rows of the notes app, by noun."""

from notes.models.batch import RequestBatch
from notes.models.calendars import CalendarOrigin, CalendarVersion
from notes.models.guard import ClockWitness
from notes.models.judging import ElementJudgement
from notes.models.note import Draft, Note, NoteFile, NoteKind, StoredFile, Upload, UploadPiece
from notes.models.pausing import ClockPause, Missed, Outage, PageWatch, PauseReason
from notes.models.reading import ElementVerdict, FilePage, FileReading, FileScan, NotePrint, NoteReading
from notes.models.releasing import FileDestruction, FileRelease, TextDestruction
from notes.models.request import DueChange, DueKind, NotesRequest, Origin, RequestItem, RequestMessage

__all__ = [
    "CalendarOrigin",
    "CalendarVersion",
    "ClockPause",
    "ClockWitness",
    "Draft",
    "DueChange",
    "DueKind",
    "ElementJudgement",
    "ElementVerdict",
    "FileDestruction",
    "FilePage",
    "FileReading",
    "FileRelease",
    "FileScan",
    "Missed",
    "Note",
    "NoteFile",
    "NoteKind",
    "NotePrint",
    "NoteReading",
    "NotesRequest",
    "Origin",
    "Outage",
    "PageWatch",
    "PauseReason",
    "RequestBatch",
    "RequestItem",
    "RequestMessage",
    "StoredFile",
    "TextDestruction",
    "Upload",
    "UploadPiece",
]
