"""What holds for every room, also for one that is built tomorrow."""

import ast
import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from api.commands import handbook
from api.core.events import KINDS as EVENTS
from api.core.events import Event
from api.core.problems import KINDS as PROBLEMS
from api.core.problems import Problem
from api.core.schemas import Asked
from api.main import V1
from tests import make

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "api").rglob("*.py"))
BANNED = {"utils", "helpers", "common", "manager", "processor", "data", "info"}
# Where a transaction ends: requests, the worker, and what an operator runs.
EDGES = {
    "api/core/work.py",
    "api/core/moving.py",
    "api/worker.py",
    "api/commands/checkup.py",
}

by_name = pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(ROOT)))


def subclasses(kind: type) -> Iterator[type]:
    for child in kind.__subclasses__():
        if child.__module__.startswith("api."):
            yield child
        yield from subclasses(child)


def one_sentence(words: str | None) -> bool:
    text = " ".join((words or "").split())
    return bool(re.fullmatch(r"[A-Z“][^.!?]*(?:\.\w[^.!?]*)*\.", text))


@by_name
def test_no_file_is_longer_than_a_person_likes_to_read(file):
    assert len(file.read_text().splitlines()) <= 400


@by_name
def test_nothing_has_a_name_that_says_nothing(file):
    tree = ast.parse(file.read_text())
    names = {file.stem, file.parent.name}
    names |= {n.name for n in ast.walk(tree) if isinstance(n, ast.ClassDef)}
    words = {w.lower() for name in names for w in re.findall(r"[A-Z]?[a-z]+", name)}

    assert not words & BANNED


@by_name
def test_only_the_edges_end_a_transaction(file):
    calls = (n for n in ast.walk(ast.parse(file.read_text())) if isinstance(n, ast.Call))
    ends = [
        c.lineno
        for c in calls
        if isinstance(c.func, ast.Attribute) and c.func.attr in ("commit", "rollback")
    ]

    assert not ends or str(file.relative_to(ROOT)) in EDGES


@by_name
def test_only_the_clock_asks_what_time_it_is(file):
    if file.name == "clock.py":
        return
    asked = re.findall(r"datetime\.(?:utc)?now\(|date\.today\(|time\.time\(", file.read_text())

    assert not asked


@by_name
def test_every_exception_to_a_rule_has_its_reason(file):
    explained: dict[str, int] = {}
    for number, line in enumerate(file.read_text().splitlines(), 1):
        if found := re.search(r"# (noqa: [A-Z0-9, ]+|type: ignore\[[a-z-, ]+\])(.*)", line):
            kind = found[1].strip()
            # Lines close together share their reason.
            near = number - explained.get(kind, -9) <= 2
            assert near or found[2].strip(" ()#"), f"{file.name}:{number}"
            explained[kind] = number


@pytest.mark.parametrize("package", [f for f in FILES if f.name == "__init__.py"], ids=str)
def test_packages_are_only_folders(package):
    assert package.read_text() == ""


RULES = [
    pytest.param(rule, id=f"{room}.{rule.__name__}")
    for room in handbook.ROOMS
    for rule in handbook.rules_of(import_module(f"api.{room}.policy"))
]


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_one_sentence(rule):
    assert one_sentence(rule.__doc__), rule.__doc__
    assert len(rule.__doc__) <= 100, "it is read in a small space"


def test_what_can_be_told_is_a_rule_with_words():
    for room in handbook.ROOMS:
        for rule in import_module(f"api.{room}.policy").RULES:
            assert rule.__doc__, rule


EVENT_KINDS = [e for e in subclasses(Event) if "kind" in vars(e)]


@pytest.mark.parametrize("event", EVENT_KINDS, ids=lambda e: e.kind)
def test_every_event_is_a_fact_in_one_sentence(event):
    assert re.fullmatch(r"[a-z_]+\.[a-z_]+", event.kind)
    assert len(event.kind) <= 60
    assert len(event.kind.split(".")[0]) <= 30
    assert one_sentence(event.__doc__), event.__doc__
    assert EVENTS[event.kind] is event, "two events of one kind"


@pytest.mark.parametrize("problem", list(subclasses(Problem)), ids=lambda p: p.slug())
def test_every_problem_says_what_it_means(problem):
    assert 400 <= problem.status <= 503
    assert problem.title and not problem.title.endswith(".")
    assert problem.__doc__ and problem.__doc__.strip().endswith(".")
    assert PROBLEMS[problem.slug()] is problem, "two problems of one name"
    assert "title" in vars(problem), "a problem of its own has a title of its own"


@pytest.mark.parametrize("name", sorted(handbook.pages()))
def test_the_lists_for_readers_are_current(name):
    page = handbook.FOLDER / name

    assert page.read_text() == handbook.pages()[name], "run `make openapi`"


ROUTES = [route for router in V1 for route in router.routes]


@pytest.mark.parametrize("route", ROUTES, ids=lambda r: f"{min(r.methods)} {r.path}")
def test_a_route_is_a_plain_function_with_words_for_partners(route):
    endpoint = inspect.unwrap(route.endpoint)

    assert route.operation_id == endpoint.__name__
    words = (endpoint.__doc__ or "").strip()
    assert words[:1].isupper() and words.endswith("."), "words for partners"
    assert not inspect.iscoroutinefunction(endpoint), "it would hold up everybody else"
    assert re.fullmatch(r"/v1(/[a-z-]+|/\{[a-z_]+\})+", route.path)


def bodies() -> set[type[BaseModel]]:
    found: set[type[BaseModel]] = set()
    for route in ROUTES:
        if route.body_field:
            found |= set(models_in(route.body_field.field_info.annotation))
    return found


def models_in(kind: Any) -> Iterator[type[BaseModel]]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
        for field in kind.model_fields.values():
            yield from models_in(field.annotation)
    for inner in get_args(kind):
        yield from models_in(inner)


@pytest.mark.parametrize("model", sorted(bodies(), key=str), ids=lambda m: m.__name__)
def test_a_field_nobody_knows_is_refused_at_every_depth(model):
    assert model.model_config.get("extra") == "forbid"
    assert issubclass(model, Asked) or model.model_config.get("allow_inf_nan") is False, (
        "it lets numbers in that are none"
    )


def test_a_query_key_nobody_knows_is_refused_everywhere(acting, db):
    """A misspelt filter must not answer the whole list, nor a misspelt `dry_run` be none."""
    client = acting(make.steward(db))
    for route in ROUTES:
        path = re.sub(r"\{[a-z_]+\}", str(make.UNKNOWN), route.path)
        body = {"json": {}} if route.body_field else {}
        answer = client.request(min(route.methods), f"{path}?no_such_key=1", **body)

        assert answer.status_code == 422, f"{route.path}: {answer.text}"
        assert "query/no_such_key" in [e["at"] for e in answer.json()["errors"]], route.path


def test_no_table_leaves_the_house():
    for route in ROUTES:
        for model in models_in(route.response_model):
            assert not getattr(model, "__table__", None) is not None, f"{route.path}: {model}"
