"""Which sessions claims are about: what people said before, then numbers, then likeness. Set-wise, however many claims.

A number settles it only where the session's day is among the claim's days; numbers are used again by some systems.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from clawguard.accounts.actors import SYSTEM
from clawguard.accounts.models import Provider
from clawguard.domain.claim_matching import Candidate, PaidClaim, choose, covers
from clawguard.events.services import publish_many
from disputes.models import ClaimMatch, RememberedMatch, Remittance, RemittanceClaim, RemittanceLine

# A session may be submitted after its payment: what waits is tried again, every hour while it is fresh, then daily.
AGAIN, FRESH, DAILY = dt.timedelta(hours=1), dt.timedelta(days=2), dt.timedelta(days=1)
AT_ONCE = 500
LONGEST = dt.timedelta(days=31)  # of a claim's days that are compared

_SESSIONS = """
SELECT w.place, s.id, c.external_id, p.npi, p.id, s.date_of_service, s.codes, s.service_lines, s.external_id
FROM {wanted} JOIN therapy_sessions_therapysession s ON {on}
JOIN therapy_sessions_client c ON c.id = s.client_id JOIN accounts_provider p ON p.id = s.provider_id
"""
_BY_ID = _SESSIONS.format(
    wanted="unnest(%s::int[], %s::text[]) AS w(place, ref)",
    on="s.external_id = w.ref",
)
_BY_CLIENT = _SESSIONS.format(
    wanted="unnest(%s::int[], %s::text[], %s::date[]) AS w(place, ref, day)"
    " JOIN therapy_sessions_client k ON k.external_id = w.ref",
    on="s.client_id = k.id AND s.date_of_service = w.day",
)
_BY_PROVIDER = _SESSIONS.format(
    wanted="unnest(%s::int[], %s::text[], %s::date[]) AS w(place, ref, day) JOIN accounts_provider k ON k.npi = w.ref",
    on="s.provider_id = k.id AND s.date_of_service = w.day",
)


@dataclass(frozen=True, slots=True)
class Found:
    """A session that may be meant."""

    session: UUID
    provider: UUID
    candidate: Candidate
    external_id: str


@dataclass(slots=True)
class Sought:
    """One claim with what is compared of it."""

    claim: RemittanceClaim
    paid: PaidClaim
    line_refs: tuple[str, ...]
    doubts: dict[UUID, int] = field(default_factory=dict)  # session to score

    @property
    def ids(self) -> dict[str, str]:
        """External ids a session of this claim may have, and which number says so. A claim of several days was taken
        in as a session a day, with the day added to its id."""
        claim = self.claim
        found = dict.fromkeys(self.line_refs, "line_ref")
        if claim.first_day is not None:
            found[f"{claim.claim_id}-{claim.first_day:%Y%m%d}"] = "claim_id"
        found[claim.claim_id] = "claim_id"
        return found


def match_new(
    payment: Remittance, claims: Sequence[RemittanceClaim], lines: Iterable[RemittanceLine], now: dt.datetime
) -> int:
    """Match the claims of a payment that was just stored. Returns how many wait for more or for people."""
    matches = find(claims, lines, payment.payer_code, now)
    ClaimMatch.objects.bulk_create(matches, batch_size=2_000)
    return sum(match.session_id is None and match.how != "set_aside" for match in matches)


def find(
    claims: Sequence[RemittanceClaim], lines: Iterable[RemittanceLine], payer: str, now: dt.datetime
) -> list[ClaimMatch]:
    """What each claim is about, unsaved."""
    return _match(_sought(claims, lines), payer, now)


@transaction.atomic
def match_waiting(now: dt.datetime) -> int:
    """Try again what waits, for sessions come after their payment at times. Returns how many found theirs."""
    due = Q(claim__remittance__created_at__gte=now - FRESH) | Q(tried_at__lt=now - DAILY)
    waiting = ClaimMatch.objects.filter(due, session=None, tried_at__lt=now - AGAIN).exclude(how="set_aside")
    locked = waiting.select_for_update(of=("self",), skip_locked=True).order_by("tried_at")[:AT_ONCE]
    by_payer: dict[str, list[RemittanceClaim]] = defaultdict(list)
    for match in locked.select_related("claim__remittance"):
        by_payer[match.claim.remittance.payer_code].append(match.claim)
    claims = [claim for some in by_payer.values() for claim in some]
    lines = list(RemittanceLine.objects.filter(claim__in=claims))
    tried = [match for payer, some in by_payer.items() for match in find(some, lines, payer, now)]
    ClaimMatch.objects.bulk_update(tried, ["session", "provider", "how", "score", "candidates", "tried_at", "at"])
    found = [match.claim for match in tried if match.session_id is not None]
    publish_many("remittance.claim_matched", [(claim, {"how": "again"}) for claim in found], SYSTEM, now)
    return len(found)


def _sought(claims: Sequence[RemittanceClaim], lines: Iterable[RemittanceLine]) -> list[Sought]:
    of_claim: dict[UUID, list[RemittanceLine]] = defaultdict(list)
    for line in lines:
        of_claim[line.claim_id].append(line)
    return [_of_claim(claim, of_claim[claim.pk]) for claim in claims]


def _of_claim(claim: RemittanceClaim, lines: list[RemittanceLine]) -> Sought:
    codes = frozenset(line.billed_code or line.code for line in lines)
    paid = PaidClaim(
        claim.client_ref or None, claim.rendering_npi or None, claim.first_day, claim.last_day, codes, claim.charge
    )
    return Sought(claim, paid, tuple(line.line_ref for line in lines if line.line_ref))


def _match(sought: list[Sought], payer: str, now: dt.datetime) -> list[ClaimMatch]:
    matches = {each.claim.pk: ClaimMatch(claim=each.claim, tried_at=now) for each in sought}
    said = _said_before(sought, payer)
    left = [each for each in sought if not _remembered(each, matches, said, now)]
    for step in (_by_number, _by_payers_number, _by_likeness):
        step(left, matches, payer, now)
        left = [each for each in left if matches[each.claim.pk].session_id is None]
    for each in left:
        likely = sorted(each.doubts.items(), key=lambda pair: (-pair[1], str(pair[0])))
        matches[each.claim.pk].candidates = [{"session": str(key), "score": score} for key, score in likely]
    _place(left, matches)
    return list(matches.values())


Said = dict[tuple[str, str], RememberedMatch]


def _said_before(sought: list[Sought], payer: str) -> Said:
    ids = {each.claim.claim_id for each in sought}
    payer_ids = {each.claim.payer_claim_id for each in sought} - {""}
    meant = Q(kind="claim_id", value__in=ids) | Q(kind="payer_claim_id", value__in=payer_ids)
    rows = RememberedMatch.objects.filter(meant, payer_code=payer).select_related("session")
    return {(row.kind, row.value): row for row in rows}


def _remembered(each: Sought, matches: dict[UUID, ClaimMatch], said: Said, now: dt.datetime) -> bool:
    claim = each.claim
    row = said.get(("payer_claim_id", claim.payer_claim_id)) or said.get(("claim_id", claim.claim_id))
    if row is None:
        return False
    match = matches[claim.pk]
    match.how, match.at, match.by_name = "set_aside" if row.session is None else "remembered", now, row.by_name
    if row.session is not None:
        match.session, match.provider_id, match.score = row.session, row.session.provider_id, 100
    return True


def _by_number(left: list[Sought], matches: dict[UUID, ClaimMatch], _payer: str, now: dt.datetime) -> None:
    wanted = [(place, ref) for place, each in enumerate(left) for ref in each.ids]
    if not wanted:
        return
    found: dict[int, list[Found]] = _asked(_BY_ID, *map(list, zip(*wanted, strict=True)))
    for place, sessions in found.items():
        each = left[place]
        fitting = [session for session in sessions if covers(each.paid, session.candidate.day)]
        if len({session.session for session in fitting}) == 1:
            _settle(matches[each.claim.pk], fitting[0], each.ids[fitting[0].external_id], 100, now)
        else:
            each.doubts |= {session.session: 50 for session in sessions}


def _by_payers_number(left: list[Sought], matches: dict[UUID, ClaimMatch], payer: str, now: dt.datetime) -> None:
    """The payer's number of an earlier claim that is matched: reversals and corrections carry it again."""
    numbers = {each.claim.payer_claim_id for each in left} - {""}
    if not numbers:
        return
    earlier = ClaimMatch.objects.filter(
        claim__payer_claim_id__in=numbers, claim__remittance__payer_code=payer, session__isnull=False
    )
    rows = earlier.values_list("claim__payer_claim_id", "session_id", "provider_id", "session__date_of_service")
    known: dict[str, set[tuple[UUID, UUID, dt.date]]] = defaultdict(set)
    for number, session, provider, day in rows:
        known[number].add((session, provider, day))
    for each in left:
        meant = known.get(each.claim.payer_claim_id, set())
        fitting = [(session, provider) for session, provider, day in meant if covers(each.paid, day)]
        if len(fitting) == 1:
            match = matches[each.claim.pk]
            (match.session_id, match.provider_id), match.how, match.score = fitting[0], "payer_claim_id", 95
            match.at = now
        else:
            each.doubts |= {session: 50 for session, _, _ in meant}


def _by_likeness(left: list[Sought], matches: dict[UUID, ClaimMatch], _payer: str, now: dt.datetime) -> None:
    found: dict[int, list[Found]] = defaultdict(list)
    for statement, name in ((_BY_CLIENT, "client"), (_BY_PROVIDER, "provider_npi")):
        wanted = [
            (place, ref, day)
            for place, each in enumerate(left)
            if (ref := getattr(each.paid, name))
            for day in _days(each.paid)
        ]
        if wanted:
            for place, sessions in _asked(statement, *map(list, zip(*wanted, strict=True))).items():
                found[place] += sessions
    for place, sessions in found.items():
        each = left[place]
        of_key = {session.candidate.key: session for session in sessions}
        choice = choose(each.paid, [session.candidate for session in of_key.values()])
        if choice.sure is not None and not each.doubts:
            _settle(matches[each.claim.pk], of_key[choice.sure.candidate.key], "likeness", choice.sure.score, now)
        else:
            for candidate, score in choice.possible:
                key = of_key[candidate.key].session
                each.doubts[key] = max(score, each.doubts.get(key, 0))


def _days(paid: PaidClaim) -> list[dt.date]:
    """Each day by itself, for an index finds a day and not a stretch of days that differs from row to row."""
    if paid.first_day is None:
        return []
    last = min(paid.last_day or paid.first_day, paid.first_day + LONGEST)
    return [paid.first_day + dt.timedelta(days=number) for number in range((last - paid.first_day).days + 1)]


def _settle(match: ClaimMatch, found: Found, how: str, score: int, now: dt.datetime) -> None:
    match.session_id, match.provider_id, match.how, match.score, match.at = (
        found.session,
        found.provider,
        how,
        score,
        now,
    )


def _asked(statement: str, *columns: list[Any]) -> dict[int, list[Found]]:
    found: dict[int, list[Found]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(statement, columns)
        for place, key, client, npi, provider, day, codes, lines, external_id in cursor.fetchall():
            charge = sum((Decimal(line.get("charge") or 0) for line in json.loads(lines)), Decimal(0))
            candidate = Candidate(str(key), client, npi, day, frozenset(codes), charge)
            found[place].append(Found(key, provider, candidate, external_id))
    return found


def _place(left: list[Sought], matches: dict[UUID, ClaimMatch]) -> None:
    """Whose claims the unmatched ones are, as far as their NPI tells: their team works on them."""
    npis = {each.claim.rendering_npi for each in left} - {""}
    known = dict(Provider.objects.filter(npi__in=npis).values_list("npi", "pk")) if npis else {}
    for each in left:
        matches[each.claim.pk].provider_id = known.get(each.claim.rendering_npi)
