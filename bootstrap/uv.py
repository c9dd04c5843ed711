"""Leaves a working uv at .tools/bin/uv: the machine's own if it is new enough, else one from PyPI.

This script and its neighbours use the standard library alone, since they run before anything
is installed.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

TOOLS = Path(__file__).resolve().parent.parent / ".tools"
LINK = TOOLS / "bin" / "uv"

# The first release that reads the revision of lock file which we commit.
OLDEST = (0, 8)


def works(program: Path) -> bool:
    """Says whether this uv runs and is new enough."""
    try:
        answer = subprocess.run(
            [program, "--version"], check=False, capture_output=True, text=True, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    found = re.match(r"uv (\d+)\.(\d+)", answer.stdout)
    return found is not None and (int(found[1]), int(found[2])) >= OLDEST


def of_the_machine() -> Path | None:
    """Answers the uv on the path, leaving our own link out of account."""
    folders = os.environ.get("PATH", "").split(os.pathsep)
    path = os.pathsep.join(folder for folder in folders if Path(folder) != LINK.parent)
    found = shutil.which("uv", path=path)
    return Path(found) if found else None


def installed_before() -> Path:
    """Answers where an earlier run has put uv."""
    return TOOLS / "uv" / "bin" / "uv"


def of_the_registry() -> Path:
    """Installs uv into a folder of its own, so that the machine's Python stays as it was.

    `pip --target` needs neither the venv module nor leave to touch a Python that the system
    manages; where pip is missing, a virtual environment brings its own.
    """
    home = TOOLS / "uv"
    wanted = "uv>=" + ".".join(map(str, OLDEST))
    options = ["install", "--quiet", "--disable-pip-version-check", "--no-input"]
    print("uv: installing it from PyPI into .tools/uv", file=sys.stderr)
    shutil.rmtree(home, ignore_errors=True)
    pip = [sys.executable, "-m", "pip"]
    if subprocess.run([*pip, "--version"], check=False, capture_output=True).returncode == 0:
        subprocess.run([*pip, *options, "--target", str(home), wanted], check=True)
    else:
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
        subprocess.run([str(home / "bin" / "python"), "-m", "pip", *options, wanted], check=True)
    return home / "bin" / "uv"


def main() -> None:
    """Links the first uv that works; a link that no longer does is mended by running this again."""
    sources: tuple[Callable[[], Path | None], ...]
    sources = (of_the_machine, installed_before, of_the_registry)
    for source in sources:
        program = source()
        if program is not None and works(program):
            LINK.parent.mkdir(parents=True, exist_ok=True)
            LINK.unlink(missing_ok=True)
            LINK.symlink_to(program)
            return
    sys.exit("uv: neither the machine's nor PyPI's works here; install uv, then try again")


if __name__ == "__main__":
    main()
