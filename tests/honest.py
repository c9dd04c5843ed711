"""A client that fails a test when the API answers what its contract does not promise."""

import re
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
            _contract(self.app).validator(_key(schema)).validate(answer.json())
        return answer


def _is_ours(path: str) -> bool:
    return path.startswith("/v1/") or path in ("/healthz", "/readyz", "/version")


def _promised(app: FastAPI, path: str, method: str) -> tuple[str, dict[str, Any]] | None:
    for template, pattern, operations in _contract(app).patterns:
        if pattern.fullmatch(path) and method in operations:
            return template, operations[method]
    return None


class _Contract:
    """What one set of routes promises, worked out once however many tests ask."""

    def __init__(self, document: dict[str, Any]):
        found = [
            (template, re.compile(re.sub(r"\{[^}]+\}", "[^/]+", template)), operations)
            for template, operations in document["paths"].items()
        ]
        self.patterns = sorted(found, key=lambda f: f[0].count("{"))  # `/current` before `/{id}`
        self._validators: dict[str, Any] = {}
        self._registry: Any = Registry().with_resource(
            "urn:contract", Resource.from_contents(document, default_specification=DRAFT202012)
        )

    def validator(self, ref: str) -> Any:
        if ref not in self._validators:
            schema = {"$ref": f"urn:contract{ref}"} if ref else {}
            self._validators[ref] = validator_for(schema, default=Draft202012Validator)(
                schema,
                registry=self._registry,
                format_checker=Draft202012Validator.FORMAT_CHECKER,
            )
        return self._validators[ref]


_known: dict[tuple[str, ...], _Contract] = {}


def _contract(app: FastAPI) -> _Contract:
    # By the routes, not by the application: each test has an application of its own.
    routes = tuple(getattr(route, "path", "") for route in app.router.routes)
    if routes not in _known:
        _known[routes] = _Contract(app.openapi())
    return _known[routes]


def _key(schema: dict[str, Any]) -> str:
    return str(schema["$ref"]) if "$ref" in schema else ""
