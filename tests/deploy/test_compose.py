"""docker-compose.yml and the Dockerfile: valid, safe by default, and every command in them works as it stands."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import make_url

from app.settings import Settings
from app.store import migrate
from tests.deploy import containers
from tests.deploy.containers import COMPOSE, DOCKERFILE, ROOT


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    return containers.services()


def validated(path: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(path)]
    return subprocess.run(command, capture_output=True, text=True, timeout=containers.TIMEOUT_S)


# ---------------------------------------------------------------- the files
def test_the_file_fits_the_compose_specification() -> None:
    checked = validated(COMPOSE)
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize(
    ("given", "broken"),
    [
        ("condition: service_healthy", "condition: service_happy"),
        ("    ports:", "    prots:"),
        ("read_only: true", "read_only: [true]"),
    ],
)
def test_a_broken_file_is_refused(tmp_path: Path, given: str, broken: str) -> None:
    text = COMPOSE.read_text(encoding="utf-8")
    assert given in text
    path = tmp_path / "docker-compose.yml"
    path.write_text(text.replace(given, broken, 1), encoding="utf-8")
    assert validated(path).returncode == 1


def test_the_api_waits_for_the_migration_and_this_for_the_database(services: dict[str, Any]) -> None:
    assert services.keys() == {"postgres", "migrate", "api"}
    assert services["migrate"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    assert services["api"]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert services["migrate"]["restart"] == "no"
    assert all("healthcheck" in services[name] for name in ("postgres", "api"))


def test_nothing_runs_as_root(services: dict[str, Any]) -> None:
    assert services["postgres"]["user"] == "postgres"
    stages = DOCKERFILE.read_text(encoding="utf-8").split("FROM ")
    assert len(stages) == 3
    assert "\nUSER demarche\n" in stages[-1]
    assert stages[-1].index("USER demarche") < stages[-1].index("CMD [")


def test_every_password_can_be_overridden() -> None:
    document = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))
    postgres, api = document["services"]["postgres"], document["services"]["api"]
    assert postgres["environment"]["POSTGRES_PASSWORD"] == "${POSTGRES_PASSWORD:-demarche}"
    assert ":${POSTGRES_PASSWORD:-demarche}@" in api["environment"]["DATABASE_URL"]
    assert document["volumes"].keys() == {"postgres-data"}


def test_the_environment_is_one_that_the_settings_take(
    services: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in services["api"]["environment"].items():
        assert name.lower() in Settings.model_fields
        monkeypatch.setenv(name, value)
    settings = Settings.read()
    assert (settings.host, settings.port, settings.origins) == ("0.0.0.0", 8000, ("*",))
    assert settings.database_url == "postgresql+psycopg://demarche:demarche@postgres:5432/demarche"


def test_what_the_image_copies_is_sent_to_the_builder() -> None:
    allowed = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    copied = [one.split()[:-1] for one in containers.instructions("COPY") if not one.startswith("--from")]
    for name in (name for names in copied for name in names):
        assert f"!{name}" in allowed
        assert (ROOT / name).exists(), name


def test_the_requirements_of_the_image_are_pinned_with_hashes() -> None:
    assert any("--require-hashes -r requirements.lock" in one for one in containers.instructions("RUN"))
    pinned = re.findall(r"^[a-z][^ ]*==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE)
    assert any(one.startswith("setuptools==") for one in pinned)  # --no-build-isolation builds with it


# ---------------------------------------------------------------- the commands
@pytest.mark.parametrize("backend", ["sqlite", "postgresql"])
def test_the_commands_of_the_file_bring_the_service_up(
    services: dict[str, Any], request: pytest.FixtureRequest, tmp_path: Path, backend: str
) -> None:
    url = request.getfixturevalue(f"empty_{backend}")
    port = str(containers.free_port())
    environment = {**services["api"]["environment"], "DATABASE_URL": url, "HOST": "127.0.0.1", "PORT": port}
    health = services["api"]["healthcheck"]["test"][1:]

    assert containers.run(health, environment, tmp_path).returncode != 0
    early = containers.run(services["api"]["command"], environment, tmp_path)
    assert early.returncode == 1
    assert "run `demarche db upgrade`" in early.stderr

    upgraded = containers.run(services["migrate"]["command"], environment, tmp_path)
    assert upgraded.returncode == 0, upgraded.stderr
    assert migrate.current(url) == migrate.newest()
    with containers.serving(services["api"]["command"], environment, tmp_path):
        healthy = containers.run(health, environment, tmp_path)
        assert healthy.returncode == 0, healthy.stderr


def test_the_commands_of_the_image_bring_the_service_up(sqlite_url: str, tmp_path: Path) -> None:
    [command] = containers.instructions("CMD")
    [health] = containers.instructions("HEALTHCHECK")
    environment = {"DATABASE_URL": sqlite_url, "PORT": str(containers.free_port())}
    with containers.serving(containers.exec_form(command), environment, tmp_path):
        healthy = containers.run(containers.exec_form(health), environment, tmp_path)
        assert healthy.returncode == 0, healthy.stderr


def test_the_image_and_the_file_ask_for_health_alike(services: dict[str, Any]) -> None:
    [health] = containers.instructions("HEALTHCHECK")
    assert containers.exec_form(health) == services["api"]["healthcheck"]["test"][1:]
    [command] = containers.instructions("CMD")
    assert containers.exec_form(command) == services["api"]["command"]


def test_the_database_is_asked_whether_it_is_ready(
    services: dict[str, Any], postgresql_server: str, tmp_path: Path
) -> None:
    health = services["postgres"]["healthcheck"]["test"][1:]
    socket = make_url(postgresql_server).query["host"]
    assert containers.run(health, {"PGHOST": str(socket)}, tmp_path).returncode == 0
    assert containers.run(health, {"PGHOST": str(tmp_path)}, tmp_path).returncode == 2
