from django.apps import AppConfig

# What a mailed link to single requests opens. Each of these keeps to the requests the sign-in was made for, or shows
# nobody's rows at all: a rule is the same for everybody.
PAGES_OF_ONE_REQUEST = (
    "requests",
    "my-request",
    "my-answer",
    "my-draft",
    "my-found",
    "my-files-found",
    "my-note-form",
    "my-files",
    "my-file-remove",
    "my-upload",
    "my-upload-piece",
    "my-upload-cancel",
    "my-extension",
    "my-question",
    "my-hand-over",
    "my-take-back",
    "my-receipt",
    "my-receipt-pdf",
    "my-note",
    "note-file",
    "check-page",
)


class NotesConfig(AppConfig):
    name = "notes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from clawguard.access import health
        from clawguard.accounts import limits
        from clawguard.events.sweeps import register_sweep
        from notes import calendars, page_watch, plugs, reader, services

        register_sweep("notes.watch", services.watch)
        register_sweep("notes.lapse", services.sweep, prompt=True)
        register_sweep("notes.remind", services.remind_due)
        register_sweep("notes.absences", services.begin_absences)
        register_sweep("notes.tidy", services.tidy, remembers=True)
        register_sweep("notes.scan", services.scan_waiting)
        plugs.register()
        reader.chosen()  # a name of none stops the start
        health.WARNINGS += [calendars.warning, page_watch.warning]
        limits.allow(PAGES_OF_ONE_REQUEST)
