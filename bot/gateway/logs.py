"""The gateway's log."""

from __future__ import annotations

from bot.logs import event_log

log = event_log("saamjyu.gateway")
