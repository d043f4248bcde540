"""The shared database: tables, sessions, migrations and loading. It knows no rule and no web."""
