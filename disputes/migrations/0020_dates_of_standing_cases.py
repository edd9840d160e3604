"""Cases from before the column that have a date of a payer or of a notes request: the first sweep has them weighed, and
that writes when they are to be weighed next."""

from django.db import migrations

HAVE_DATES = """
UPDATE disputes_case AS c SET weigh_again_at = now()
WHERE c.status <> 'closed' AND (
    EXISTS (SELECT FROM disputes_casefact f WHERE f.case_id = c.id
            AND f.name IN ('payer_records_due_at', 'note_request', 'dispute'))
    OR EXISTS (SELECT FROM notes_notesrequest r WHERE r.session_id = c.session_id AND r.due_at > now())
)
"""


class Migration(migrations.Migration):
    dependencies = [("disputes", "0019_weighed_when_a_date_passes"), ("notes", "0019_extension_declined")]

    operations = [migrations.RunSQL(HAVE_DATES, migrations.RunSQL.noop)]
