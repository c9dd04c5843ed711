"""The contract: what the framework derives from the routes, completed by what holds for all."""

import json
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.core.problems import ProblemBody

_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "A word of yours that makes it safe to repeat this request for 24 hours.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
}
_EXAMPLES = Path(__file__).parents[2] / "openapi" / "examples.json"
# What a good answer means, where the framework would say that it was a response.
_DONE = {"200": "As asked", "201": "Made", "204": "Done"}
_SEEN = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "The ETag of the answer you have; 304 says that it still holds.",
    "schema": {"type": "string"},
}
_ETAG = {
    "description": "The version that was read; send it as `If-Match` to change it.",
    "schema": {"type": "string"},
}
_SECURITY = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "A personal token, `trellis_pat_…`, made in the settings or by the CLI.",
    },
    "cookie": {
        "type": "apiKey",
        "in": "cookie",
        "name": "__Host-trellis",
        "description": "The sign-in of a person in a browser.",
    },
}


def complete(app: FastAPI) -> dict[str, Any]:
    """Write the OpenAPI document; the same routes always give the same bytes."""
    if app.openapi_schema:
        return app.openapi_schema
    document = get_openapi(
        title=app.title,
        version=app.version,
        summary="Communities of practice in health, mental-health and well-being networks.",
        description=_ABOUT,
        routes=app.routes,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    parts = document.setdefault("components", {})
    schemas = parts.setdefault("schemas", {})
    problem = ProblemBody.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(problem.pop("$defs", {}))
    schemas["ProblemBody"] = problem
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    parts["securitySchemes"] = _SECURITY
    examples = json.loads(_EXAMPLES.read_text())
    for path in document["paths"].values():
        for method, operation in path.items():
            _complete_operation(method, operation)
            _show_an_example(operation, examples)
    parts["schemas"] = dict(sorted(schemas.items()))
    app.openapi_schema = document
    return document


def _show_an_example(operation: dict[str, Any], examples: dict[str, Any]) -> None:
    example = examples.get(operation["operationId"])
    if example is not None:
        content = operation["requestBody"]["content"]["application/json"]
        content["examples"] = {"usual": {"summary": "A usual request", "value": example}}


def _complete_operation(method: str, operation: dict[str, Any]) -> None:
    operation["summary"] = operation["operationId"].replace("_", " ").capitalize()
    if "x-scope" in operation:
        operation["security"] = [{"token": []}, {"cookie": []}]
    else:
        operation["security"] = []
    if operation.pop("x-idempotent", False):
        operation.setdefault("parameters", []).append(_KEY)
    if operation.pop("x-versioned", False):
        if method == "get":
            operation.setdefault("parameters", []).append(_SEEN)
            operation["responses"]["304"] = {"description": "It is as you know it"}
        for status in {"200", "201", "304"} & operation["responses"].keys():
            operation["responses"][status].setdefault("headers", {})["ETag"] = _ETAG
    for status, answer in operation["responses"].items():
        if answer["description"] == "Successful Response":
            answer["description"] = _DONE.get(status, "Done")
        headers = answer.setdefault("headers", {})
        headers["X-Request-Id"] = {
            "description": "Names this request in our logs.",
            "schema": {"type": "string"},
        }
        if status in ("429", "503"):
            headers["Retry-After"] = {
                "description": "Seconds to wait.",
                "schema": {"type": "integer"},
            }


_ABOUT = """\
Everything people do in the web application goes through this API, and so can you.

Errors are `application/problem+json`; unknown fields and unknown query parameters are refused.
Lists answer `{items, next}`; pass `next` back as `cursor`. A resource with a `version` carries an
`ETag`; changing it needs `If-Match`. Every POST takes an `Idempotency-Key`,
but for those that show a secret once. Every resource has
`can`, the names of what you may do to it.
"""
