"""Who you are is asked everywhere but here."""

import json
from pathlib import Path

CONTRACT = json.loads((Path(__file__).parents[2] / "openapi" / "openapi.json").read_text())

# What machines ask, and how one signs in.
PUBLIC = {
    "check_alive",
    "check_ready",
    "read_version",
    "sign_in",
    "sign_in_by_link",
    # Links for one purpose: their secret says who is asking.
    "read_sounding_link",
    "answer_sounding_link",
    "read_call_link",
    "answer_call_link",
}


def test_every_operation_asks_who_you_are_unless_it_is_public() -> None:
    operations = [o for methods in CONTRACT["paths"].values() for o in methods.values()]

    assert {o["operationId"] for o in operations if not o.get("security")} == PUBLIC
