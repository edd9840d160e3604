"""The contracted rate of a decided case is kept, until an appeal brings the case back to be decided.

While an appeal is open the case goes by the rate that the facts have, as it did before its first decision. What was
decided and proposed keeps its own amount.
"""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("disputes.migrations.0002_promises").CASE.partition("CREATE TRIGGER")[0]
DECIDED = """            AND EXISTS (SELECT FROM disputes_decision WHERE case_id = NEW.id AND final_at IS NOT NULL) THEN
        RAISE EXCEPTION 'the contracted rate"""
UNLESS_APPEALED = """            AND EXISTS (SELECT FROM disputes_decision WHERE case_id = NEW.id AND final_at IS NOT NULL)
            AND NOT EXISTS (SELECT FROM disputes_appeal WHERE case_id = NEW.id AND decided_at IS NULL) THEN
        RAISE EXCEPTION 'the contracted rate"""


def replaced(function: str) -> str:
    return function.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    dependencies = [("disputes", "0022_allowed_amounts")]

    operations = [
        migrations.RunSQL(replaced(BEFORE).replace(DECIDED, UNLESS_APPEALED), replaced(BEFORE)),
    ]
