"""A client that fails a test when the API answers what its contract does not promise."""

import re
from functools import cache
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator
from jsonschema.validators import validator_for
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

MADE_BY_HAND = {"/openapi.json", "/metrics"}


class HonestClient(TestClient):
    """Every status and every body must be one that the OpenAPI document allows."""

    def request(self, method: str, url: Any, **options: Any) -> Any:
        answer = super().request(method, url, **options)
        path = answer.request.url.path
        if path in MADE_BY_HAND or path.startswith("/problems/") or not _is_ours(path):
            return answer
        assert isinstance(self.app, FastAPI)
        promised = _promised(self.app, path, "get" if method == "HEAD" else method.lower())
        if promised is None:
            assert answer.status_code in (404, 405), f"{method} {path} is not in the contract"
            return answer
        template, operation = promised
        known = operation["responses"].get(str(answer.status_code))
        assert known, f"{method} {template} never promised {answer.status_code}: {answer.text}"
        media = answer.headers.get("content-type", "").partition(";")[0]
        schema = known.get("content", {}).get(media, {}).get("schema")
        assert not answer.content or media in known.get("content", {}), (
            f"{method} {template} never promised {media} with {answer.status_code}"
        )
        if schema and media.endswith("json") and answer.content:
            _validator(self.app, _key(schema)).validate(answer.json())
        return answer


def _is_ours(path: str) -> bool:
    return path.startswith("/v1/") or path in ("/healthz", "/readyz", "/version")


def _promised(app: FastAPI, path: str, method: str) -> tuple[str, dict[str, Any]] | None:
    for template, pattern, operations in _patterns(app):
        if pattern.fullmatch(path) and method in operations:
            return template, operations[method]
    return None


@cache
def _patterns(app: FastAPI) -> list[tuple[str, re.Pattern[str], dict[str, Any]]]:
    found = [
        (template, re.compile(re.sub(r"\{[^}]+\}", "[^/]+", template)), operations)
        for template, operations in app.openapi()["paths"].items()
    ]
    return sorted(found, key=lambda f: f[0].count("{"))  # `/current` before `/{id}`


def _key(schema: dict[str, Any]) -> str:
    return str(schema["$ref"]) if "$ref" in schema else ""


@cache
def _validator(app: FastAPI, ref: str) -> Any:
    registry: Any = Registry().with_resource(
        "urn:contract", Resource.from_contents(app.openapi(), default_specification=DRAFT202012)
    )
    schema = {"$ref": f"urn:contract{ref}"} if ref else {}
    return validator_for(schema, default=Draft202012Validator)(
        schema, registry=registry, format_checker=Draft202012Validator.FORMAT_CHECKER
    )
