"""The contract as a page for people: one file, no script, nothing fetched from elsewhere."""

import base64
import hashlib
import html
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

STYLE = (Path(__file__).parent / "reference.css").read_text()
_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
# The one style is named by its hash, so that nothing else on these pages can be one.
POLICY = (
    f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_METHODS = ("get", "post", "put", "patch", "delete")

Schema = dict[str, Any]


def page(title: str, body: str) -> str:
    """Wrap a body in a page that stands alone."""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_text(title)}</title><style>{STYLE}</style></head>\n"
        f"<body><main>\n{body}\n</main></body></html>\n"
    )


def render(document: dict[str, Any]) -> str:
    """Write the reference page of an OpenAPI document."""
    about = document["info"]
    tags = _by_tag(document)
    schemas = document["components"]["schemas"]
    parts = [
        f"<h1>{_text(about['title'])} API</h1>",
        f'<p class="soft">Version {_text(about["version"])}, OpenAPI {document["openapi"]}. '
        '<a href="/openapi.json">The contract as JSON</a></p>',
        _prose(about["description"]),
        _contents(tags),
    ]
    for tag, operations in tags.items():
        parts.append(f'<section aria-labelledby="tag-{tag}"><h2 id="tag-{tag}">{_title(tag)}</h2>')
        parts += (_operation(*operation) for operation in operations)
        parts.append("</section>")
    parts.append('<section aria-labelledby="schemas"><h2 id="schemas">Schemas</h2>')
    parts += (_schema(name, schema) for name, schema in schemas.items())
    parts.append("</section>")
    return page(f"{about['title']} API", "\n".join(parts))


def _by_tag(document: dict[str, Any]) -> dict[str, list[tuple[str, str, Schema]]]:
    tags: dict[str, list[tuple[str, str, Schema]]] = {}
    for path, operations in document["paths"].items():
        for method in _METHODS:
            if operation := operations.get(method):
                tags.setdefault(operation["tags"][0], []).append((method, path, operation))
    return tags


def _contents(tags: dict[str, list[tuple[str, str, Schema]]]) -> str:
    lines = ['<nav aria-label="Contents"><ul>']
    for tag, operations in tags.items():
        lines.append(f'<li><a href="#tag-{tag}">{_title(tag)}</a><ul>')
        lines += (
            f'<li><a href="#{o["operationId"]}">{_text(o["summary"])}</a></li>'
            for _, _, o in operations
        )
        lines.append("</ul></li>")
    return "\n".join([*lines, '<li><a href="#schemas">Schemas</a></li></ul></nav>'])


def _operation(method: str, path: str, operation: Schema) -> str:
    name = operation["operationId"]
    return "\n".join(
        part
        for part in (
            f'<h3 id="{name}">{_text(operation["summary"])}</h3>',
            f'<p><code class="method">{method.upper()}</code> <code>{_text(path)}</code></p>',
            _prose(operation.get("description", "")),
            f'<p class="soft">{_who(operation)}</p>',
            _parameters(operation.get("parameters", [])),
            _body(operation.get("requestBody")),
            _answers(operation["responses"]),
        )
        if part
    )


def _who(operation: Schema) -> str:
    if not operation["security"]:
        return "Asks nobody who they are."
    return f"Needs a sign-in, or a token with the scope <code>{operation['x-scope']}</code>."


def _parameters(parameters: list[Schema]) -> str:
    rows = (
        (
            f"<code>{_text(p['name'])}</code>",
            p["in"] + (", required" if p.get("required") else ""),
            _kind(p["schema"]),
            _inline(p.get("description", "")),
        )
        for p in parameters
    )
    return _table("Parameters", ("name", "where", "type", "meaning"), rows) if parameters else ""


def _body(body: Schema | None) -> str:
    if body is None:
        return ""
    content = body["content"]["application/json"]
    shown = "".join(
        f"<pre>{_text(json.dumps(e['value'], indent=2, ensure_ascii=False))}</pre>"
        for e in content.get("examples", {}).values()
    )
    return f"<h4>Body</h4><p>{_kind(content['schema'])}</p>{shown}"


def _answers(responses: dict[str, Schema]) -> str:
    def what(answer: Schema) -> str:
        kinds = (_kind(c["schema"]) for c in answer.get("content", {}).values() if "schema" in c)
        return ", ".join(dict.fromkeys(kinds)) or "nothing"

    rows = (
        (f"<code>{status}</code>", what(answer), _inline(answer["description"]))
        for status, answer in sorted(responses.items())
    )
    return _table("Answers", ("status", "body", "when"), rows)


def _schema(name: str, schema: Schema) -> str:
    lines = [f'<h3 id="schema-{name}">{name}</h3>', _prose(schema.get("description", ""))]
    if "enum" in schema:
        lines.append("<p>One of " + ", ".join(f"<code>{_text(v)}</code>" for v in schema["enum"]))
        lines.append("</p>")
    required = schema.get("required", ())
    fields = schema.get("properties", {})
    rows = (
        (
            f"<code>{_text(field)}</code>" + (", required" if field in required else ""),
            _kind(kind),
            _inline(kind.get("description", "")),
        )
        for field, kind in fields.items()
    )
    if fields:
        lines.append(_table(f"Fields of {name}", ("name", "type", "meaning"), rows, show=False))
    return "\n".join(line for line in lines if line)


def _table(
    title: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]], *, show: bool = True
) -> str:
    head = "".join(f'<th scope="col">{h}</th>' for h in heads)
    lines = (
        f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in rest)}</tr>'
        for first, *rest in rows
    )
    caption = f"<h4>{title}</h4>" if show else ""
    return (
        f'{caption}<table aria-label="{title}"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table>"
    )


def _kind(schema: Schema) -> str:
    """A schema in a few words: what it is, and between which limits."""
    if ref := schema.get("$ref"):
        name = ref.rpartition("/")[2]
        return f'<a href="#schema-{name}">{name}</a>'
    for key in ("anyOf", "oneOf", "allOf"):
        if key in schema:
            return " or ".join(_kind(s) for s in schema[key])
    if "enum" in schema or "const" in schema:
        return ", ".join(
            f"<code>{_text(v)}</code>" for v in schema.get("enum", [schema.get("const")])
        )
    if schema.get("type") == "array":
        return " ".join(["list of", _kind(schema.get("items", {})), *_limits(schema)])
    word = schema.get("format") or schema.get("type") or "anything"
    return " ".join([_text(word), *_limits(schema)])


_LIMITS = {
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "minItems": "at least {}",
    "maxItems": "at most {}",
    "minimum": "from {}",
    "maximum": "up to {}",
}


def _limits(schema: Schema) -> Iterator[str]:
    words = [words.format(schema[key]) for key, words in _LIMITS.items() if key in schema]
    words = ["not empty" if w == "at least 1 characters" else w for w in words]
    if words:
        yield f'<span class="soft">({", ".join(words)})</span>'
    if schema.get("default") is not None:
        yield f'<span class="soft">unless given: <code>{_text(schema["default"])}</code></span>'


def _prose(words: str) -> str:
    return "".join(f"<p>{_inline(p)}</p>" for p in re.split(r"\n\s*\n", words.strip()) if p)


def _inline(words: str) -> str:
    """Text with `code` in it."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", _text(words))


def _title(tag: str) -> str:
    return _text(tag.replace("-", " ").capitalize())


def _text(words: object) -> str:
    return html.escape(str(words))
