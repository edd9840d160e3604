"""What cases and disputes have beside themselves: letters, packs, policies of the library, a link for the client."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clawguard.accounts.actors import Actor
from disputes import services as disputes
from tests.builders import NOW

POLICY = {"version": "2026", "notice_hours": 24}


def build(world: Any, rui: Actor) -> None:
    world.rows["adjustment"] = world.rows["decided case"].adjustments.get()
    closable = world.rows["closable case"]
    world.rows["letter"] = closable.messages.get(kind="decision")
    pack = disputes.ask_for_pack(world.actor("lead"), closable.pk, "network", NOW)
    world.rows["evidence pack"] = disputes.make_pack(pack.pk, NOW)
    said = disputes.Said(text="We agreed on the fee.")
    disputes.answer(world.actor("provider"), world.rows["answered dispute"].pk, said, NOW)
    kept = disputes.NewItem("policy", "Cancellation policy 2026", POLICY, dt.date(2026, 1, 1))
    world.rows["library item"] = disputes.keep_item(rui, kept, NOW)
    own = disputes.NewItem("policy", "My own policy", POLICY, dt.date(2026, 1, 1))
    world.rows["own library item"] = disputes.keep_item(world.actor("provider"), own, NOW)
    link, address = disputes.issue_client_link(rui, world.rows["open dispute"].pk, NOW)
    world.rows["client link"], world.client_token = link, address.rsplit("/", 1)[-1]
    _files(world)
    _wordings(world)


def _files(world: Any) -> None:
    """One file that Priya sent in a conversation, and one that she chose and did not send yet."""
    case, priya = world.rows["case in talk"], world.actor("provider")
    sent = disputes.attach_to_case(priya, case.pk, "log.txt", [b"The join log."], NOW)
    disputes.post_message(priya, case.pk, "Which log do you need?", NOW, question=True, chosen=[sent.pk])
    world.rows["case file"] = sent
    world.rows["case file not sent"] = disputes.attach_to_case(priya, case.pk, "other.txt", [b"Another log."], NOW)
    for name, number in (("locked case file", 1), ("case file to destroy", 2)):
        named = f"Psychotherapy notes\nPage {number}.".encode()
        world.rows[name] = disputes.attach_to_case(priya, case.pk, "locked.txt", [named], NOW)
    unwanted = world.rows["case file to destroy"].pk
    disputes.ask_file_destruction(world.actor("second lead"), unwanted, "It is another client's.", "", NOW)


def _wordings(world: Any) -> None:
    """Versions of three shipped wordings: a draft, one that waits for the other lead, one that is offered."""
    lead, second = world.actor("lead"), world.actor("second lead")
    written = (
        ("draft", "note_needed", lead),
        ("proposed", "code_question", second),
        ("offered", "place_question", second),
    )
    for state, name, author in written:
        row = disputes.edit_template(author, name, NOW)
        wording = disputes.Draft(row.title, row.used_when, row.parts, "Said more shortly.")
        disputes.save_template(author, row.pk, wording, NOW)
        world.rows[f"{state} wording"] = row
        if state != "draft":
            disputes.propose_template(author, row.pk, NOW)
    disputes.publish_template(lead, world.rows["offered wording"].pk, NOW)
