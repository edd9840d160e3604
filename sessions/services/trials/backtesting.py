"""Screening stored sessions under draft rules beside the present ones: the same facts, and nothing else is touched."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from clawguard.accounts.actors import SYSTEM, Actor
from clawguard.domain.checks import Context, Finding, pack_digest
from clawguard.domain.checks.comparison import Change, Difference, compare, opens_case
from clawguard.domain.codesets import CodeTables
from clawguard.domain.lifecycles import JobState
from clawguard.events.services import move, publish
from sessions import facts, policies, stated
from sessions.codesets.policy_periods import Printed, of_printed, printed_periods
from sessions.models import Backtest, BacktestChange, BacktestSession, PolicyRevision
from sessions.rulebook import scopes, timeline, trials
from sessions.rulebook.scopes import SessionScope
from sessions.services import neighbours, tables
from sessions.services.dry_run import at_risk
from sessions.services.screening import NOTHING, findings_of
from sessions.services.trials import drafts
from sessions.services.trials.wishes import OPEN

CHUNK = 1000


class Sides(NamedTuple):
    present: CodeTables
    draft: CodeTables


@transaction.atomic
def start_backtest(
    actor: Actor, scope: SessionScope, now: dt.datetime, *, revision: PolicyRevision | None = None
) -> Backtest:
    """Begin a try of one revision, or of every draft, proposal and loaded code table together. Raises NotAllowed."""
    policies.require_trial(actor)
    tried = [revision] if revision else list(PolicyRevision.objects.filter(status__in=OPEN).order_by("created_at"))
    present, draft = printed_periods(), timeline.printed_with(tried)
    loaded = [] if revision else [str(key) for key in drafts.loaded_tables()]
    sides = _sides(present, draft, loaded)
    job = Backtest.objects.create(
        **scope._asdict(),
        revision=revision,
        subject=trials.subject_of(revision) if revision else "",
        present=present,
        draft=draft,
        draft_tables=loaded,
        present_pack=pack_digest(sides.present),
        draft_pack=pack_digest(sides.draft),
        total=scopes.count(scope),
        started_at=now,
        started_by_name=actor.name,
        updated_at=now,
    )
    publish("backtest.started", job, actor, now, {"piece": 1, "sessions": job.total})
    return job


@transaction.atomic
def run_chunk(job_id: UUID, number: int, now: dt.datetime) -> bool:
    """Try the next thousand if ``number`` is their turn; True while there are more. Run twice, it counts once."""
    job = Backtest.objects.select_for_update(of=("self",)).get(pk=job_id)
    if job.status != JobState.RUNNING or number != job.chunks + 1:
        return False
    sides = _standing_sides(job)
    if sides is None:
        move(job, JobState.STOPPED, SYSTEM, now, ended_at=now, updated_at=now)
        return False
    found = scopes.next_sessions(scopes.of_job(job), job.cursor, CHUNK)
    if found:
        _try(job, [key for key, _ in found], sides)
        job.cursor, job.done, job.chunks = found[-1][1], job.done + len(found), number
    job.updated_at = now
    job.save()
    if len(found) == CHUNK:
        publish("backtest.continued", job, SYSTEM, now, {"piece": number + 1})
        return True
    move(job, JobState.DONE, SYSTEM, now, payload={"done": job.done}, ended_at=now, updated_at=now)
    return False


def _standing_sides(job: Backtest) -> Sides | None:
    """Both sides as at the start; None when code tables came or went in between."""
    try:
        sides = _sides(job.present, job.draft, job.draft_tables)
    except KeyError:  # a table that was tried is not merely loaded any more
        return None
    same = (pack_digest(sides.present), pack_digest(sides.draft)) == (job.present_pack, job.draft_pack)
    return sides if same else None


def _sides(present: Sequence[Printed], draft: Sequence[Printed], loaded: Sequence[str]) -> Sides:
    standing = tables.current()
    tried = drafts.with_tables(standing, loaded)
    return Sides(replace(standing, policies=of_printed(present)), replace(tried, policies=of_printed(draft)))


def _try(job: Backtest, keys: list[str], sides: Sides) -> None:
    targets = facts.load(facts.OF_IDS, [facts.array(keys)])
    here, bare = neighbours.load(targets, sides), [Context(side, now=job.started_at) for side in sides]
    said = stated.of(targets, sides.present.procedures)
    rows: list[tuple[BacktestSession, list[Difference]]] = []
    for target in targets:
        around, known = here.around(target), said.get(target.id, NOTHING)
        before, after = (_of_check(findings_of(target, around, side, known), job.check_id) for side in bare)
        rate = target.facts.contracted_rate
        row = BacktestSession(
            backtest=job,
            session_id=UUID(target.id),
            risk_before=_risk(rate, before),
            risk_after=_risk(rate, after),
            case_before=opens_case(before),
            case_after=opens_case(after),
        )
        differences = compare(before, after)
        _count(job, row, differences)
        if differences:
            rows.append((row, differences))
    BacktestSession.objects.bulk_create([row for row, _ in rows])
    BacktestChange.objects.bulk_create(_change(row, one) for row, differences in rows for one in differences)


def _of_check(findings: Sequence[Finding], check_id: str) -> list[Finding]:
    return [finding for finding in findings if check_id in ("", finding.check)]


def _risk(rate: Decimal | None, findings: Sequence[Finding]) -> Decimal:
    return at_risk(rate, [finding.amount_at_risk for finding in findings])


def _count(job: Backtest, row: BacktestSession, differences: Sequence[Difference]) -> None:
    job.risk_before += row.risk_before
    job.risk_after += row.risk_after
    job.cases_opened += row.case_after and not row.case_before
    job.cases_gone += row.case_before and not row.case_after
    changes = [difference.change for difference in differences]
    job.new += changes.count(Change.NEW)
    job.gone += changes.count(Change.GONE)
    job.changed += changes.count(Change.CHANGED)


def _change(row: BacktestSession, difference: Difference) -> BacktestChange:
    before, after, shown = difference.before, difference.after, difference.finding
    return BacktestChange(
        backtest_id=row.backtest_id,
        about=row,
        change=difference.change,
        check_id=shown.check,
        service_line=shown.service_line,
        severity_before=before.severity if before else "",
        severity_after=after.severity if after else "",
        amount_before=before.amount_at_risk if before else None,
        amount_after=after.amount_at_risk if after else None,
        message=shown.message,
        evidence_before=dict(before.evidence) if before else None,
        evidence_after=dict(after.evidence) if after else None,
    )
