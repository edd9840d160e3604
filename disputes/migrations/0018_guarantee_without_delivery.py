"""The guarantee of a network error does not wait for a notice that was tried and could not be delivered.

Every other adjustment, and taking one back, needs a delivered notice and an answer or a lapsed answer time as before.
"""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("disputes.migrations.0002_promises").ADJUSTMENT.partition("CREATE TRIGGER")[0]
HEARD = """    IF about.notice_delivered_at IS NULL OR (about.answered_at IS NULL AND about.answer_lapsed_at IS NULL) THEN
"""
HEARD_OR_OWED = """    IF (about.notice_delivered_at IS NULL OR (about.answered_at IS NULL AND about.answer_lapsed_at IS NULL))
            AND NOT (about.notice_delivered_at IS NULL AND about.notice_undeliverable_at IS NOT NULL
                AND decided.party = 'network' AND NEW.kind = 'pay_contracted_rate') THEN
"""


def replaced(function: str) -> str:
    return function.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    dependencies = [("disputes", "0017_remembered_of_a_claim")]

    operations = [
        migrations.RunSQL(replaced(BEFORE).replace(HEARD, HEARD_OR_OWED), replaced(BEFORE)),
    ]
