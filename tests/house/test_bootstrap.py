"""A machine with old tools, or none, gets what it needs; a machine with good ones keeps them."""

from pathlib import Path

import pytest

from bootstrap import browser, node, uv


def program(folder: Path, name: str, says: str) -> Path:
    """Make a program that prints one line."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\necho '{says}'\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout whose tools are not chosen yet, on a machine without any."""
    tools = tmp_path / "tools"
    monkeypatch.setattr(uv, "TOOLS", tools)
    monkeypatch.setattr(uv, "LINK", tools / "bin" / "uv")
    monkeypatch.setattr(node, "BIN", tools / "bin")
    monkeypatch.setenv("PATH", f"{tmp_path / 'machine'}:/usr/bin:/bin")
    return tools


def test_a_good_uv_is_used_where_it_stands(tools: Path, tmp_path: Path) -> None:
    own = program(tmp_path / "machine", "uv", "uv 0.13.9 (x86_64-unknown-linux-gnu)")

    uv.main()

    assert (tools / "bin" / "uv").readlink() == own


def test_an_old_uv_gives_way_to_one_from_the_registry(
    tools: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path / "machine", "uv", "uv 0.4.30")
    monkeypatch.setattr(
        uv, "of_the_registry", lambda: program(tools / "uv" / "bin", "uv", "uv 0.13.9")
    )

    uv.main()

    assert (tools / "bin" / "uv").readlink() == tools / "uv" / "bin" / "uv"


def test_a_link_to_a_uv_that_is_gone_is_mended(tools: Path, tmp_path: Path) -> None:
    (tools / "bin").mkdir(parents=True)
    (tools / "bin" / "uv").symlink_to(tmp_path / "gone")
    own = program(tmp_path / "machine", "uv", "uv 0.13.9")

    uv.main()

    assert (tools / "bin" / "uv").readlink() == own


@pytest.mark.parametrize(
    ("node_says", "npm_says"),
    [("v20.20.2", "11.19.1"), ("v22.11.0", "11.0.0"), ("v24.19.0", "10.9.8")],
)
def test_an_old_node_or_npm_gives_way_to_the_wheel(
    tools: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, node_says: str, npm_says: str
) -> None:
    machine, wheel = tmp_path / "machine", tmp_path / "wheel"
    program(machine, "node", node_says)
    program(machine, "npm", npm_says)
    locked = {
        "node": program(wheel, "node", "v24.19.0"),
        "npm": program(wheel, "npm", "11.17.0"),
        "npx": program(wheel, "npx", "11.17.0"),
    }
    monkeypatch.setattr(node, "of_the_wheel", lambda: locked)

    node.main()

    assert {name: (tools / "bin" / name).readlink() for name in locked} == locked


def test_a_good_node_is_used_where_it_stands(tools: Path, tmp_path: Path) -> None:
    own = program(tmp_path / "machine", "node", "v22.12.0")
    program(tmp_path / "machine", "npm", "11.0.0")

    node.main()

    assert (tools / "bin" / "node").readlink() == own


def test_the_browser_that_is_named_is_taken_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = program(tmp_path, "my-chromium", "Chromium")

    monkeypatch.setenv("TRELLIS_BROWSER", str(own))
    assert browser.find() == str(own)

    monkeypatch.setenv("TRELLIS_BROWSER", str(tmp_path / "gone"))
    assert browser.find() is None
