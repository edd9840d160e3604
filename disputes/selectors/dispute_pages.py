"""What the pages of one dispute show, for staff and for its provider, in a fixed number of statements."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse

from clawguard.accounts import delegates
from clawguard.accounts.actors import Actor
from clawguard.domain.disputes import Answer, answers_for, outcomes_after
from disputes import evidence_input, evidence_words, policies, wording
from disputes.models import ClientLink, Dispute, LibraryItem
from disputes.selectors.disputes import dispute_clock, draft_of, words_of
from disputes.selectors.evidence import (
    completeness_of,
    fee_beyond,
    notice_of,
    offered_items,
    pieces_of,
    policy_in_force,
    reason_of,
)
from disputes.selectors.files import chosen_in_dispute, well_rows
from disputes.selectors.locked import locked_in_dispute
from notes.wording import upload_words

USUAL = {"cancellation_fee": ("policy", "policy_acceptance", "cancellation"), "billing": ("bill", "session_record")}


def _common(actor: Actor, dispute: Dispute, now: dt.datetime) -> dict[str, Any]:
    pieces, reason = pieces_of(dispute), reason_of(dispute)
    zone, complete = dispute.provider.time_zone, completeness_of(dispute, pieces)
    over, given_up = dispute.status in policies.DISPUTE_OVER, "upheld" not in outcomes_after(dispute.answer)
    return {
        "dispute": dispute,
        "title": wording.dispute_title(dispute),
        "words": words_of(dispute),
        "state": wording.dispute_state(dispute, now, provider=actor.answers),
        "actions": policies.dispute_actions(actor, dispute),
        "clock": dispute_clock(dispute, now),
        "reason": reason,
        "pieces": [evidence_words.shown(piece) for piece in pieces],
        "given_up": given_up,
        "meter": None if over or given_up else evidence_words.meter(complete, reason),
        "missing": complete.missing if complete is not None else (),
        "notice": evidence_words.notice(notice_of(dispute, pieces)),
        "now": now,
        "zone": zone,
        "raw_pieces": pieces,
    }


def staff_page(actor: Actor, dispute: Dispute, now: dt.datetime) -> dict[str, Any]:
    """Both sides' timelines beside each other, all evidence, the policy in force on the day, and what can be added."""
    page = _common(actor, dispute, now)
    zone, held = page["zone"], policy_in_force(dispute)
    may_add, left = "evidence" in page["actions"], outcomes_after(dispute.answer)
    links = ClientLink.objects.filter(dispute=dispute).order_by("-created_at") if may_add else []
    return page | {
        "status_words": wording.DISPUTE_WORDS[dispute.status],
        "sides": evidence_words.sides(dispute, page["raw_pieces"]),
        "policy": None if held is None else _policy(dispute, *held),
        "locked_away": locked_in_dispute(actor, dispute),
        "outcomes": [row for row in Dispute.OUTCOMES if row[0] in left],
        "reasons": evidence_words.reason_choices(dispute.kind, dispute.opened_at.date()),
        "items": offered_items(dispute) if may_add else [],
        "fieldsets": evidence_input.fieldsets(asked_for(dispute), {}, zone, page["missing"]) if may_add else [],
        **upload_words(),
        "link": next((row for row in links if row.revoked_at is None), None),
    }


def _policy(dispute: Dispute, item: LibraryItem, value: dict[str, Any]) -> dict[str, Any]:
    lines = evidence_words.policy_lines(value, dispute.provider.time_zone)
    return {"item": item, "lines": lines, "beyond": fee_beyond(dispute, value)}


def provider_page(
    actor: Actor, dispute: Dispute, now: dt.datetime, typed: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The answer as it stands: what was typed just now, else the draft."""
    page = _common(actor, dispute, now)
    said = typed if typed is not None else draft_of(dispute)
    kinds = asked_for(dispute)
    offered = [row for row in answers_for(dispute.kind) if actor.is_provider or row.answer is Answer.CONTEST]
    chosen = next((choice for choice in offered if choice.answer == said["answer"]), None)
    sets = evidence_input.fieldsets(kinds, said["evidence"], page["zone"], _needed(page))
    if "response" in page["actions"]:
        _with_files(actor, dispute, sets)
    return page | {
        "said": said,
        "answers": offered,  # giving a fee up is about money: for the provider in person
        "whom": str(dispute.provider) if actor.is_delegate else "",
        "handed": list(delegates.handed(dispute.pk)) if actor.is_provider else [],
        "delegates": list(delegates.standing(dispute.provider_id)) if "hand_over" in page["actions"] else [],
        "chosen": chosen,
        "fieldsets": sets,
        **upload_words(),
    }


def _with_files(actor: Actor, dispute: Dispute, sets: list[dict[str, Any]]) -> None:
    """Each kind's well, and what was chosen for it already."""
    chosen = chosen_in_dispute(actor, dispute)
    for shown in sets:
        shown["files"] = well_rows(row for row in chosen if row.kind == shown["id"])
        shown["filled"] = shown["filled"] or bool(shown["files"])
        shown["upload_url"] = reverse("my-dispute-file-add", args=[dispute.pk, shown["id"]])
        shown["well_id"] = f"file-{shown['id']}".replace("_", "-")


def asked_for(dispute: Dispute) -> tuple[str, ...]:
    """Kinds of evidence that forms offer: what the reason asks for; the usual ones while no reason is stated."""
    reason = reason_of(dispute)
    return reason.asks if reason is not None else USUAL[dispute.kind]


def _needed(page: dict[str, Any]) -> tuple[str, ...]:
    return page["reason"].needed if page["reason"] is not None else ()
