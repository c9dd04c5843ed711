"""What an export refuses before it has asked any server."""

import pytest

from tests.cli.conftest import Trellis


def test_wrong_usage_says_what_there_is(trellis: Trellis) -> None:
    dataset = trellis("export", "secrets", TRELLIS_TOKEN="word")
    format_ = trellis("export", "sessions", "--format", "pdf", TRELLIS_TOKEN="word")

    assert (dataset.code, format_.code) == (2, 2)
    assert "attendances" in dataset.err


@pytest.mark.parametrize("option", ["--from", "--to", "--as-of", "--changed-since"])
def test_a_day_that_is_none_is_wrong_usage(option: str, trellis: Trellis) -> None:
    done = trellis("export", "sessions", option, "nope", TRELLIS_URL="http://127.0.0.1:9")

    assert (done.code, done.out) == (2, b"")
    assert option in done.err and "nope" in done.err


def test_without_a_token_nothing_is_exported(trellis: Trellis) -> None:
    done = trellis("export", "sessions", TRELLIS_URL="http://127.0.0.1:9")

    assert (done.code, done.out) == (4, b"")
    assert "TRELLIS_TOKEN" in done.err
