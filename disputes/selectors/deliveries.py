"""Background work that was given up, in plain words. Ids, task and place of the fault only: no content."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Count, Min
from django.urls import reverse

from clawguard.accounts.actors import Actor
from clawguard.events.mailing import MAIL_AWAY
from clawguard.events.models import Delivery
from clawguard.webhooks import selectors as webhooks
from clawguard.webhooks.words import of_endpoint
from disputes import policies

MOST = 200
WORDS = {
    "sessions.tasks.read_table": "A code table could not be read through",
    "sessions.tasks.compare_table": "What changes by a code table could not be worked out",
    "sessions.tasks.read_import": "An uploaded file could not be read through",
    "sessions.tasks.read_import_slice": "A part of an uploaded file could not be read through",
    "sessions.tasks.follow_policy": "What follows from a published policy could not be worked out",
    "sessions.tasks.run_import": "An import stopped",
    "sessions.tasks.screen": "Sessions could not be screened",
    "sessions.tasks.run_backtest": "A backtest stopped",
    "sessions.tasks.rescreen": "Sessions could not be screened again",
    "notes.tasks.request_if_needed": "Documents could not be asked for",
    "notes.tasks.deliver": "A request for documents could not be delivered",
    "notes.tasks.read": "A note could not be read; a person should look at it",
    "notes.tasks.read_chosen": "A file chosen for an answer could not be read before it was sent",
    "notes.tasks.read_file": "A file of a conversation or a dispute could not be read; a person should look at it",
    "notes.tasks.read_beside_papers": "Notes could not be read beside a consent, interpreter or program stated since",
    "notes.tasks.read_again": "A note could not be read again after a correction",
    "notes.tasks.audit": "A note could not be checked",
    "notes.tasks.tell_lapsed": "A provider could not be told that an answer time ended",
    "notes.tasks.tell_extended": "A provider could not be told that there is more time",
    "notes.tasks.tell_paused": "A provider could not be told that a clock is paused",
    "notes.tasks.tell_resumed": "A provider could not be told that a clock runs again",
    "notes.tasks.tell_outage": "A provider could not be told of the time an outage gave back",
    "notes.tasks.destroy_file": "A file that two leads agreed to destroy still stands, locked away",
    "notes.tasks.destroy_text": "A text that two leads agreed to destroy still stands, locked away",
    "disputes.tasks.destroy_file": "A file that two leads agreed to destroy still stands, locked away",
    "notes.tasks.mail_came_back": "A mail about a request came back, and its clock could not be taken back",
    "disputes.tasks.tell_handed": "A delegate could not be told of a dispute that was handed over",
    "disputes.tasks.mail_came_back": "A mail about a case or dispute came back, and its clock could not be taken back",
    "disputes.tasks.count_outage": "An outage could not be counted for the answer times of cases and disputes",
    "disputes.tasks.tell_outage": "A provider could not be told of the time an outage gave back",
    "notes.tasks.tell_quarantined": "It could not be told that a file was locked away",
    "notes.tasks.tell_withdrawn": "A provider could not be told that a request was withdrawn",
    "notes.tasks.tell_replied": "A provider could not be told that a question was answered",
    "clawguard.events.tasks.mail_way_in": "A link or a code to sign in could not be mailed",
    "notes.tasks.invite": "An invitation could not be mailed",
    "notes.tasks.tell_handed": "A delegate could not be told what was handed over",
    "notes.tasks.send_reminder": "A reminder could not be sent",
    "disputes.tasks.open_for_findings": "Cases could not be opened for findings",
    "sessions.tasks.look_again": "A session could not be screened after a finding was taken up again",
    "disputes.tasks.weigh_finding": "A case could not be weighed after a finding was judged",
    "disputes.tasks.make_pack": "An evidence pack could not be made",
    "disputes.tasks.overturn_findings": "Findings could not be overturned after an appeal",
    "disputes.tasks.weigh_rescreened": "What a new screening means for cases could not be weighed",
    "disputes.tasks.open_for_confirmed": "A case could not be opened for a confirmed finding",
    "disputes.tasks.open_for_lapse": "A case could not be opened for a request without answer",
    "disputes.tasks.open_for_dispute": "A case could not be opened for a dispute",
    "disputes.tasks.weigh_answer": "A case could not be weighed after its notes request changed",
    "disputes.tasks.weigh_dispute": "A case could not be weighed after its dispute changed",
    "disputes.tasks.weigh_answer_when_over": "A case could not be weighed after the time that an outage gave back",
    "disputes.tasks.weigh_dispute_when_over": "A case could not be weighed after the time that an outage gave back",
    "disputes.tasks.read_remittances": "A remittance file could not be read through",
    "disputes.tasks.open_for_takebacks": "Cases could not be opened for takebacks",
    "disputes.tasks.open_for_claim": "A claim that found its session could not be weighed",
    "disputes.tasks.open_for_division": "A takeback that was divided could not be weighed",
    "disputes.tasks.attribute": "The facts of a case could not be weighed",
    "disputes.tasks.open_conversation": "A notice could not be sent",
    "disputes.tasks.deliver_dispute": "A dispute could not be delivered",
    "disputes.tasks.tell_dispute": "The end of a dispute could not be announced",
    "disputes.tasks.tell_dispute_withdrawn": "A provider could not be told that a dispute was withdrawn",
    "disputes.tasks.notify": "A new message could not be announced",
    "disputes.tasks.tell_decision": "A decision letter could not be sent",
    "disputes.tasks.tell_appeal": "An appeal could not be announced",
    "disputes.tasks.tell_closed": "The end of a case could not be announced",
}

# What the work was about: our noun for it, and its page for whoever may open it.
SUBJECTS = {
    "therapy_sessions.therapysession": ("Session", "session-page"),
    "therapy_sessions.importbatch": ("Import", "import-page"),
    "therapy_sessions.rescreening": ("Sessions screened again", "rescreening"),
    "therapy_sessions.backtest": ("Backtest", "backtest"),
    "notes.notesrequest": ("Notes request", "request-page"),
    "disputes.case": ("Case", "case"),
    "disputes.dispute": ("Dispute", "dispute"),
    "disputes.remittance": ("Remittance", "remittance"),
    "disputes.remittanceclaim": ("Claim of a remittance", "remittance-claim"),
    "disputes.accountmatch": ("Takeback", "remittance-takeback"),
    "events.sentmail": ("Mail", ""),
}


def parked(actor: Actor) -> list[dict[str, Any]]:
    """What waits for a person to try it again, the oldest first."""
    policies.require_operator(actor)
    rows = Delivery.objects.filter(parked_at__isnull=False).select_related("event").order_by("parked_at")[:MOST]
    return [_row(row) for row in rows]


def waiting_for_mail(actor: Actor) -> dict[str, Any]:
    """How much waits because the mail server is away, and since when the oldest of it: ``count``, ``since``."""
    policies.require_operator(actor)
    rows = Delivery.objects.filter(last_error=MAIL_AWAY, done_at=None, parked_at=None)
    return rows.aggregate(count=Count("pk"), since=Min("event__at"))


def paused_webhooks(actor: Actor) -> list[dict[str, Any]]:
    """Endpoints of other systems that were paused by themselves: an administrator mends and resumes them."""
    policies.require_operator(actor)
    rows = webhooks.paused_by_themselves()[:MOST]
    return [{"id": row.pk, "name": row.name, "words": of_endpoint(row), "since": row.updated_at} for row in rows]


def _noun(label: str) -> str:
    """What the model calls itself; the log may name one that is gone by now."""
    try:
        noun = str(apps.get_model(label)._meta.verbose_name)
    except LookupError:
        noun = label.rpartition(".")[2]
    return noun[:1].upper() + noun[1:]


def _row(row: Delivery) -> dict[str, Any]:
    label = row.event.subject_type
    name, page = SUBJECTS.get(label) or (_noun(label), "")
    return {
        "id": row.pk,
        "words": WORDS.get(row.task, f"A background task could not be done ({row.task})"),
        "subject": name,
        "subject_id": row.event.subject_id,
        "page": page and reverse(page, args=[row.event.subject_id]),
        "happened_at": row.event.at,
        "parked_at": row.parked_at,
        "attempts": row.attempts,
        "said": row.last_error,
    }
