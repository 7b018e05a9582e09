"""The README's commands with their answers; `python -m tests.readme` writes the answers anew."""

import json
import os
import re
import shlex
import shutil
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
    """What the command prints, without empty lines; for an address, the JSON that it serves to headers (`-H`) and body (`-d`).

    What is sent goes to a copy of the database; `$TOKEN` is a token that may take articles in.
    """
    if command.startswith("curl "):
        if " -d " not in command:
            return _served(command, environment["DATABASE_URL"])
        with tempfile.TemporaryDirectory() as folder:
            copy = f"sqlite:///{shutil.copy(environment['DATABASE_URL'].removeprefix('sqlite:///'), folder)}"
            create = shlex.split("demarche token create anna --scope ingest")
            made = subprocess.run(
                create, env={**environment, "DATABASE_URL": copy}, check=True, capture_output=True, text=True
            )
            return _served(command.replace("$TOKEN", made.stdout.strip()), copy)
    done = subprocess.run(
        ["bash", "-c", command], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines() if line.strip())


def _served(command: str, url: str) -> str:
    words = shlex.split(command)
    options = list(pairwise(words))
    headers = dict(value.split(": ", 1) for option, value in options if option == "-H")
    body = next((value for option, value in options if option == "-d"), None)
    os.environ["DATABASE_URL"] = url
    with TestClient(create_app(Settings.read())) as client:
        found = client.request("POST" if body else "GET", words[-1].removeprefix(SERVED), headers=headers, content=body)
        return json.dumps(found.json(), indent=2, ensure_ascii=False) + "\n"


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
