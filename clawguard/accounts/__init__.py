"""Who there is: users and their roles, providers, teams, API keys."""
