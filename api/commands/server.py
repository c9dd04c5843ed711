"""A Trellis elsewhere, spoken to through its public API as any partner would."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn
from urllib.parse import urlsplit
from uuid import UUID

import httpx2

from api.commands.terminal import Exit, refuse

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
# Answers that a proxy gives, or Trellis itself, while it is not there to be asked.
_AWAY = (502, 503, 504)


class Server:
    """One Trellis and the token to ask it with. Every refusal ends the command in plain words."""

    def __init__(self, url: str | None, token: str | None, *, token_stdin: bool = False):
        if url is None:
            from api.core.settings import Settings

            url = Settings().public_url
        self.url = _address(url)
        host = urlsplit(self.url).hostname
        self._http = httpx2.Client(
            base_url=self.url,
            headers={"Authorization": f"Bearer {_word(token, from_stdin=token_stdin)}"},
            timeout=httpx2.Timeout(60, connect=10, read=300),
            # A proxy for the world outside does not know this machine.
            trust_env=host not in _LOOPBACK,
        )

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def get(self, path: str, **query: Any) -> Any:
        with self._reaching():
            return _read(self._http.get(path, params=_given(query)))

    def post(self, path: str, body: Any, **query: Any) -> httpx2.Response:
        """Send a body; what comes of a refusal of its content is for the caller to say."""
        with self._reaching():
            answer = self._http.post(path, json=body, params=_given(query))
        if answer.status_code not in (400, 409, 422):
            _pass(answer)
        return answer

    @contextmanager
    def stream(self, path: str, **query: Any) -> Iterator[httpx2.Response]:
        """Open an answer that is read piece by piece; one that breaks off is an error."""
        with (
            self._reaching(),
            self._http.stream("GET", path, params=_given(query)) as answer,
        ):
            if answer.is_error:
                answer.read()
            _pass(answer)
            yield answer

    def community_id(self, name: str) -> str:
        """Find a community by its id or its slug, the last part of its address."""
        try:
            return str(UUID(name))
        except ValueError:
            pass
        found = self.get("/v1/communities", slug=name)["items"]
        if not found:
            refuse(f"There is no community “{name}” here, or not for you.")
        return str(found[0]["id"])

    @contextmanager
    def _reaching(self) -> Iterator[None]:
        try:
            yield
        except (httpx2.ConnectError, httpx2.ConnectTimeout):
            refuse(f"Nothing answers at {self.url}. Is Trellis running there?", Exit.UNREACHABLE)
        except httpx2.TimeoutException:
            refuse(f"{self.url} took too long to answer.", Exit.UNREACHABLE)
        except (httpx2.TransportError, httpx2.DecodingError):
            refuse(f"The connection to {self.url} broke off. Try again.", Exit.UNREACHABLE)


def refused(answer: httpx2.Response, fault: Any = None) -> NoReturn:
    """Say why the server refused; `fault` puts where it is wrong in the words of the command."""
    problem = _problem(answer)
    lines = [problem.get("detail") or problem.get("title") or "The server refused."]
    for each in problem.get("errors") or ():
        place = fault(each["at"]) if fault else each["at"].replace("query/", "")
        lines.append(f"{place}: {each['detail']}")
    refuse("\n".join(lines), Exit.USAGE if _by_argument(problem) else Exit.REFUSED)


def _by_argument(problem: dict[str, Any]) -> bool:
    """Whether everything that is wrong was an option of the command, which makes up the query."""
    faults = problem.get("errors") or ()
    return bool(faults) and all(each["at"].startswith("query/") for each in faults)


def _read(answer: httpx2.Response) -> Any:
    _pass(answer)
    try:
        return answer.json()
    except ValueError:
        _stranger(answer)


def _pass(answer: httpx2.Response) -> None:
    """Let a good answer through; end the command with anything else."""
    status = answer.status_code
    if answer.is_success:
        return
    problem = _problem(answer)
    words = problem.get("detail") or problem.get("title")
    if status == 401:
        refuse(words or "This token is not, or no longer, good.", Exit.NOT_ALLOWED)
    if status == 403:
        refuse(words or "That is not allowed with this token.", Exit.NOT_ALLOWED)
    if status in _AWAY:
        refuse(words or f"The server is not available ({status}).", Exit.UNREACHABLE)
    if status == 429:
        wait = answer.headers.get("retry-after", "some")
        refuse(f"Too many requests. Wait {wait} seconds, then repeat.")
    if not problem:
        _stranger(answer)
    refused(answer)


def _problem(answer: httpx2.Response) -> dict[str, Any]:
    """What the server says about a refusal; empty where something else answered for it."""
    if answer.headers.get("content-type", "").partition(";")[0] != "application/problem+json":
        return {}
    try:
        problem = answer.json()
    except ValueError:
        return {}
    return problem if isinstance(problem, dict) else {}


def _stranger(answer: httpx2.Response) -> NoReturn:
    refuse(f"What answered at {answer.url} with {answer.status_code} is not Trellis.")


def _given(query: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in query.items() if value is not None}


def _address(url: str) -> str:
    parts = urlsplit(url)
    try:
        sound = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        sound = False
    if not sound or "@" in parts.netloc or parts.query or parts.fragment:
        refuse(f"{url!r} is not an address such as https://trellis.example.org.", Exit.USAGE)
    return url.rstrip("/")


def _word(token: str | None, *, from_stdin: bool) -> str:
    word = sys.stdin.readline() if from_stdin else token or ""
    word = word.strip()
    if not word:
        refuse(
            "A token is needed: set TRELLIS_TOKEN, or use --token-stdin. "
            "`trellis token create` makes one.",
            Exit.NOT_ALLOWED,
        )
    if not word.isascii() or not word.isprintable() or " " in word:
        refuse("That is not a token.", Exit.USAGE)
    return word
