"""Every environment variable the desk reads, read once and handed in."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class BadSetting(ValueError):
    """A setting that cannot be used; the message names it and what it takes."""


@dataclass(frozen=True)
class Settings:
    """What a process needs to know about where it runs. Each field's variable is its name in capitals."""

    database_url: str
    gateway_host: str
    gateway_port: int
    assistant_url: str
    assistant_secret: str
    actions_url: str
    token_secret: str
    public_url: str  # where customers reach the gateway: what links in answers begin with
    company_sites: tuple[str, ...]
    site_secret: str  # shared with the company's site, which signs its customers in with it; none when empty
    token_days: int
    turn_seconds: float
    conversations_per_address: int  # new ones in 12 hours
    requests_per_address: int  # in a second; more have to wait
    messages_per_address: int  # in a minute
    messages_per_conversation: int  # in a minute
    photos_per_address: int  # in an hour
    limit_loopback: bool  # whether the limits by address hold for this machine's own addresses too
    metrics_token: str  # opens /metrics; when empty only this machine may see them
    log_level: str

    @property
    def gateway_url(self) -> str:
        """The address a browser on this machine opens."""
        host = "127.0.0.1" if self.gateway_host == "0.0.0.0" else self.gateway_host
        return f"http://{host}:{self.gateway_port}"


def read_settings(environ: Mapping[str, str] = os.environ, var: Path = ROOT / "var") -> Settings:
    """Read the settings, with defaults for one machine; secrets are made once and kept in `var`.

    Raises BadSetting for a value of the wrong form.
    """
    return Settings(
        database_url=environ.get("DATABASE_URL", f"sqlite:///{var / 'desk.sqlite3'}"),
        gateway_host=environ.get("GATEWAY_HOST", "127.0.0.1"),
        gateway_port=_number(environ, "GATEWAY_PORT", 8080),
        assistant_url=_address(environ, "ASSISTANT_URL", "http://127.0.0.1:5005"),
        assistant_secret=environ.get("ASSISTANT_SECRET") or _kept_secret(var / "assistant.secret"),
        actions_url=_address(environ, "ACTIONS_URL", "http://127.0.0.1:5055"),
        token_secret=environ.get("TOKEN_SECRET") or _kept_secret(var / "token.secret"),
        public_url=_address(environ, "PUBLIC_URL", f"http://127.0.0.1:{environ.get('GATEWAY_PORT', 8080)}"),
        company_sites=tuple(site.strip() for site in environ.get("COMPANY_SITES", "").split(",") if site.strip()),
        site_secret=environ.get("SITE_SECRET", ""),
        token_days=_number(environ, "TOKEN_DAYS", 30),
        turn_seconds=float(_number(environ, "TURN_SECONDS", 10)),
        conversations_per_address=_number(environ, "CONVERSATIONS_PER_ADDRESS", 6),
        requests_per_address=_number(environ, "REQUESTS_PER_ADDRESS", 20),
        messages_per_address=_number(environ, "MESSAGES_PER_ADDRESS", 120),
        messages_per_conversation=_number(environ, "MESSAGES_PER_CONVERSATION", 20),
        photos_per_address=_number(environ, "PHOTOS_PER_ADDRESS", 40),
        limit_loopback=_yes(environ, "LIMIT_LOOPBACK"),
        metrics_token=environ.get("METRICS_TOKEN", ""),
        log_level=environ.get("LOG_LEVEL", "INFO").upper(),
    )


def variable_names() -> tuple[str, ...]:
    """Name every environment variable that `read_settings` looks at."""
    return tuple(field.name.upper() for field in fields(Settings))


def _number(environ: Mapping[str, str], name: str, default: int) -> int:
    value = environ.get(name, str(default))
    if not value.isdecimal() or int(value) < 1:
        raise BadSetting(f"{name} takes a whole number above zero, not {value!r}")
    return int(value)


def _yes(environ: Mapping[str, str], name: str) -> bool:
    value = environ.get(name, "no").lower()
    if value not in ("yes", "no"):
        raise BadSetting(f"{name} takes yes or no, not {value!r}")
    return value == "yes"


def _address(environ: Mapping[str, str], name: str, default: str) -> str:
    value = environ.get(name, default).rstrip("/")
    if not value.startswith(("http://", "https://")):
        raise BadSetting(f"{name} takes an address that begins with http:// or https://, not {value!r}")
    return value


def _kept_secret(path: Path) -> str:
    """Read a secret from its file; make it first where there is none, readable by its owner only."""
    try:
        return path.read_text("ascii").strip()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(32))
        try:
            os.link(fresh, path)  # never replaces: the first of two starting processes wins
        except FileExistsError:
            pass
        fresh.unlink()
        return path.read_text("ascii").strip()
