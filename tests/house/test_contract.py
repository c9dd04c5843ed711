"""The contract is a file, it is current, and it says everything a partner needs."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from pydantic import TypeAdapter

from api.core.settings import Settings
from api.identity.me.schemas import Scope
from api.main import V1, create_app

FILE = Path(__file__).parents[2] / "openapi" / "openapi.json"
CONTRACT: dict[str, Any] = json.loads(FILE.read_text())
ROUTES = [route for router in V1 for route in router.routes]
OPERATIONS = [
    pytest.param(method, path, operation, id=operation["operationId"])
    for path, operations in CONTRACT["paths"].items()
    for method, operation in operations.items()
]
each = pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS)

# Answers that show a secret once, which must not be kept to be shown again; and checks of a code.
NOT_KEPT = {"sign_in", "sign_in_by_link", "make_my_token", "make_sign_in_link"}
# And what changes nothing, however often it is asked.
NOT_KEPT |= {"check_similarity", "check_audience", "read_sounding_link", "read_call_link"}
# What shows a secret once, and what a link without an account may say once, or again.
NOT_KEPT |= {"ask_sounding", "answer_sounding_link", "answer_call_link"}
# Lists that are short by nature and answered whole.
WHOLE = {"read_calls", "read_candidates", "read_date_polls", "read_tree", "measure_community"}


def schema_of(answer: dict[str, Any]) -> dict[str, Any]:
    schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
    return resolve(schema)


def resolve(schema: dict[str, Any]) -> dict[str, Any]:
    if ref := schema.get("$ref"):
        found: dict[str, Any] = CONTRACT["components"]["schemas"][ref.rpartition("/")[2]]
        return found
    return schema


def names(operation: dict[str, Any], where: str) -> set[str]:
    found = (p["name"] for p in operation.get("parameters", []) if p["in"] == where)
    return {name.lower() if where == "header" else name for name in found}


def test_the_committed_contract_is_what_the_routes_make(settings):
    app = create_app(Settings(_env_file=None, database_url=settings.database_url, worker="none"))

    made = json.loads(json.dumps(app.openapi()))
    app.state.engine.dispose()

    assert made == CONTRACT, "run `make openapi`"


def test_the_contract_is_valid():
    errors = list(OpenAPIV31SpecValidator(CONTRACT).iter_errors())

    assert [e.message for e in errors] == []


def test_the_contract_names_no_machine():
    assert "servers" not in CONTRACT
    assert not re.search(r"localhost|127\.0\.0\.1|file:", FILE.read_text())


def test_every_operation_has_a_name_of_its_own():
    found = [operation.values[2]["operationId"] for operation in OPERATIONS]

    assert len(found) == len(set(found))


@each
def test_an_operation_explains_itself(method, path, operation):
    assert operation["summary"] and not operation["summary"].endswith(".")
    assert operation["description"].endswith(".")
    assert len(operation["tags"]) == 1
    for parameter in operation.get("parameters", []):
        assert "schema" in parameter
    for status, answer in operation["responses"].items():
        assert answer["description"], status
        assert "X-Request-Id" in answer["headers"]


@each
def test_an_operation_promises_every_way_it_can_be_refused(method, path, operation):
    expected = {"422", "500", "503"} if path.startswith("/v1/") else set()
    if operation["security"]:
        expected |= {"401", "403"}
        assert operation["x-scope"] in set(Scope), "no token could be narrowed to it"
    if method in ("post", "put", "patch"):
        expected |= {"400", "413", "415"} if "requestBody" in operation else set()
    if "if-match" in names(operation, "header"):
        expected |= {"412", "428"}
    if "{" in path and operation["security"]:
        expected |= {"404"}

    assert expected <= operation["responses"].keys()
    for status, answer in operation["responses"].items():
        if status >= "400":
            assert list(answer["content"]) == ["application/problem+json"], status


@each
def test_a_post_can_be_repeated_safely(method, path, operation):
    kept = "idempotency-key" in names(operation, "header")

    assert kept == (method == "post" and operation["operationId"] not in NOT_KEPT)
    if kept:
        assert "409" in operation["responses"]


@each
def test_a_list_is_read_page_by_page(method, path, operation):
    schema = schema_of(operation["responses"].get("200", {}))
    items = method == "get" and "items" in schema.get("properties", {})
    if not items or operation["operationId"] in WHOLE:
        return

    assert {"limit", "cursor"} <= names(operation, "query")
    assert "next" in schema["required"]


@each
def test_what_has_a_version_is_changed_only_by_who_read_it(method, path, operation):
    single = CONTRACT["paths"][path].get("get")
    if single is None or method not in ("patch", "put", "delete"):
        return
    if "version" in schema_of(single["responses"]["200"]).get("properties", {}):
        assert "if-match" in names(operation, "header")


@each
def test_what_has_a_version_carries_its_tag(method, path, operation):
    for status in ("200", "201"):
        answer = operation["responses"].get(status)
        fields = schema_of(answer or {}).get("properties", {})
        if answer and fields.get("version", {}).get("type") == "integer":
            assert "ETag" in answer["headers"]
            assert method != "get" or "304" in operation["responses"]


def refs(part: Any) -> Iterator[str]:
    """Every name of a schema in a part of the contract."""
    if isinstance(part, dict):
        if ref := part.get("$ref"):
            yield ref.rpartition("/")[2]
        part = list(part.values())
    if isinstance(part, list):
        for inner in part:
            yield from refs(inner)


def answered() -> dict[str, dict[str, Any]]:
    """Every schema that stands in a good answer, however deep."""
    schemas = CONTRACT["components"]["schemas"]
    good = [
        answer
        for operation in OPERATIONS
        for status, answer in operation.values[2]["responses"].items()
        if status < "300"
    ]
    found: dict[str, dict[str, Any]] = {}
    waiting = list(refs(good))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = schemas[name]
            waiting += refs(schemas[name])
    return found


# Fields that stand in an answer only where they were asked for or have something to say.
SOMETIMES = {
    ("CommunityPage", "count"),
    ("MembershipPage", "count"),
    ("ProposalPage", "count"),
    *(("ProblemBody", field) for field in ("detail", "request_id", "errors", "legal")),
}
# Rows of a list of attendances are each answered by themselves, so that one odd row refuses none.
BY_ROW = {"body/rows/0/minutes"}


@pytest.mark.parametrize("name", sorted(answered()))
def test_what_is_answered_is_always_there(name):
    """A field that may be absent makes every reader ask; one that may be null says so."""
    schema = answered()[name]
    optional = schema.get("properties", {}).keys() - set(schema.get("required", ()))

    assert {(name, field) for field in optional} <= SOMETIMES


def requested() -> list[Any]:
    return [o for o in OPERATIONS if "requestBody" in o.values[2]]


@pytest.mark.parametrize(("method", "path", "operation"), requested())
def test_a_body_refuses_what_it_does_not_know(method, path, operation):
    schema = resolve(operation["requestBody"]["content"]["application/json"]["schema"])
    for each_schema in [schema, *(resolve(s) for s in schema.get("anyOf", []))]:
        if each_schema.get("type") == "object":
            assert each_schema["additionalProperties"] is False


@pytest.mark.parametrize(("method", "path", "operation"), requested())
def test_a_body_is_shown_by_an_example_that_would_be_taken(method, path, operation):
    content = operation["requestBody"]["content"]["application/json"]
    [example] = content["examples"].values()
    schema = {**content["schema"], "components": CONTRACT["components"]}

    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)

    assert [e.message for e in validator.iter_errors(example["value"])] == []
    [route] = [r for r in ROUTES if r.operation_id == operation["operationId"]]
    TypeAdapter(route.body_field.field_info.annotation).validate_python(example["value"])


def test_no_schema_is_named_by_a_machine():
    assert [name for name in CONTRACT["components"]["schemas"] if not name.isalnum()] == []


@pytest.mark.parametrize(("method", "path", "operation"), requested())
def test_text_and_lists_from_outside_are_bounded(method, path, operation):
    loose: list[str] = []

    def look(schema: dict[str, Any], at: str, seen: frozenset[str] = frozenset()) -> None:
        ref = schema.get("$ref", "")
        if ref in seen and ref:
            return
        schema = resolve(schema)
        kind = schema.get("type")
        if kind == "string" and not {"maxLength", "enum", "format", "const"} & schema.keys():
            loose.append(at)
        if kind == "array":
            if "maxItems" not in schema:
                loose.append(at)
            look(schema.get("items", {}), f"{at}/0", seen | {ref})
        if kind in ("integer", "number") and not (
            {"maximum", "exclusiveMaximum", "const", "enum"} & schema.keys()
        ):
            loose.append(at)
        for inner in (*schema.get("anyOf", []), *schema.get("oneOf", [])):
            look(inner, at, seen | {ref})
        for name, field in schema.get("properties", {}).items():
            look(field, f"{at}/{name}", seen | {ref})

    look(operation["requestBody"]["content"]["application/json"]["schema"], "body")

    assert set(loose) <= BY_ROW
