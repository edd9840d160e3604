"""When a case is to be weighed again by time alone, as a column that a sweep walks."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("disputes", "0018_guarantee_without_delivery")]

    operations = [
        migrations.AddField("case", "weigh_again_at", models.DateTimeField(null=True)),
        migrations.AddIndex(
            "case",
            models.Index(fields=["weigh_again_at"], name="case_weigh_again", condition=Q(weigh_again_at__isnull=False)),
        ),
    ]
