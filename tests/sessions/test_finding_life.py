"""The life of a finding: confirmed, dismissed for a reason and a time, taken up again, several at once, undone."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest

from clawguard.accounts.actors import SYSTEM, NotAllowed, of_user
from clawguard.events.errors import NotFound, Refused
from clawguard.events.models import Event
from clawguard.events.services import WrongState, move
from sessions import finding_words, services
from sessions.models import Finding, Judgement
from tests.builders import NOW, short_session
from tests.sessions.test_intake import screen_all

pytestmark = pytest.mark.django_db
TODAY = NOW.date()  # 10:00 in New York
SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def finding(priya):
    return short()[0]


def short(count=1):
    """Findings of CG101, each of a session of its own."""
    for number in range(count):
        day = TODAY - dt.timedelta(days=60 + number)
        times = {
            "start": f"{day}T10:02:00-04:00",
            "end": f"{day}T10:49:00-04:00",
            "confirmed_at": f"{day}T17:00:00-04:00",
        }
        about = {"external_id": f"S-{number}", "date_of_service": f"{day}", "client": {"external_id": f"C-{number}"}}
        services.submit(SYSTEM, short_session(**about) | times, NOW)
    screen_all()
    return list(Finding.objects.filter(check_id="CG101").order_by("session__external_id"))


def names(finding):
    return list(Event.objects.filter(subject_id=str(finding.pk)).order_by("pk").values_list("name", flat=True))


class TestDismissing:
    def test_reason_words_and_name_are_kept_and_only_the_code_is_logged(self, rui, finding):
        actor = of_user(rui)
        services.dismiss_finding(actor, finding.pk, "Page 2 of C-77", NOW, code="record_supports")
        finding.refresh_from_db()
        assert (finding.status, finding.verdict, finding.reason_code) == ("dismissed", "dismissed", "record_supports")
        assert finding.decision_reason == "Page 2 of C-77" and finding.decided_by_name == "Rui Test"
        event = Event.objects.get(name="finding.dismissed")
        assert event.payload == {"from": "new", "to": "dismissed", "reason": "record_supports"}

    def test_a_reason_of_the_list_needs_no_words_and_another_reason_does(self, rui, finding):
        with pytest.raises(Refused, match="Say why"):
            services.dismiss_finding(of_user(rui), finding.pk, " ", NOW)
        services.dismiss_finding(of_user(rui), finding.pk, "", NOW, code="corrected")

    @pytest.mark.parametrize("code", ["", "nonsense", "unrelated_conditions"])
    def test_only_what_is_offered_for_the_check(self, rui, finding, code):
        with pytest.raises(Refused) as refused:
            services.dismiss_finding(of_user(rui), finding.pk, "words", NOW, code=code)
        assert refused.value.pointer == "/reason_code"

    def test_unrelated_conditions_answer_excludes1(self):
        verdict = services.dismissing("CG305", "", NOW, code="unrelated_conditions", until=None)
        assert (verdict.to, verdict.code, verdict.until) == ("dismissed", "unrelated_conditions", None)


class TestUntil:
    def test_it_ends_with_its_last_day_and_says_so(self, rui, finding):
        services.dismiss_finding(of_user(rui), finding.pk, "", NOW, code="accepted_for_now", until=TODAY)
        finding.refresh_from_db()
        assert finding.dismissed_until == dt.datetime(2026, 11, 19, 5, tzinfo=dt.UTC)  # midnight in New York
        assert "until Wed 18 Nov 2026 by Rui Test: Known" in finding_words.decided(finding)
        assert services.end_dismissals(finding.dismissed_until - SECOND) == 0
        assert services.end_dismissals(finding.dismissed_until + 5 * SECOND) == 1
        finding.refresh_from_db()
        assert (finding.status, finding.verdict) == ("new", "")
        assert finding_words.decided(finding) == (
            "The dismissal by Rui Test ended on Wed 18 Nov 2026; the finding stands again."
        )
        told = Event.objects.get(name="finding.restored")
        assert told.payload["reason"] == "dismissal_ended" and told.at == finding.dismissed_until
        assert services.end_dismissals(finding.dismissed_until + 9 * SECOND) == 0

    @pytest.mark.parametrize("days", [-1, 367])
    def test_not_in_the_past_and_no_further_than_a_year(self, rui, finding, days):
        with pytest.raises(Refused) as refused:
            services.dismiss_finding(
                of_user(rui), finding.pk, "", NOW, code="corrected", until=TODAY + dt.timedelta(days=days)
            )
        assert refused.value.pointer == "/until"

    def test_one_without_a_last_day_lasts(self, rui, finding):
        services.dismiss_finding(of_user(rui), finding.pk, "", NOW, code="corrected")
        assert services.end_dismissals(NOW + dt.timedelta(days=4000)) == 0

    def test_what_a_correction_cured_meanwhile_is_cleared_and_not_held_against_anybody(self, rui, finding):
        services.dismiss_finding(of_user(rui), finding.pk, "", NOW, code="accepted_for_now", until=TODAY)
        services.correct(SYSTEM, finding.session_id, {"end": f"{finding.session.date_of_service}T10:57:00-04:00"}, NOW)
        screen_all()
        later = NOW + dt.timedelta(days=1)
        assert services.end_dismissals(later) == 1
        services.look_again(finding.session_id, later)
        finding.refresh_from_db()
        assert finding.status == "cleared"

    def test_what_still_holds_stands_once(self, rui, finding):
        services.dismiss_finding(of_user(rui), finding.pk, "", NOW, code="accepted_for_now", until=TODAY)
        later = NOW + dt.timedelta(days=1)
        services.end_dismissals(later)
        for _ in range(2):
            services.look_again(finding.session_id, later)
        assert list(Finding.objects.filter(check_id="CG101").values_list("status", flat=True)) == ["new"]


class TestOverturned:
    def test_only_confirmed_findings_of_the_checks_named(self, rui, finding):
        assert services.overturn_findings(finding.session_id, ["CG101"], NOW) == 0
        services.confirm_finding(of_user(rui), finding.pk, "", NOW)
        assert services.overturn_findings(finding.session_id, ["CG102"], NOW) == 0
        assert services.overturn_findings(finding.session_id, ["CG101"], NOW) == 1
        assert services.overturn_findings(finding.session_id, ["CG101"], NOW) == 0
        finding.refresh_from_db()
        assert finding.status == "overturned" and "confirmed before that by Rui" in finding_words.decided(finding)

    def test_it_is_not_found_anew(self, rui, finding):
        services.confirm_finding(of_user(rui), finding.pk, "", NOW)
        services.overturn_findings(finding.session_id, ["CG101"], NOW)
        services.look_again(finding.session_id, NOW)
        assert list(Finding.objects.filter(check_id="CG101").values_list("status", flat=True)) == ["overturned"]

    def test_nobody_takes_it_up_again(self, rui, finding):
        services.confirm_finding(of_user(rui), finding.pk, "", NOW)
        services.overturn_findings(finding.session_id, ["CG101"], NOW)
        with pytest.raises(WrongState):
            services.restore_finding(of_user(rui), finding.pk, "", NOW)


def test_a_confirmed_finding_is_not_restored_by_itself(rui, finding):
    services.confirm_finding(of_user(rui), finding.pk, "", NOW)
    with pytest.raises(WrongState):
        services.restore_finding(of_user(rui), finding.pk, "", NOW)


class TestSeveralAtOnce:
    def judge(self, rui, findings, now=NOW, **changes):
        verdict = services.dismissing("CG101", "Both shown on paper", now, code="record_supports", until=None)
        return services.judge_findings(of_user(rui), "CG101", [row.pk for row in findings], verdict, now)

    def test_a_preview_changes_nothing_and_names_what_cannot_be_judged(self, priya, rui):
        first, second, third = short(3)
        services.confirm_finding(of_user(rui), second.pk, "", NOW)
        rows = services.preview_judgement(of_user(rui), "CG101", [third.pk, second.pk, first.pk, third.pk])
        assert [row.finding.pk for row in rows] == [third.pk, second.pk, first.pk]
        assert [bool(row.obstacle) for row in rows] == [False, True, False]
        assert not Judgement.objects.exists()

    def test_each_row_says_what_became_of_it_and_is_as_if_judged_alone(self, priya, rui):
        findings = short(3)
        services.confirm_finding(of_user(rui), findings[1].pk, "", NOW)
        done = self.judge(rui, findings)
        assert {row["finding"]: row["result"] for row in done.rows}[str(findings[0].pk)] == "done"
        assert sorted(row["result"] for row in done.rows)[0].startswith("already confirmed")
        for row in findings:
            row.refresh_from_db()
        assert [row.status for row in findings] == ["dismissed", "confirmed", "dismissed"]
        assert findings[0].decision_reason == "Both shown on paper" and names(findings[0]) == ["finding.dismissed"]

    def test_undone_within_half_a_minute_but_not_what_was_judged_since(self, priya, rui):
        findings = short(3)
        done = self.judge(rui, findings)
        services.restore_finding(of_user(rui), findings[0].pk, "", NOW + SECOND)
        services.confirm_finding(of_user(rui), findings[0].pk, "", NOW + 2 * SECOND)
        undone = services.undo_judgement(of_user(rui), done.pk, NOW + 30 * SECOND)
        for row in findings:
            row.refresh_from_db()
        assert [row.status for row in findings] == ["confirmed", "new", "new"]
        assert sorted(row["result"] for row in undone.rows)[1:] == ["taken back", "taken back"]
        with pytest.raises(Refused, match="already"):
            services.undo_judgement(of_user(rui), done.pk, NOW + 30 * SECOND)

    def test_too_late_to_undo(self, priya, rui):
        done = self.judge(rui, short(1))
        with pytest.raises(Refused, match="over"):
            services.undo_judgement(of_user(rui), done.pk, NOW + 30 * SECOND + dt.timedelta(milliseconds=1))

    def test_confirming_is_undone_too(self, priya, rui):
        findings = short(2)
        actor = of_user(rui)
        done = services.judge_findings(actor, "CG101", [row.pk for row in findings], services.confirming(""), NOW)
        services.undo_judgement(actor, done.pk, NOW + SECOND)
        assert set(Finding.objects.filter(check_id="CG101").values_list("status", "verdict")) == {("new", "")}

    def test_one_that_others_move_at_the_same_moment_is_left_to_them(self, priya, rui, lead, monkeypatch):
        from sessions.services import judging

        first, second = short(2)
        see = judging.preview_judgement

        def seen_then_moved(actor, check_id, ids):
            rows = see(actor, check_id, ids)
            move(Finding.objects.get(pk=first.pk), "confirmed", of_user(lead), NOW)
            return rows

        monkeypatch.setattr(judging, "preview_judgement", seen_then_moved)
        done = self.judge(rui, [first, second])
        assert {row["finding"]: row["result"] for row in done.rows} == {
            str(first.pk): judging.TAKEN,
            str(second.pk): "done",
        }

    def test_of_one_check_within_reach_and_not_too_many(self, priya, rui, faraway, auditor):
        findings = short(1)
        for actor, check, ids in (
            (of_user(faraway), "CG101", [findings[0].pk]),
            (of_user(rui), "CG102", [findings[0].pk]),
            (of_user(rui), "CG101", [findings[0].pk, uuid4()]),
        ):
            with pytest.raises(NotFound):
                services.preview_judgement(actor, check, ids)
        for ids in ([], [uuid4() for _ in range(201)]):
            with pytest.raises(Refused):
                services.preview_judgement(of_user(rui), "CG101", ids)
        with pytest.raises(NotAllowed):
            services.preview_judgement(of_user(auditor), "CG101", [findings[0].pk])

    def test_a_judgement_is_its_makers(self, priya, rui, lead):
        done = self.judge(rui, short(1))
        with pytest.raises(NotFound):
            services.get_judgement(of_user(lead), done.pk)
        with pytest.raises(NotFound):
            services.undo_judgement(of_user(lead), done.pk, NOW)
