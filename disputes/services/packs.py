"""Evidence packs of cases: asked for by a lead or an auditor, made in the background, taken, and gone after a while."""

from __future__ import annotations

import datetime as dt
import hashlib
from uuid import UUID

from django.db import transaction

from clawguard import packing, sealing
from clawguard.accounts.actors import SYSTEM, Actor
from clawguard.events import chain
from clawguard.events.errors import Refused
from clawguard.events.services import publish
from disputes import pack_files, policies
from disputes.models import EvidencePack
from disputes.selectors.packs import get_pack
from disputes.services.locking import locked_case

KEPT = dt.timedelta(days=7)  # after it was made; it can be made again at any time
AUDIENCES = frozenset(name for name, _ in EvidencePack.AUDIENCES)


@transaction.atomic
def ask_for_pack(actor: Actor, case_id: UUID, audience: str, now: dt.datetime) -> EvidencePack:
    """Have a pack made. Asking again while one is being made gives that one. Raises Refused (422), NotAllowed."""
    case = locked_case(actor, case_id, policies.READ)
    policies.require_pack_reader(actor)
    if audience not in AUDIENCES:
        raise Refused("not_a_choice", "Choose whom the pack is for.", "/audience")
    waiting = EvidencePack.objects.filter(case=case, audience=audience, made_at__isnull=True).first()
    if waiting is not None:
        return waiting
    person = actor.person()
    pack = EvidencePack(case=case, audience=audience, asked_at=now, asked_by_id=person, asked_by_name=actor.name)
    pack.save(force_insert=True)
    publish("case.pack_asked", case, actor, now, {"pack": str(pack.pk), "audience": audience})
    return pack


@transaction.atomic
def make_pack(pack_id: UUID, now: dt.datetime) -> EvidencePack:
    """Collect, sign, seal. The pack and the mark that it is made are one row in one transaction: a worker that dies
    halfway leaves nothing, and one that runs again finds it made."""
    pack = EvidencePack.objects.select_for_update().get(pk=pack_id)
    if pack.made_at is not None:
        return pack
    chain.seal()
    found = pack_files.collect(pack, now)
    content = packing.build(found, packing.own_key())
    pack.made_at, pack.expires_at = now, now + KEPT
    pack.size, pack.files, pack.sha256 = len(content), len(found), hashlib.sha256(content).hexdigest()
    pack.sealed = sealing.seal(content, bound(pack))
    pack.save()
    facts = {"pack": str(pack.pk), "audience": pack.audience, "sha256": pack.sha256}
    publish("case.pack_made", pack.case, SYSTEM, now, facts)
    return pack


@transaction.atomic
def take_pack(actor: Actor, pack_id: UUID, door: str, now: dt.datetime) -> tuple[EvidencePack, bytes]:
    """The pack's bytes; that it was taken is written into the log first. Raises Refused where there are none."""
    pack = get_pack(actor, pack_id)
    if not pack.ready or pack.sealed is None:
        raise Refused(
            "pack_not_there", "This pack is not ready, or it has expired. It can be made again from the case."
        )
    publish("case.pack_taken", pack.case, actor, now, {"pack": str(pack.pk), "door": door, "sha256": pack.sha256})
    return pack, sealing.unseal(bytes(pack.sealed), bound(pack))


def expire_packs(now: dt.datetime) -> int:
    """Take the bytes of expired packs away. Returns how many."""
    over = EvidencePack.objects.filter(sealed__isnull=False, expires_at__lte=now)
    return over.update(sealed=None, expired_at=now)


def bound(pack: EvidencePack) -> bytes:
    return sealing.binding("evidence pack", pack.pk)
