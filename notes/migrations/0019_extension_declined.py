from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notes", "0018_review_day"),
    ]

    operations = [
        migrations.AddField(
            model_name="notesrequest",
            name="extension_declined_at",
            field=models.DateTimeField(null=True),
        ),
    ]
