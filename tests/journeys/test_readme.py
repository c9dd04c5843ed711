"""Every line of the README's tour is run, as a newcomer would run it."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.bench.server import trellis
from tests.databases import Fresh

ROOT = Path(__file__).parents[2]
TOUR = (ROOT / "README.md").read_text().split("## The API in five minutes")[1].split("\n## ")[0]
BLOCKS = re.findall(r"```sh\n(.*?)```", TOUR, re.DOTALL)


@pytest.mark.enable_socket
def test_the_tour_works_line_by_line(fresh_database: Fresh, tmp_path: Path):
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")
    url = fresh_database()

    with trellis(url, TRELLIS_WORKER="none") as server:
        script = "\n".join(BLOCKS).replace("http://127.0.0.1:8000", server.url)
        told = subprocess.run(
            ["bash", "-eu", "-o", "pipefail", "-c", script],
            cwd=tmp_path,
            env={**os.environ, "TRELLIS_DATABASE_URL": url},
            capture_output=True,
            text=True,
            check=False,
        )

    assert told.returncode == 0, told.stderr
    assert '"metric_id":"active_members"' in told.stdout
    assert told.stdout.rstrip().splitlines()[-1].count(",") > 3  # the last row of the export


def test_the_tour_is_there():
    assert len(BLOCKS) >= 5
