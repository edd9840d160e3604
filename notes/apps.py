from django.apps import AppConfig


class NotesConfig(AppConfig):
    name = "notes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from clawguard.events.sweeps import register_sweep
        from notes import plugs, services

        register_sweep("notes.lapse", services.sweep)
        register_sweep("notes.remind", services.remind_due)
        register_sweep("notes.tidy", services.tidy)
        plugs.register()
