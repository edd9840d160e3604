"""The REST door of cases, disputes, attribution and deadlines."""
