"""What the component learned is kept in Rasa's storage and found there again."""

from __future__ import annotations

from pathlib import Path

from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import lessons
from bot.nlu.entities import EntityFinder
from bot.nlu.intents import IntentClassifier
from bot.nlu.reader import Reader

TAUGHT = [
    ("my fridge has stopped working", "report_fault"),
    ("the washing machine leaks", "report_fault"),
    ("冰箱坏了不制冷", "report_fault"),
    ("我部冷氣唔凍", "report_fault"),
    ("when are you open", "faq/opening_hours"),
    ("opening hours on Sunday please", "faq/opening_hours"),
    ("你们几点开门", "faq/opening_hours"),
    ("你哋幾點開門", "faq/opening_hours"),
]


def test_a_trained_component_is_loaded_without_pickle_and_understands(tmp_path: Path) -> None:
    storage, resource = LocalModelStorage(tmp_path), Resource("intents")
    context = ExecutionContext(GraphSchema({}), "test")
    config = IntentClassifier.get_default_config()
    examples = [Message.build(text, label) for text, label in TAUGHT]
    IntentClassifier.create(config, storage, resource, context).train(TrainingData(examples))
    loaded = IntentClassifier.load(config, storage, resource, context)
    message = Message(data={"text": "nei dei gei dim hoi mun"})
    for component in (Reader(), EntityFinder(), loaded):
        component.process([message])
    assert message.get("label") == "faq/opening_hours"
    assert not [path for path in tmp_path.rglob("*") if path.suffix in (".pkl", ".skops", ".joblib")]


def test_cantonese_lines_are_also_learned_as_people_spell_them() -> None:
    lines = lessons.lines(
        [("我部洗衣機漏水呀，幾時有人嚟整", "report_fault"), ("the fridge leaks", "report_fault")], seed=1
    )
    assert [line.group for line in lines] == [0, 0, 1]
    assert [line.reading.identified.romanized for line in lines] == [None, "jyutping", None]
    assert lines[1].trust < lines[0].trust


def test_lessons_are_the_same_every_time() -> None:
    examples = [("我部洗衣機漏水呀", "report_fault"), ("你哋幾點開門呀", "faq/opening_hours")]
    first, second = (lessons.lines(examples, seed=3) for _ in range(2))
    assert [line.reading.original for line in first] == [line.reading.original for line in second]
