"""Which sessions claims are about: what people said before, then numbers, then likeness. Set-wise, however many claims.

A number settles it only where the session's day is among the claim's days; numbers are used again by some systems.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from clawguard.accounts.actors import SYSTEM
from clawguard.domain.claim_matching import Candidate, choose, covers
from clawguard.events.services import publish_many
from disputes.models import ClaimMatch, LineMatch, RemittanceClaim, RemittanceLine
from disputes.services.remittances import lookups, remembering
from disputes.services.remittances.lookups import BY_CLIENT, BY_PROVIDER, Alike
from disputes.services.remittances.seeking import Found, Line, Sought, seek

# A session may be submitted after its payment: what waits is tried again, every hour while it is fresh, then daily.
AGAIN, FRESH, DAILY = dt.timedelta(hours=1), dt.timedelta(days=2), dt.timedelta(days=1)
AT_ONCE = 500
LONGEST = dt.timedelta(days=31)  # of a claim's days that are compared
OTHERS = "-"  # in place of a client or a provider that is not the claim's


@transaction.atomic
def match_waiting(now: dt.datetime) -> int:
    """Try again what waits, for sessions come after their payment at times. Returns how many found theirs."""
    due = Q(claim__remittance__created_at__gte=now - FRESH) | Q(tried_at__lt=now - DAILY)
    waiting = ClaimMatch.objects.filter(due, how="", tried_at__lt=now - AGAIN)
    locked = waiting.select_for_update(of=("self",), skip_locked=True).order_by("tried_at")[:AT_ONCE]
    by_payer: dict[str, list[RemittanceClaim]] = defaultdict(list)
    for match in locked.select_related("claim__remittance"):
        by_payer[match.claim.remittance.payer_code].append(match.claim)
    claims = {str(claim.pk): claim for some in by_payer.values() for claim in some}
    lines = RemittanceLine.objects.filter(claim__in=list(claims.values())).order_by("number")
    tried = [each for payer, some in by_payer.items() for each in find(of_rows(some, lines), payer, now)]
    fields = ["session", "provider", "how", "score", "candidates", "tried_at", "at", "by_name"]
    ClaimMatch.objects.bulk_update([each.match(now) for each in tried], fields)
    LineMatch.objects.bulk_create(
        LineMatch(claim_id=each.claim, number=number, session_id=session, at=now)
        for each in tried
        for number, session in each.of_lines
    )
    found = [claims[each.claim] for each in tried if each.found_any]
    publish_many("remittance.claim_matched", [(claim, {"how": "again"}) for claim in found], SYSTEM, now)
    return len(found)


def of_rows(claims: Sequence[RemittanceClaim], lines: Iterable[RemittanceLine]) -> list[Sought]:
    """Stored claims, with their lines among ``lines``."""
    of_claim: dict[UUID, list[Line]] = defaultdict(list)
    for line in lines:
        compared = (line.line_ref, line.billed_code or line.code, line.first_day, line.last_day)
        of_claim[line.claim_id].append(Line(line.number, *compared, line.charge, line.paid))
    return [
        seek(
            str(claim.pk), claim.claim_id, claim.payer_claim_id, (claim.client_ref, claim.rendering_npi),
            (claim.first_day, claim.last_day), (claim.charge, claim.paid), of_claim[claim.pk],
        )
        for claim in claims
    ]  # fmt: skip


def find(sought: list[Sought], payer: str, now: dt.datetime) -> list[Sought]:
    """Look for the sessions of claims of one payer; nothing is written. Returns ``sought``."""
    remembering.follow(sought, payer, now)
    _place([each for each in sought if each.found is None])
    units = [unit for each in sought if each.waits for unit in each.parts or [each]]
    settled = [each for each in sought if not each.waits]
    for step in (_by_number, _by_payers_number, _by_likeness, _by_each_other):
        left = [each for each in units if each.waits]
        if left:
            step(left, [*settled, *units], payer, now)
    for each in sought:
        if each.parts and each.waits:
            each.join(now)
    return sought


def _place(left: list[Sought]) -> None:
    """Whose claims these are, as far as their NPI tells: their team works on those that find no session."""
    known = lookups.providers({each.paid.provider_npi for each in left if each.paid.provider_npi})
    for each in left:
        for one in (each, *each.parts):
            one.provider = known.get(each.paid.provider_npi or "")


def _by_number(left: list[Sought], _all: list[Sought], _payer: str, now: dt.datetime) -> None:
    wanted = [(place, ref) for place, each in enumerate(left) for ref in each.ids]
    of_place: dict[int, list[tuple[str, Found]]] = defaultdict(list)
    for place, ref, found in lookups.sessions_by_id(wanted):
        of_place[place].append((ref, found))
    for place, sessions in of_place.items():
        each = left[place]
        fitting = [(ref, found) for ref, found in sessions if covers(each.paid, found.day)]
        if len(fitting) == 1:
            ref, found = fitting[0]
            each.settle(found, each.ids[ref], 100, now)
        else:
            each.doubts |= {found.session: 50 for _, found in sessions}


def _by_payers_number(left: list[Sought], _all: list[Sought], payer: str, now: dt.datetime) -> None:
    """The payer's number of an earlier claim that is matched: reversals and corrections carry it again."""
    numbers = {each.payer_number for each in left} - {""}
    _follow(left, lookups.sessions_of_numbers(numbers, payer), now)


def _by_each_other(left: list[Sought], everything: list[Sought], _payer: str, now: dt.datetime) -> None:
    """The same among claims that are looked for together: one of them may have found its session just now."""
    _follow(left, [(each.payer_number, each.found) for each in everything if each.found and each.payer_number], now)


def _follow(left: list[Sought], sessions: Iterable[tuple[str, Found]], now: dt.datetime) -> None:
    known: dict[str, set[Found]] = defaultdict(set)
    for number, found in sessions:
        known[number].add(found)
    for each in left:
        meant = known.get(each.payer_number, set())
        fitting = [found for found in meant if covers(each.paid, found.day)]
        if len(fitting) == 1:
            each.settle(fitting[0], "payer_claim_id", 95, now)
        else:
            each.doubts |= {found.session: 50 for found in meant}


def _by_likeness(left: list[Sought], _all: list[Sought], _payer: str, now: dt.datetime) -> None:
    """Sessions of the client decide; those of the provider alone are never near enough and only shown to people."""
    clients = lookups.clients({each.paid.client for each in left if each.paid.client})
    client_of = [clients.get(each.paid.client or "") for each in left]
    near = _alike(BY_CLIENT, left, client_of)
    for place, sessions in near.items():
        choice = choose(left[place].paid, _candidates(left[place], sessions, client_of[place]))
        if choice.sure is not None and not left[place].doubts and left[place].dated:
            found = next(each.found for each in sessions if str(each.found.session) == choice.sure.candidate.key)
            left[place].settle(found, "likeness", choice.sure.score, now)
    far = _alike(BY_PROVIDER, left, [each.provider if each.waits else None for each in left])
    for place in near.keys() | far.keys():
        each = left[place]
        if each.waits:
            of_key = {str(alike.found.session): alike for alike in (*near[place], *far[place])}
            for candidate, score in choose(each.paid, _candidates(each, of_key.values(), client_of[place])).possible:
                key = of_key[candidate.key].found.session
                each.doubts[key] = max(score, each.doubts.get(key, 0))


def _alike(statement: str, left: list[Sought], parties: list[UUID | None]) -> dict[int, list[Alike]]:
    found: dict[int, list[Alike]] = defaultdict(list)
    wanted = []
    for place, (each, party) in enumerate(zip(left, parties, strict=True)):
        first = each.paid.first_day
        if party is not None and first is not None:
            wanted.append((place, party, first, min(each.paid.last_day or first, first + LONGEST)))
    for place, alike in lookups.sessions_on_days(statement, wanted):
        found[place].append(alike)
    return found


def _candidates(each: Sought, sessions: Iterable[Alike], client: UUID | None) -> list[Candidate]:
    """As likeness compares them: a party is the claim's own or not."""
    return [
        Candidate(
            str(alike.found.session),
            each.paid.client or OTHERS if alike.client == client else OTHERS,
            each.paid.provider_npi or OTHERS if alike.found.provider == each.provider else OTHERS,
            alike.found.day, alike.codes, alike.charge,
        )
        for alike in sessions
    ]  # fmt: skip
