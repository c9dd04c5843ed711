"""Prints the path of a Chromium for the browser tests, or nothing where none can be had.

Playwright's own download is not used: it comes from a host that closed networks do not reach.
On Debian and its children the distribution's package is installed when we are root.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ON_A_MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"

# The fonts are asked for by name, because a browser without any draws every letter as a box.
PACKAGES = ("chromium", "fonts-liberation", "fonts-dejavu-core")


def find() -> str | None:
    """Answers the browser that TRELLIS_BROWSER names, else the first one installed."""
    named = os.environ.get("TRELLIS_BROWSER")
    if named:
        return named if os.access(named, os.X_OK) else None
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return found or (ON_A_MAC if Path(ON_A_MAC).exists() else None)


def install() -> None:
    """Installs Debian's Chromium; what goes wrong is told and is not an error here."""
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        print("browser: no Chromium here, and only root on Debian can add it", file=sys.stderr)
        return
    print("browser: installing Chromium from Debian", file=sys.stderr)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    patient = [apt, "-qq", "-o", "DPkg::Lock::Timeout=300"]
    for step in (["update"], ["install", "--yes", "--no-install-recommends", *PACKAGES]):
        done = subprocess.run(
            [*patient, *step],
            check=False,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
        )
        if done.returncode != 0:
            print(f"browser: apt-get {step[0]} failed", file=sys.stderr)


def main() -> None:
    """Prints the path alone on standard output, so that make can pass it on."""
    if find() is None and not os.environ.get("TRELLIS_BROWSER"):
        install()
    print(find() or "")


if __name__ == "__main__":
    main()
