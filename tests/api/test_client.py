"""A client that openapi-python-client writes from the OpenAPI document alone works, and is typed.

What writes it lies in an environment of its own, which `make test` builds. Without it these tests are skipped with the reason;
with `CLIENT_TESTS=required`, as in continuous integration, they fail instead.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi import FastAPI

from app import workers
from tests.api.conftest import give, publish
from tests.api.served import served
from tests.api.test_intake import work_off
from tests.conftest import NewDatabase
from tests.readers import IsoReader

FOLDER = Path(sys.prefix) / "client" / "bin"
GENERATOR = FOLDER / "openapi-python-client"
PACKAGE = "demarche_client"


@pytest.fixture(scope="module")
def app(new_sqlite: NewDatabase) -> FastAPI:
    return publish(new_sqlite(), read=partial(workers.one_by_one, extractor=IsoReader()))


@pytest.fixture(scope="module")
def package(app: FastAPI, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of the client's package, which can be imported."""
    if not GENERATOR.exists():
        reason = f"nothing writes a client: there is no {GENERATOR.name} beside the environment"
        if os.environ.get("CLIENT_TESTS") == "required":
            pytest.fail(f"{reason}, and these tests are required here")
        pytest.skip(f"{reason}: `make test` installs it")
    folder = tmp_path_factory.mktemp("client")
    document = folder / "openapi.json"
    document.write_text(json.dumps(app.openapi()), encoding="utf-8")
    command = [GENERATOR, "generate", "--path", document, "--meta", "none", "--output-path", folder / PACKAGE]
    environment = os.environ | {"PATH": f"{FOLDER}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    # it can send articles as JSON, and says that JSON lines are beyond it
    assert re.findall(r"^(?:WARNING|ERROR|Unsupported) .*", done.stdout + done.stderr, flags=re.MULTILINE) == [
        "WARNING parsing POST /v1/articles within reading.",
        "Unsupported content type application/x-ndjson",
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        yield folder / PACKAGE
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


@pytest.fixture(scope="module")
def models(package: Path) -> Any:
    return import_module(f"{PACKAGE}.models")


@pytest.fixture(scope="module")
def client(package: Path, app: FastAPI) -> Iterator[Any]:
    secret = give(app, "anna", "ingest", "curate")["Authorization"].removeprefix("Bearer ")
    with served(app) as address, import_module(PACKAGE).AuthenticatedClient(base_url=address, token=secret) as client:
        yield client


@pytest.fixture
def ask(client: Any) -> Any:
    """Calls an operation, such as `events.list_events`, with its parameters; gives what it answers."""

    def call(operation: str, *path: object, **given: object) -> Any:
        return import_module(f"{PACKAGE}.api.{operation}").sync(*path, client=client, **given)

    return call


# ---------------------------------------------------------------- reading
def test_events_are_listed_under_filters_and_page_by_page(ask: Any, models: Any) -> None:
    wanted = {
        "datetime_": "2021-12/2022-01",
        "actor": ["USA", "Russia"],
        "actor_mode": models.ActorMode.ANY,
        "status": [models.Status.OCCURRED],
        "kind": [models.Kind.PROPOSAL, models.Kind.RESPONSE],
        "as_of": date(2022, 2, 3),
        "limit": 1,
    }
    first = ask("events.list_events", **wanted)
    assert isinstance(first, models.EventListOut)
    [following] = [link.href for link in first.links if link.rel == "next"]
    [cursor] = parse_qs(urlsplit(following).query)["cursor"]
    second = ask("events.list_events", cursor=cursor, **wanted)
    assert [(event.date, event.kind) for page in (first, second) for event in page.events] == [
        ("2021-12-15", "proposal"),
        ("2022-01-26", "response"),
    ]
    assert [link.rel for link in second.links] == ["self"]
    assert isinstance(first.events[0].actors[0], models.EventActorOut)


def test_an_event_comes_with_its_mentions(ask: Any, models: Any) -> None:
    [event] = ask("events.list_events", kind=[models.Kind.PROPOSAL]).events
    found = ask("events.get_event", event.id)
    assert isinstance(found, models.EventDetailOut)
    assert len(found.mentions) == 2 and isinstance(found.mentions[0].clause, models.ExtentOut)
    assert found.reported_by is None


def test_an_actor_has_a_history_and_months_have_counts(ask: Any, models: Any) -> None:
    history = ask("actors.list_actor_events", "RUS", scope=models.Affiliation.SELF)
    assert [event.date for event in history.events] == ["2021-12-15", "2022-01", "2022-01-26"]
    counted = ask("events.histogram", unit=models.BucketUnit.MONTH, by=models.Facet.KIND)
    buckets = {bucket.date: (bucket.count, bucket.by.additional_properties) for bucket in counted.buckets}
    assert buckets["2021-12"] == (1, {"proposal": 1})


def test_what_has_not_changed_is_not_sent_again(client: Any, package: Path) -> None:
    list_kinds = import_module(f"{PACKAGE}.api.events.list_kinds")
    first = list_kinds.sync_detailed(client=client)
    again = list_kinds.sync_detailed(client=client, if_none_match=first.headers["etag"])
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


def test_a_text_is_resolved(ask: Any, models: Any) -> None:
    found = ask("reading.resolve", body=models.TextArticleIn(text="They met on 2022-03-26.", date="2022-03-27"))
    assert isinstance(found, models.ReadingOut)
    assert [(timex.text, timex.edtf) for timex in found.timexes] == [("2022-03-26", "2022-03-26")]
    assert found.article_date.best == "2022-03-27"


def test_a_refusal_is_a_problem_that_names_the_parameter(ask: Any, models: Any) -> None:
    refused = ask("events.list_events", actor=["nobody"])
    assert isinstance(refused, models.ProblemOut)
    assert (refused.status, refused.type_) == (422, "urn:demarche:problem:invalid-parameter")
    assert [(error.parameter, error.value) for error in refused.errors] == [("actor", "nobody")]
    assert refused.request_id


# ---------------------------------------------------------------- writing
def test_an_article_is_taken_in_at_once_or_as_a_job(ask: Any, models: Any, app: FastAPI) -> None:
    article = models.TextArticleIn(text="They met on 2022-04-01.", id="one")
    taken = ask("reading.send_articles", body=article, idempotency_key='"a"')
    assert isinstance(taken, models.TakenListOut)
    assert [(one.outcome, one.events[0].date) for one in taken.articles] == [("created", "2022-04-01")]
    batch = models.ArticleBatchIn(articles=[article, models.TextArticleIn(text="They met on 2022-04-02.", id=2)])
    job = ask("reading.send_articles", body=batch, prefer="respond-async")
    assert isinstance(job, models.JobOut) and (job.state, job.total) == ("queued", 2)
    work_off(app)
    done = ask("reading.get_job", job.id)
    assert isinstance(done, models.JobDetailOut)
    assert (done.state, [one.outcome for one in done.articles]) == ("done", ["unchanged", "created"])


def test_an_edit_is_made_and_undone(ask: Any, models: Any) -> None:
    [event] = ask("events.list_events", kind=[models.Kind.VISIT]).events
    edit = models.EventRetitleIn(op="retitle", title="Lavrov is to fly", reason="he flies")
    made = ask("curation.edit_event", event.id, body=edit)
    assert isinstance(made, models.EditOut) and made.undone is None
    assert ask("events.get_event", event.id).title == "Lavrov is to fly"
    undone = ask("curation.undo_event_edit", event.id, made.number, reason="he does not")
    assert isinstance(undone.undone, models.UndoneOut)
    assert ask("events.get_event", event.id).title == event.title


# ---------------------------------------------------------------- what it is called
def test_the_modules_are_named_after_the_operations(package: Path) -> None:
    named = {path.stem for path in (package / "api").rglob("*.py")} - {"__init__"}
    assert {"list_events", "get_event", "list_actor_events", "histogram", "resolve", "send_articles"} <= named
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+){0,3}", name) for name in named)


def test_nothing_is_left_untyped_but_values_that_depend_on_the_operation(package: Path) -> None:
    fields = [
        f"{path.stem}.{found}"
        for path in sorted((package / "models").glob("*.py"))
        for found in re.findall(r"^    (\w+): .*\bAny\b", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        if found != "additional_properties"
    ]
    assert fields == []
    for path in (package / "api").rglob("*.py"):
        untyped = set(re.findall(r"(\w+) = cast\(Any", path.read_text(encoding="utf-8")))
        assert untyped <= {"response_304", "response_308"}, path.stem  # these have no body


def test_a_client_needs_a_token_only_to_write(package: Path) -> None:
    reads = (package / "api" / "events" / "list_events.py").read_text(encoding="utf-8")
    writes = (package / "api" / "curation" / "edit_event.py").read_text(encoding="utf-8")
    assert "client: AuthenticatedClient | Client," in reads
    assert "client: AuthenticatedClient," in writes
