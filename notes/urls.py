"""Addresses of notes and notes requests."""

from __future__ import annotations

from django.urls import path

from notes.api import bulk as bulk_api
from notes.api import calendar as calendar_api
from notes.api import checking
from notes.api import delegates as delegates_api
from notes.api import files as files_api
from notes.api import notes as notes_api
from notes.api import pausing as pausing_api
from notes.api import requests as requests_api
from notes.api import talking as talking_api
from notes.views import (
    answering,
    beside,
    bulk,
    calendar,
    delegates,
    file_pages,
    pausing,
    precheck,
    provider,
    releasing,
    staff,
    typing,
    uploads,
)

ONE, MINE = "requests/<uuid:request_id>", "my/requests/<uuid:request_id>"
REST = "notes-requests/<uuid:request_id>"

pages = [
    path("my", provider.home, name="requests"),
    path(MINE, answering.request_page, name="my-request"),
    path(f"{MINE}/answer", answering.answer, name="my-answer"),
    path(f"{MINE}/draft", answering.draft, name="my-draft"),
    path(f"{MINE}/found", typing.found_so_far, name="my-found"),
    path(f"{MINE}/files", uploads.upload, name="my-files"),
    path(f"{MINE}/files/found", uploads.found_in_files, name="my-files-found"),
    path(f"{MINE}/uploads", uploads.begin_upload, name="my-upload"),
    path("my/uploads/<uuid:upload_id>/pieces/<int:offset>", uploads.piece, name="my-upload-piece"),
    path("my/uploads/<uuid:upload_id>/cancel", uploads.cancel_upload, name="my-upload-cancel"),
    path(f"{MINE}/extension", answering.ask_extension, name="my-extension"),
    path(f"{MINE}/question", answering.ask_question, name="my-question"),
    path(f"{MINE}/hand-over", delegates.hand_over, name="my-hand-over"),
    path(f"{MINE}/take-back", delegates.take_back, name="my-take-back"),
    path(f"{MINE}/receipt", provider.receipt, name="my-receipt"),
    path(f"{MINE}/receipt.pdf", provider.receipt_pdf, name="my-receipt-pdf"),
    path("my/delegates", delegates.my_delegates, name="my-delegates"),
    path("my/delegates/invite", delegates.invite, name="my-delegate-invite"),
    path("my/delegates/<uuid:delegation_id>/end", delegates.end, name="my-delegate-end"),
    path("my/delegates/<uuid:delegation_id>/sees", delegates.widen, name="my-delegate-sees"),
    path("my/absences", delegates.enter_absence, name="my-absence"),
    path("my/absences/<uuid:absence_id>/undo", delegates.undo_absence, name="my-absence-undo"),
    path("delegates/invitation/<str:token>", delegates.invitation, name="invitation"),
    path("my/note-form", typing.remember_form, name="my-note-form"),
    path("my/history", provider.history, name="my-history"),
    path("my/files/<uuid:file_id>/remove", uploads.remove_file, name="my-file-remove"),
    path("my/notes/<uuid:note_id>", provider.own_text, name="my-note"),
    path("note-check", precheck.precheck, name="precheck"),
    path("requests", staff.request_list, name="request-list"),
    path("requests/ask", bulk.choose, name="request-choose"),
    path("requests/ask/look", bulk.look, name="request-look"),
    path("requests/ask/send", bulk.send, name="request-send"),
    path("requests/asked/<uuid:batch_id>", bulk.show, name="request-batch"),
    path("requests/asked/<uuid:batch_id>/undo", bulk.undo, name="request-batch-undo"),
    path(ONE, staff.request_page, name="request-page"),
    path(f"{ONE}/notes/<uuid:note_id>", staff.read_note, name="request-read-note"),
    path(f"{ONE}/items/<int:item>/accept", staff.accept_item, name="request-accept-item"),
    path(f"{ONE}/items/<int:item>/return", staff.return_item, name="request-return-item"),
    path(f"{ONE}/beside", beside.answer_beside, name="request-beside"),
    path(f"{ONE}/items/<int:item>/judge", beside.judge_item, name="request-judge-item"),
    path(f"{ONE}/notes/<uuid:note_id>/elements/<slug:element>", beside.judge_element, name="request-judge-element"),
    path(f"{ONE}/notes/<uuid:note_id>/earlier", beside.beside_earlier, name="request-beside-earlier"),
    path("notes/agreement", beside.agreement, name="note-agreement"),
    path(f"{ONE}/withdraw", staff.withdraw, name="request-withdraw"),
    path(f"{ONE}/extend", staff.extend, name="request-extend"),
    path(f"{ONE}/pause", pausing.pause, name="request-pause"),
    path(f"{ONE}/resume", pausing.resume, name="request-resume"),
    path(f"{ONE}/deliver", staff.deliver_again, name="request-deliver"),
    path(f"{ONE}/bounce", staff.report_bounce, name="request-bounce"),
    path(f"{ONE}/reply", staff.reply, name="request-reply"),
    path(f"{ONE}/files/<uuid:file_id>/release", releasing.ask_release, name="request-release"),
    path(f"{ONE}/files/<uuid:file_id>/release/agree", releasing.agree_release, name="request-release-agree"),
    path(f"{ONE}/files/<uuid:file_id>/destroy", releasing.ask_destruction, name="request-destroy"),
    path(f"{ONE}/files/<uuid:file_id>/destroy/agree", releasing.agree_destruction, name="request-destroy-agree"),
    path(f"{ONE}/notes/<uuid:note_id>/destroy", releasing.ask_text_destruction, name="request-destroy-text"),
    path(
        f"{ONE}/notes/<uuid:note_id>/destroy/agree",
        releasing.agree_text_destruction,
        name="request-destroy-text-agree",
    ),
    path("sessions/<uuid:session_id>/request-notes", staff.new_request, name="request-new"),
    path("notes/files/<uuid:file_id>", staff.read_file, name="note-file"),
    path("notes/files/<uuid:file_id>/pages", file_pages.view_file, name="note-file-view"),
    path("notes/files/<uuid:file_id>/pages/<int:number>", file_pages.picture, name="note-file-page"),
    path("mail", staff.mail, name="mail"),
    path("outages", pausing.outages, name="outages"),
    path("calendar", calendar.show, name="calendar"),
    path("calendar/<int:version_id>/publish", calendar.publish, name="calendar-publish"),
    path("calendar/<int:version_id>/discard", calendar.discard, name="calendar-discard"),
    path("clock/confirm", staff.confirm_clock, name="confirm-clock"),
]

api = [
    path("notes-requests", requests_api.Requests.as_view(), name="api-notes-requests"),
    path("notes-requests/bulk", bulk_api.Bulk.as_view(), name="api-notes-requests-bulk"),
    path(REST, requests_api.RequestDetail.as_view(), name="api-notes-request"),
    path(f"{REST}/extend", requests_api.Extend.as_view(), name="api-notes-request-extend"),
    path(f"{REST}/pause", pausing_api.Pause.as_view(), name="api-notes-request-pause"),
    path(f"{REST}/resume", pausing_api.Resume.as_view(), name="api-notes-request-resume"),
    path(f"{REST}/hand-over", delegates_api.HandOver.as_view(), name="api-notes-request-hand-over"),
    path(f"{REST}/take-back", delegates_api.TakeBack.as_view(), name="api-notes-request-take-back"),
    path("delegations", delegates_api.Delegations.as_view(), name="api-delegations"),
    path("delegations/<uuid:delegation_id>/end", delegates_api.EndDelegation.as_view(), name="api-delegation-end"),
    path("delegations/<uuid:delegation_id>/sees", delegates_api.WidenDelegation.as_view(), name="api-delegation-sees"),
    path("absences", delegates_api.Absences.as_view(), name="api-absences"),
    path("absences/<uuid:absence_id>/undo", delegates_api.UndoAbsence.as_view(), name="api-absence-undo"),
    path("calendar", calendar_api.Calendar.as_view(), name="api-calendar"),
    path("outages", pausing_api.Outages.as_view(), name="api-outages"),
    path(f"{REST}/withdraw", requests_api.Withdraw.as_view(), name="api-notes-request-withdraw"),
    path(f"{REST}/bounce", requests_api.Bounce.as_view(), name="api-notes-request-bounce"),
    path(f"{REST}/deliver", talking_api.Deliver.as_view(), name="api-notes-request-deliver"),
    path(f"{REST}/ask-extension", talking_api.AskExtension.as_view(), name="api-notes-request-ask-extension"),
    path(f"{REST}/ask-question", talking_api.AskQuestion.as_view(), name="api-notes-request-ask-question"),
    path(f"{REST}/reply", talking_api.Reply.as_view(), name="api-notes-request-reply"),
    path(f"{REST}/files", files_api.RequestFiles.as_view(), name="api-notes-request-files"),
    path(f"{REST}/response", requests_api.Respond.as_view(), name="api-notes-request-response"),
    path(f"{REST}/items/<int:number>/accept", requests_api.AcceptItem.as_view(), name="api-notes-request-accept"),
    path(f"{REST}/items/<int:number>/return", requests_api.ReturnItem.as_view(), name="api-notes-request-return"),
    path("notes/check", checking.CheckNote.as_view(), name="api-note-check"),
    path("notes", notes_api.Notes.as_view(), name="api-notes"),
    path("note-files/<uuid:file_id>", files_api.NoteFile.as_view(), name="api-note-file"),
    path("notes/<uuid:note_id>/content", notes_api.NoteContent.as_view(), name="api-note-content"),
]
