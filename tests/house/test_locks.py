"""What is locked can be fetched by anybody, not only where it was locked."""

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[2]


def test_the_python_lock_knows_one_index_and_one_host_of_files() -> None:
    text = (ROOT / "uv.lock").read_text()
    indexes = {urlsplit(url) for url in re.findall(r'registry = "([^"]+)"', text)}
    files = {urlsplit(url)._replace(path="") for url in re.findall(r'url = "([^"]+)"', text)}

    # A mirror that was near when somebody locked would show as a second host, a port or a name.
    assert len(indexes) == 1
    assert len(files) == 1
    for address in indexes | files:
        assert address.scheme == "https"
        assert address.netloc == address.hostname


def test_the_lock_of_the_pages_names_hashes_and_no_address() -> None:
    lock = json.loads((ROOT / "frontend" / "package-lock.json").read_text())
    packages = {name: package for name, package in lock["packages"].items() if name}

    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [name for name, package in packages.items() if "integrity" not in package] == []
