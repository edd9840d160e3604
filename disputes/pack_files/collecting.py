"""The files of one pack, in the order in which they are read."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string

from clawguard import packing
from clawguard.accounts.actors import Actor
from clawguard.accounts.models import Role
from disputes.models import Case, EvidencePack
from disputes.pack_files import case_file, log_files, sent_files
from disputes.selectors.letters import letters_of
from disputes.selectors.thread import thread

ONLY_HERE = ("mine", "pdf", "role", "files")  # of a message: what a page needs to draw it


def collect(pack: EvidencePack, now: dt.datetime) -> dict[str, bytes]:
    """Name and content of each file as of ``now``. A pack for the provider holds what the provider may see, no more."""
    rows = Case.objects.select_related("provider", "session__payer", "dispute")
    case, reader, whole = rows.get(pk=pack.case_id), _reader(pack), pack.audience == "network"
    sent, listed = sent_files.collect(case, whole)
    found = {
        "README.txt": _readme(pack, case, now),
        "case.json": as_json(case_file.about(case, pack, whole, now)),
        **_letters(case),
        "messages.json": as_json([_message(entry) for entry in thread(reader, case)]),
        "files.json": as_json(listed),
        **sent,
        "timeline-provider.json": as_json(log_files.timeline(_provider(case), case)),
    }
    if whole:
        found["timeline-staff.json"] = as_json(log_files.timeline(reader, case))
        found["access-log.json"] = as_json(log_files.accesses(case))
    return found | {"audit-chain.json": as_json(log_files.links(case, whole))}


def as_json(value: Any) -> bytes:
    """Sorted and indented, so that people can read it and the same facts give the same bytes."""
    return (json.dumps(value, cls=DjangoJSONEncoder, sort_keys=True, indent=2, ensure_ascii=False) + "\n").encode()


def _reader(pack: EvidencePack) -> Actor:
    """Somebody with the eyes of the audience."""
    return Actor(kind="user", role=Role.AUDITOR) if pack.audience == "network" else _provider(pack.case)


def _provider(case: Case) -> Actor:
    return Actor(kind="user", role=Role.PROVIDER, provider_id=case.provider_id)


def _letters(case: Case) -> dict[str, bytes]:
    from disputes import letter_paper  # what draws paper is large, and every process that starts would load it

    return {
        f"letters/{number:02}-{letter.row.kind}.pdf": letter_paper.as_pdf(letter)
        for number, letter in enumerate(letters_of(case), 1)
    }


def _message(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name not in ONLY_HERE}


def _readme(pack: EvidencePack, case: Case, now: dt.datetime) -> bytes:
    about = {
        "pack": pack,
        "case": case,
        "now": now,
        "network": settings.NETWORK_NAME,
        "fingerprint": packing.fingerprint(packing.own_key().public_key()),
    }
    return render_to_string("disputes/pack_readme.txt", about).encode()
