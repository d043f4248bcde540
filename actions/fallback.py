"""What was not understood: rephrase; then the two likeliest meanings; then a person or a ticket."""

from __future__ import annotations

from sqlalchemy.orm import Session

from actions.desk import DeskAction
from actions.talk import Answer, Message, Say, State, say
from actions.tickets import ActionReportFault

_OFFERED = 2
_NOT_OFFERED = frozenset(
    {"nlu_fallback", "out_of_scope", "inform", "affirm", "deny", "cancel", "repeat", "correct_detail"}
    | {"request_human"}  # a person is the last choice in any case
)


class ActionNotUnderstood(DeskAction):
    """Climbs the ladder one step at a time; any understood message in between starts it anew."""

    def name(self) -> str:
        """Name the action as the rules do."""
        return "action_not_understood"

    def answer(self, session: Session, message: Message, state: State) -> Answer:
        """Ask for other words, offer meanings, or offer a way out. A fault alone says enough for a repair."""
        if message.find("fault") and not state.form:
            return ActionReportFault().answer(session, message, state)
        misses = state.misses + 1
        if misses == 1:
            return Answer((say("utter_rephrase"),), state.form, misses=misses, keeps_last=True)
        likeliest = [name for name in message.ranking if name not in _NOT_OFFERED][:_OFFERED]
        if misses == 2 and likeliest:
            choices = [{"say": "meaning_" + name.replace("/", "_"), "payload": {"intent": name}} for name in likeliest]
            asked = Say("utter_did_you_mean", choices=(*choices, "person"))
        else:
            asked = Say("utter_give_up", choices=("person", "report_fault"))
        return Answer((asked,), state.form, asks=True, misses=misses, keeps_last=True)
