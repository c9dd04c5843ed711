"""The documents say what is there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.core.settings import Settings

ROOT = Path(__file__).parents[2]
DOCUMENTS = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("openapi/*.md")]


def prose(document: Path) -> str:
    """Answer the text of a document without its code blocks."""
    return re.sub(r"^```.*?^```", "", document.read_text(), flags=re.DOTALL | re.MULTILINE)


def links(document: Path) -> Iterator[str]:
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(document)):
        if not re.match(r"[a-z]+:", target):
            yield target


def headings(document: Path) -> set[str]:
    """Answer the anchors of a document's headings, written as forges write them."""
    titles = re.findall(r"^#+ (.+)$", prose(document), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", t.lower()).replace(" ", "-") for t in titles}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda d: str(d.relative_to(ROOT)))
def test_every_link_leads_somewhere(document: Path) -> None:
    for target in links(document):
        path, _, anchor = target.partition("#")
        there = (document.parent / path).resolve() if path else document

        assert there.exists(), f"{target} does not exist"
        if anchor and there.suffix == ".md":
            assert anchor in headings(there), f"{target} has no such heading"


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = set(links(folder / "README.md"))

    assert listed == {record.name for record in folder.glob("0*.md")}


def test_every_setting_is_documented_with_its_default() -> None:
    rows = re.findall(
        r"^\| `TRELLIS_(\w+)` \| ([^|]+) \|",
        (ROOT / "docs/operate/settings.md").read_text(),
        flags=re.MULTILINE,
    )
    documented = {name.lower(): default.strip() for name, default in rows}

    assert documented == {name: shown(f.default) for name, f in Settings.model_fields.items()}


def shown(default: object) -> str:
    """Write a default as the table of settings does."""
    if default is None or default == []:
        return "–"
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


def test_every_make_target_that_a_document_names_exists() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z0-9-]+):", makefile, flags=re.MULTILINE))
    words = re.compile(r"^make ([a-z0-9 -]+?)(?:\s{2,}#?.*)?$")

    for document in DOCUMENTS:
        text = document.read_text()
        named = re.findall(r"`(make [a-z0-9 -]+)`", text)
        blocks = re.findall(r"^```sh\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE)
        named += [line for block in blocks for line in block.splitlines()]
        for line in named:
            if found := words.match(line):
                unknown = set(found[1].split()) - targets
                assert not unknown, f"{document.name}: {line}"


def test_every_test_that_a_document_promises_exists() -> None:
    for document in DOCUMENTS:
        for path, name in re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", document.read_text()):
            source = ROOT / path

            assert source.exists(), f"{document.name}: {path} does not exist"
            assert f"def {name}(" in source.read_text(), f"{document.name}: {path} has no {name}"
