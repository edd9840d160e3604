"""The exchange with the provider: the notice that starts their answer time, and every message after it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction

from clawguard.accounts.actors import SYSTEM, Actor, NotAllowed
from clawguard.domain.lifecycles import CaseState
from clawguard.domain.message_templates import left_open
from clawguard.events.errors import Refused
from clawguard.events.handling import NotYet
from clawguard.events.services import move, publish
from disputes import letters, policies
from disputes.models import Case, Message
from disputes.sealed import seal_words
from disputes.selectors.filled_templates import filled_for
from disputes.selectors.letters import digest_of
from disputes.selectors.templates import known_version
from disputes.services import appeal_times, attaching, clocks
from disputes.services.locking import locked_case
from disputes.services.mail import mail_provider, times_asked
from disputes.services.sweeping import lapse_before_answer
from notes.calendars import version_for
from notes.clock import AcceptedAt, delivered_at, working_moment

LONGEST = 10_000  # characters


class Begun(NamedTuple):
    """The wording a message began with: its name, and which version of it."""

    template: str
    version: str


def open_conversation_by_day(case_id: UUID, now: dt.datetime, accepted_at: AcceptedAt | None = None) -> None:
    """``open_conversation`` in the provider's working hours. Raises NotYet outside them: cases open when answer times
    lapse, which is at midnight, and nobody wants such a mail then. Not after its mail came back: staff look first."""
    case = Case.objects.select_related("provider").get(pk=case_id)
    if times_asked("case_notice", case) > 1:
        return
    begins = working_moment(now, case.provider.time_zone)
    if begins > now:
        raise NotYet(begins)
    open_conversation(case_id, now, accepted_at)


@transaction.atomic
def open_conversation(case_id: UUID, now: dt.datetime, accepted_at: AcceptedAt | None = None) -> None:
    """Post the notice and tell the provider by mail. The answer time starts when the mail was accepted, which
    ``accepted_at`` tells afterwards; without it, at ``now``.

    Without an address, or when the address is refused, no clock starts and staff owe the next step. Safe to run again:
    there is one notice per case, and its mail has a stable Message-ID. Other mail faults are raised and tried again.
    """
    case = locked_case(SYSTEM, case_id)
    if case.status != CaseState.OPEN or case.notice_delivered_at is not None:
        return
    due, occasion = clocks.answer_time(case.provider, now), times_asked("case_notice", case)
    if not mail_provider("case_notice", case.provider, case, f"/my/cases/{case.pk}", occasion, now, due.lapses_at):
        _undeliverable(case, now)
        return
    delivered = delivered_at(now, accepted_at)
    due = clocks.answer_time(case.provider, delivered)
    decide_by = clocks.decide_by(case.provider, due.lapses_at)
    move(
        case,
        CaseState.IN_CONVERSATION,
        SYSTEM,
        delivered,
        payload={"due_at": due.lapses_at.isoformat()},
        notice_delivered_at=delivered,
        notice_undeliverable_at=None,
        answer_due_at=due.lapses_at,
        deadline=due.as_dict(),
        calendar=version_for(case.provider, delivered),
        decide_by=decide_by,
        breach_at=due.lapses_at,
        updated_at=delivered,
    )
    send_letter(case, "notice", letters.notice(case, due), delivered, delivered_at=delivered)


def _undeliverable(case: Case, now: dt.datetime) -> None:
    if case.notice_undeliverable_at is None:
        case.notice_undeliverable_at = case.updated_at = now
        case.save(update_fields=["notice_undeliverable_at", "updated_at"])
        publish("case.notice_undeliverable", case, SYSTEM, now)


@transaction.atomic
def retry_notice(actor: Actor, case_id: UUID, now: dt.datetime, accepted_at: AcceptedAt | None = None) -> Case:
    """Send the notice again after the provider's address was put right; ``accepted_at`` as in ``open_conversation``."""
    policies.require_worker(actor)
    case = locked_case(actor, case_id)
    open_conversation(case.pk, now, accepted_at)
    case.refresh_from_db()
    if case.notice_delivered_at is None:
        raise Refused(
            "still_undeliverable", "The notice still cannot be delivered. Check the provider's e-mail address."
        )
    return case


@transaction.atomic
def post_message(
    actor: Actor,
    case_id: UUID,
    words: str,
    now: dt.datetime,
    *,
    internal: bool = False,
    question: bool = False,
    begun: Begun | None = None,
    chosen: Collection[UUID] | None = (),
) -> Message:
    """Add to the thread. The provider's first message after the notice is their answer, late or not, unless it asks.

    An answer is in time when it was received before the answer time was over, whatever a sweep did meanwhile.
    ``begun``: the wording that staff began with; kept beside the message. ``chosen``: files that go with it, by id;
    None for all that the actor chose for it.
    """
    case = locked_case(actor, case_id)
    words = readable(words, "/text")
    if actor.is_provider:
        message = _from_provider(actor, case, words, question, now)
        attaching.send_with(actor, case, message, chosen, now)
        return message
    policies.require_worker(actor, policies.WRITE)
    if internal and actor.kind != "user":
        raise NotAllowed
    if not internal and case.status not in policies.IN_TALK:
        raise Refused("no_conversation", "The conversation opens with the notice. Add an internal note instead.")
    marks = {} if internal else _wording_marks(case, words, begun)
    message = store_message(case, actor, "message", words, now, internal=internal, **marks)
    attaching.send_with(actor, case, message, chosen, now)
    _told(case, message, actor, now)
    return message


@transaction.atomic
def post_as_system(case_id: UUID, words: str, now: dt.datetime, *, internal: bool) -> None:
    """What the system itself has to say in a conversation, told like any other message."""
    case = locked_case(SYSTEM, case_id)
    message = store_message(case, SYSTEM, "message", words, now, internal=internal)
    _told(case, message, SYSTEM, now)


def _wording_marks(case: Case, words: str, begun: Begun | None) -> dict[str, Any]:
    """Which wording the message began with. Raises Refused while a placeholder in it is still open."""
    still = left_open(words)
    if still:
        named = ", ".join(still)
        raise Refused("left_open", f"Fill in or take out what this case does not know yet: {named}.", "/text")
    if begun is None:
        return {}
    wording = known_version(*begun)
    if wording is None or wording.is_letter:
        raise Refused("unknown_template", "Choose one of the wordings that are offered.", "/template")
    reworded = filled_for(case, wording).text != words
    return {"template": begun.template, "template_version": begun.version, "reworded": reworded}


@transaction.atomic
def mark_read(actor: Actor, case_id: UUID, now: dt.datetime) -> int:
    """Note that the provider opened what was written to them. Marks each message once; returns how many.

    A decision whose mail came back reached them just now, and so their time to appeal begins with it.
    """
    if not actor.is_provider:
        raise NotAllowed
    case = locked_case(actor, case_id)
    unread = Message.objects.filter(case=case, internal=False, from_provider=False, read_at__isnull=True)
    appeal_times.letter_was_opened(case, actor, now)
    return unread.filter(came_back_at=None).update(read_at=now)


def readable(words: str, pointer: str, longest: int = LONGEST) -> str:
    """The words as people sent them, trimmed. Raises Refused when there are none or too many."""
    words = words.replace("\r\n", "\n").strip()
    if not words or "\0" in words:
        raise Refused("empty", "Write something first.", pointer)
    if len(words) > longest:
        raise Refused("too_long", f"This has at most {longest:,} characters.", pointer)
    return words


def _from_provider(actor: Actor, case: Case, words: str, question: bool, now: dt.datetime) -> Message:
    if case.status not in policies.IN_TALK:
        raise Refused("conversation_over", "This case is decided. You can appeal the decision instead.")
    first = case.answered_at is None and not question
    due = case.answer_excused_until or case.answer_due_at
    late = first and due is not None and now >= due
    message = store_message(case, actor, "answer" if first else "message", words, now, from_provider=True, late=late)
    if late:
        lapse_before_answer(case, now)
    if first:
        _answered(case, actor, late, now)
    _told(case, message, actor, now)
    return message


def _answered(case: Case, actor: Actor, late: bool, now: dt.datetime) -> None:
    decide_by = clocks.decide_by(case.provider, now)
    marks: dict[str, Any] = {"answered_at": now, "answer_late": late, "updated_at": now}
    if case.status in policies.ANSWERABLE:
        marks |= {"decide_by": decide_by, "breach_at": decide_by}
        move(case, CaseState.ANSWERED, actor, now, payload={"late": late}, **marks)
    else:  # it came while a second person looks: kept, marked, and weighed before anybody may approve
        Case.objects.filter(pk=case.pk).update(**marks)
        publish("case.answered_during_second_look", case, actor, now, {"late": late})


def _told(case: Case, message: Message, actor: Actor, now: dt.datetime) -> None:
    Case.objects.filter(pk=case.pk).update(updated_at=now)
    facts = {"message": str(message.pk), "internal": message.internal, "from_provider": message.from_provider}
    publish("case.message_posted", case, actor, now, facts)


def store_message(case: Case, actor: Actor, kind: str, words: str, now: dt.datetime, **marks: Any) -> Message:
    """Seal one entry of the thread; who may write it was checked before."""
    message = Message(
        case=case,
        kind=kind,
        at=now,
        author_kind=actor.kind,
        author_id=actor.id,
        author_name=actor.name,
        **marks,
    )
    message.body = seal_words("case message", message.pk, words)
    message.save(force_insert=True)
    return message


def send_letter(case: Case, kind: str, letter: letters.Written, now: dt.datetime, **marks: Any) -> Message:
    """Put a letter into the thread. Its digest goes into the audit log, so that a copy can be held against it."""
    marks |= {"template": letter.template, "template_version": letter.version}
    message = store_message(case, SYSTEM, kind, letter.words, now, **marks)
    publish("case.letter_written", case, SYSTEM, now, {"message": str(message.pk), "sha256": digest_of(letter.words)})
    return message
