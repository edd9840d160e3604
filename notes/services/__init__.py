"""All that can be done to notes and notes requests. Doors call these and nothing else."""

from notes.services.answering import Answer, Outcome, add_note, screen_again, submit_answer
from notes.services.being_away import begin_absences, enter_absence, undo_absence
from notes.services.bounces import mail_came_back, report_bounce
from notes.services.bulk import ask_about_many, get_batch, preview_many, undo_batch
from notes.services.calendars import discard_calendar, is_own, propose_calendar, propose_end, publish_calendar
from notes.services.delegating import (
    InvitationSpent,
    accept_invitation,
    end_delegation,
    invitation,
    invite_delegate,
    send_invitation,
    widen_delegation,
)
from notes.services.delivery import deliver, deliver_again, mark_viewed
from notes.services.destroying import agree_destruction, ask_destruction, destroy_file, erase, words_of_destruction
from notes.services.destroying_texts import agree_text_destruction, ask_text_destruction, destroy_text
from notes.services.drafting import (
    Looked,
    add_file,
    keep_apart,
    keep_file,
    look_at,
    look_for_request,
    look_for_session,
    remove_file,
    remove_orphans,
    save_draft,
    why_locked,
)
from notes.services.extending import ask_extension, decline_extension, grant_extension
from notes.services.handing import hand_over, take_back, tell_handed
from notes.services.judging import judge_element
from notes.services.note_forms import remember_form
from notes.services.opening import Asked, open_for_findings, open_request, withdraw
from notes.services.outages import record_outage
from notes.services.pausing import pause_clock, resume_clock
from notes.services.prechecking import check_file, check_text, session_to_check
from notes.services.reading_files import begin_reading, read_chosen, read_file_on
from notes.services.releasing import agree_release, ask_release
from notes.services.reminding import remind_due, send_reminder, tell_of_lapse
from notes.services.reviewing import accept_item, return_item
from notes.services.rotating import rotate
from notes.services.scanning import scan_waiting
from notes.services.sweeping import lapse_due, sweep
from notes.services.talking import ask_question, reply
from notes.services.tidying import tidy
from notes.services.understanding import read_again, read_beside_papers, read_on
from notes.services.uploading import begin_upload, cancel_upload, finish_upload, take_piece
from notes.services.watching import watch

__all__ = [
    "Answer",
    "Asked",
    "InvitationSpent",
    "Looked",
    "Outcome",
    "accept_invitation",
    "accept_item",
    "add_file",
    "add_note",
    "agree_destruction",
    "agree_release",
    "agree_text_destruction",
    "ask_about_many",
    "ask_destruction",
    "ask_extension",
    "ask_question",
    "ask_release",
    "ask_text_destruction",
    "begin_absences",
    "begin_reading",
    "begin_upload",
    "cancel_upload",
    "check_file",
    "check_text",
    "decline_extension",
    "deliver",
    "deliver_again",
    "destroy_file",
    "destroy_text",
    "discard_calendar",
    "end_delegation",
    "enter_absence",
    "erase",
    "finish_upload",
    "get_batch",
    "grant_extension",
    "hand_over",
    "invitation",
    "invite_delegate",
    "is_own",
    "judge_element",
    "keep_apart",
    "keep_file",
    "lapse_due",
    "look_at",
    "look_for_request",
    "look_for_session",
    "mail_came_back",
    "mark_viewed",
    "open_for_findings",
    "open_request",
    "pause_clock",
    "preview_many",
    "propose_calendar",
    "propose_end",
    "publish_calendar",
    "read_again",
    "read_beside_papers",
    "read_chosen",
    "read_file_on",
    "read_on",
    "record_outage",
    "remember_form",
    "remind_due",
    "remove_file",
    "remove_orphans",
    "reply",
    "report_bounce",
    "resume_clock",
    "return_item",
    "rotate",
    "save_draft",
    "scan_waiting",
    "screen_again",
    "send_invitation",
    "send_reminder",
    "session_to_check",
    "submit_answer",
    "sweep",
    "take_back",
    "take_piece",
    "tell_handed",
    "tell_of_lapse",
    "tidy",
    "undo_absence",
    "undo_batch",
    "watch",
    "why_locked",
    "widen_delegation",
    "withdraw",
    "words_of_destruction",
]
