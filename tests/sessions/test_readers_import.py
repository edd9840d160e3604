"""An 837P file through the whole import: the same sessions as other formats, remarks that stop nothing."""

import pytest

from clawguard.domain.submission import facts_to_dict, parse
from clawguard.domain.x12.writers import write_837p
from sessions.models import ImportProblem, TherapySession
from tests.builders import NOW
from tests.sessions.test_imports import _own_folder, bodies, ndjson, run, take  # noqa: F401

pytestmark = pytest.mark.django_db


def claims(rows):
    whole = [facts_to_dict(parse(row, now=NOW)[0].facts, payer_name=row["payer"]["name"]) for row in rows]
    return "".join(write_837p(whole, created=NOW)).encode()


def test_the_claims_of_a_network_change_nothing_after_its_ndjson():
    run(take(ndjson(bodies())))
    batch = run(take(claims(bodies()), "claims.837"))
    assert (batch.kind, batch.status, batch.rows_unchanged, batch.rows_refused) == ("x12_837p", "done", 7, 0)
    assert TherapySession.objects.count() == 7


def test_a_remark_about_the_file_does_not_refuse_it():
    content = claims(bodies()).replace(b"*00*          *ZZ*", b"*00**ZZ*", 1)
    batch = run(take(content, "claims.837"))
    assert (batch.status, batch.rows_refused, batch.rows_created) == ("done", 0, 7)
    assert [problem.code for problem in ImportProblem.objects.filter(batch=batch)] == ["isa_width"]


def test_a_fault_of_the_envelope_refuses_it_with_its_segment():
    content = claims(bodies()).replace(b"GE*1*1", b"GE*2*1")
    batch = run(take(content, "claims.837"))
    assert (batch.status, TherapySession.objects.count()) == ("refused", 0)
    (problem,) = ImportProblem.objects.filter(batch=batch)
    assert problem.code == "count_wrong"
    assert problem.row == content.count(b"~") - 1
