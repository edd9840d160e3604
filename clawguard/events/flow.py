"""The map of the whole product: which task hears of which event. ``docs/flow.md`` is printed from this table.

Each task is a handler ``(event, now)`` that may be run any number of times; what it does is done once.
"""

from __future__ import annotations

from typing import NamedTuple


class Hop(NamedTuple):
    task: str
    queue: str


FLOW: dict[str, tuple[Hop, ...]] = {
    "entry.asked": (Hop("clawguard.events.tasks.mail_way_in", "mail"),),
    "import.received": (Hop("sessions.tasks.read_import", "files"),),
    "import.reading": (Hop("sessions.tasks.read_import", "files"),),
    "import.cut": (Hop("sessions.tasks.read_import_slice", "files"),),
    "import.started": (Hop("sessions.tasks.run_import", "files"),),
    "import.continued": (Hop("sessions.tasks.run_import", "files"),),
    "table.received": (Hop("sessions.tasks.read_table", "files"),),
    "table.reading": (Hop("sessions.tasks.read_table", "files"),),
    "table.resumed": (Hop("sessions.tasks.read_table", "files"),),
    "table.loaded": (Hop("sessions.tasks.compare_table", "files"),),
    "table.activated": (Hop("sessions.tasks.compare_table", "files"),),
    "session.submitted": (Hop("sessions.tasks.screen", "screening"),),
    "sessions.imported": (Hop("sessions.tasks.screen", "screening"),),
    "session.corrected": (
        Hop("sessions.tasks.screen", "screening"),
        Hop("notes.tasks.read_again", "reading"),
    ),
    "sessions.restated": (Hop("sessions.tasks.screen", "screening"),),
    "papers.stated": (Hop("notes.tasks.read_beside_papers", "reading"),),
    "session.screened": (
        Hop("notes.tasks.request_if_needed", "sequel"),
        Hop("disputes.tasks.open_for_findings", "sequel"),
    ),
    "session.rescreened": (Hop("disputes.tasks.weigh_rescreened", "deadlines"),),
    "rescreening.started": (Hop("sessions.tasks.rescreen", "files"),),
    "rescreening.continued": (Hop("sessions.tasks.rescreen", "files"),),
    "backtest.started": (Hop("sessions.tasks.run_backtest", "files"),),
    "backtest.continued": (Hop("sessions.tasks.run_backtest", "files"),),
    "policy.published": (Hop("sessions.tasks.follow_policy", "sequel"),),
    "finding.confirmed": (Hop("disputes.tasks.open_for_confirmed", "deadlines"),),
    "finding.dismissed": (Hop("disputes.tasks.weigh_finding", "deadlines"),),
    "finding.restored": (
        Hop("sessions.tasks.look_again", "screening"),
        Hop("disputes.tasks.weigh_finding", "deadlines"),
    ),
    "notes.requested": (Hop("notes.tasks.deliver", "mail"),),
    "notes.delivered": (Hop("disputes.tasks.weigh_answer", "deadlines"),),
    "notes.undeliverable": (Hop("disputes.tasks.weigh_answer", "deadlines"),),
    "notes.received": (
        Hop("notes.tasks.read", "reading"),
        Hop("disputes.tasks.weigh_answer", "deadlines"),
    ),
    "notes.item_accepted": (Hop("disputes.tasks.weigh_answer", "deadlines"),),
    "notes.added": (Hop("notes.tasks.read", "reading"),),
    "note.reading_continued": (Hop("notes.tasks.read", "reading"),),
    "notes.destruction_agreed": (Hop("notes.tasks.destroy_file", "files"),),
    "notes.text_destruction_agreed": (Hop("notes.tasks.destroy_text", "files"),),
    "case.destruction_agreed": (Hop("disputes.tasks.destroy_file", "files"),),
    "dispute.destruction_agreed": (Hop("disputes.tasks.destroy_file", "files"),),
    "notes.file_stored": (Hop("notes.tasks.read_chosen", "reading"),),
    "notes.file_sent": (Hop("notes.tasks.read_file", "reading"),),
    "notes.file_quarantined": (Hop("notes.tasks.tell_quarantined", "mail"),),
    "notes.file_reading_continued": (Hop("notes.tasks.read_file", "reading"),),
    "note.examined": (Hop("notes.tasks.audit", "screening"),),
    "notes.lapsed": (
        Hop("disputes.tasks.open_for_lapse", "deadlines"),
        Hop("notes.tasks.tell_lapsed", "mail"),
    ),
    "notes.extended": (
        Hop("notes.tasks.tell_extended", "mail"),
        Hop("disputes.tasks.weigh_answer", "deadlines"),
    ),
    "notes.extension_declined": (Hop("notes.tasks.tell_replied", "mail"),),
    "notes.paused": (
        Hop("notes.tasks.tell_paused", "mail"),
        Hop("disputes.tasks.weigh_answer", "deadlines"),
    ),
    "notes.resumed": (
        Hop("notes.tasks.tell_resumed", "mail"),
        Hop("disputes.tasks.weigh_answer", "deadlines"),
    ),
    "notes.outage_counted": (Hop("disputes.tasks.weigh_answer", "deadlines"),),
    "notes.outage_told": (Hop("notes.tasks.tell_outage", "mail"),),
    "notes.lapse_excused": (
        Hop("disputes.tasks.weigh_answer", "deadlines"),
        Hop("disputes.tasks.weigh_answer_when_over", "deadlines"),
    ),
    "notes.withdrawn": (
        Hop("notes.tasks.tell_withdrawn", "mail"),
        Hop("disputes.tasks.weigh_answer", "deadlines"),
    ),
    "notes.replied": (Hop("notes.tasks.tell_replied", "mail"),),
    "notes.reminder_due": (Hop("notes.tasks.send_reminder", "mail"),),
    "notes.handed_over": (Hop("notes.tasks.tell_handed", "mail"),),
    "absence.begun": (Hop("notes.tasks.tell_handed", "mail"),),
    "delegate.invited": (Hop("notes.tasks.invite", "mail"),),
    "remittance.received": (Hop("disputes.tasks.read_remittances", "files"),),
    "remittance.reading": (Hop("disputes.tasks.read_remittances", "files"),),
    "remittance.imported": (Hop("disputes.tasks.open_for_takebacks", "deadlines"),),
    "remittance.balance_accepted": (Hop("disputes.tasks.open_for_takebacks", "deadlines"),),
    "remittance.claim_matched": (Hop("disputes.tasks.open_for_claim", "deadlines"),),
    "remittance.takeback_divided": (Hop("disputes.tasks.open_for_division", "deadlines"),),
    "mail.bounced": (
        Hop("notes.tasks.mail_came_back", "deadlines"),
        Hop("disputes.tasks.mail_came_back", "deadlines"),
    ),
    "notes.bounced": (Hop("disputes.tasks.weigh_answer", "deadlines"),),
    "outage.recorded": (Hop("disputes.tasks.count_outage", "deadlines"),),
    "dispute.outage_counted": (
        Hop("disputes.tasks.tell_outage", "mail"),
        Hop("disputes.tasks.weigh_dispute", "deadlines"),
        Hop("disputes.tasks.weigh_dispute_when_over", "deadlines"),
    ),
    "case.outage_counted": (Hop("disputes.tasks.tell_outage", "mail"),),
    "case.appeal_outage_counted": (Hop("disputes.tasks.tell_outage", "mail"),),
    "dispute.handed_over": (Hop("disputes.tasks.tell_handed", "mail"),),
    "dispute.opened": (Hop("disputes.tasks.deliver_dispute", "mail"),),
    "dispute.delivered": (Hop("disputes.tasks.weigh_dispute", "deadlines"),),
    "dispute.undeliverable": (Hop("disputes.tasks.weigh_dispute", "deadlines"),),
    "dispute.withdrawn": (
        Hop("disputes.tasks.tell_dispute_withdrawn", "mail"),
        Hop("disputes.tasks.weigh_dispute", "deadlines"),
    ),
    "dispute.conceded": (Hop("disputes.tasks.weigh_dispute", "deadlines"),),
    "dispute.lapsed": (Hop("disputes.tasks.open_for_dispute", "deadlines"),),
    "dispute.answered": (Hop("disputes.tasks.open_for_dispute", "deadlines"),),
    "dispute.decided": (Hop("disputes.tasks.tell_dispute", "mail"),),
    "case.opened": (Hop("disputes.tasks.attribute", "deadlines"),),
    "case.date_passed": (Hop("disputes.tasks.attribute", "deadlines"),),
    "case.fact_added": (Hop("disputes.tasks.attribute", "deadlines"),),
    "case.fact_withdrawn": (Hop("disputes.tasks.attribute", "deadlines"),),
    "case.attributed": (Hop("disputes.tasks.open_conversation", "deadlines"),),
    "case.message_posted": (Hop("disputes.tasks.notify", "mail"),),
    "case.decided": (
        Hop("disputes.tasks.tell_decision", "mail"),
        Hop("disputes.tasks.overturn_findings", "deadlines"),
    ),
    "case.appealed": (Hop("disputes.tasks.tell_appeal", "mail"),),
    "case.pack_asked": (Hop("disputes.tasks.make_pack", "files"),),
    "case.closed": (Hop("disputes.tasks.tell_closed", "mail"),),
}


def as_markdown() -> str:
    """The table of ``docs/flow.md``."""
    rows = ["| event | tasks that hear of it | queue |", "| --- | --- | --- |"]
    for name, hops in FLOW.items():
        tasks = "<br>".join(f"`{hop.task}`" for hop in hops)
        queues = "<br>".join(hop.queue for hop in hops)
        rows.append(f"| `{name}` | {tasks} | {queues} |")
    return "\n".join(rows) + "\n"
