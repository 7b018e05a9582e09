"""The README's commands with their answers; `python -m tests.readme` writes the answers anew."""

import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings

ROOT = Path(__file__).parents[1]
PATH = ROOT / "README.md"
SERVED = "http://127.0.0.1:8000"
FIRST = ("demarche db upgrade", "demarche ingest seeds")
_BLOCK = re.compile(r"^```console\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)
_STEP = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", flags=re.MULTILINE)


def steps(text: str) -> Iterator[tuple[str, str]]:
    """Each command with the answer shown below it, "" for none."""
    for block in _BLOCK.finditer(text):
        yield from ((step[1], step[2]) for step in _STEP.finditer(block[1]))


def prepared(folder: Path) -> dict[str, str]:
    """The environment of a database in `folder`, filled by the README's first commands, with `demarche` on the path."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    given = os.environ | {"DATABASE_URL": f"sqlite:///{folder}/demarche.db", "PATH": path, "PYTHONWARNINGS": "error"}
    for command in FIRST:
        subprocess.run(shlex.split(command), check=True, cwd=ROOT, env=given, capture_output=True)
    return given


def answer(command: str, environment: dict[str, str]) -> str:
    """What the command prints, without empty lines; for an address, the JSON that it serves to these headers (`-H`)."""
    if command.startswith("curl "):
        words = shlex.split(command)
        address = words[-1].removeprefix(SERVED)
        headers = dict(value.split(": ", 1) for option, value in pairwise(words) if option == "-H")
        os.environ["DATABASE_URL"] = environment["DATABASE_URL"]
        with TestClient(create_app(Settings.read())) as client:
            return json.dumps(client.get(address, headers=headers).json(), indent=2, ensure_ascii=False) + "\n"
    done = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines() if line.strip())


def main() -> None:
    """Writes every answer of the README as the program gives it now."""
    text = PATH.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        environment = prepared(Path(folder))
        for command, shown in list(steps(text)):
            if shown:
                text = text.replace(f"$ {command}\n{shown}", f"$ {command}\n{answer(command, environment)}")
    PATH.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
