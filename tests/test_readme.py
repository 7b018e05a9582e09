"""The README is true: its commands run, and answer what it shows."""

import re
import subprocess
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from tests import readme

TEXT = readme.PATH.read_text(encoding="utf-8")
STEPS = [(command, shown) for command, shown in readme.steps(TEXT) if shown]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return readme.prepared(tmp_path_factory.mktemp("readme"))


@pytest.mark.parametrize(("command", "shown"), STEPS)
def test_a_command_answers_what_the_readme_shows(
    command: str, shown: str, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", environment["DATABASE_URL"])

    assert readme.answer(command, environment) == shown


def test_the_readme_shows_commands_and_addresses() -> None:
    tools = {command.partition(" ")[0] for command, _ in STEPS}

    assert tools == {"demarche", "echo", "curl"}
    assert [command for command, shown in readme.steps(TEXT) if not shown] == list(readme.FIRST)


@pytest.mark.parametrize("target", sorted(set(re.findall(r"(?:`|^    )make ([a-z-]+)\b", TEXT, flags=re.MULTILINE))))
def test_every_target_it_names_can_be_made(target: str) -> None:
    done = subprocess.run(["make", "--dry-run", target], cwd=readme.ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr


def test_its_table_has_every_setting_with_its_default() -> None:
    listed = dict(re.findall(r"^\| `([A-Z_]+)` \| (?:`(.*?)`)? *\|", TEXT, flags=re.MULTILINE))

    expected = {name.upper(): str(field.default) for name, field in Settings.model_fields.items()}
    assert listed == expected | {"READS_NEED_TOKEN": "false", "WORKERS_IN_API": "true"}


def test_every_path_it_lists_is_served(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", environment["DATABASE_URL"])
    with TestClient(create_app(Settings.read())) as client:
        documented = client.get("/openapi.json").json()["paths"].keys() | {"/docs", "/openapi.json"}

    listed = {
        urlsplit(path).path
        for path in re.findall(r"`(/(?:v1/[a-z/{}]+|healthz|readyz|metrics|docs|openapi\.json))`", TEXT)
    }
    assert len(listed) >= 10
    assert listed <= documented
