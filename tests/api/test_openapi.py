"""The documentation says what the API does, with an example for every operation and every problem."""

import re
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from app.api import examples
from app.api.parameters import (
    ActorParameters,
    ArticleParameters,
    EditListParameters,
    EventParameters,
    FacetParameters,
    HistogramParameters,
    HistoryParameters,
    JobListParameters,
    JobParameters,
    documented,
)
from app.formats.registry import FORMATS
from app.settings import Settings
from tests.store.statements import statements


@pytest.fixture
def schema(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/openapi.json").json()
    return found


def operations(schema: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(f"{method} {path}", one) for path, item in schema["paths"].items() for method, one in item.items()]


OTHER_FORMATS = {one.media_type.partition(";")[0] for one in FORMATS.values() if one.render}


def validator(schema: dict[str, Any], shape: dict[str, Any]) -> Draft202012Validator:
    return Draft202012Validator({**shape, "components": schema["components"]})


def test_every_operation_has_a_summary_and_an_example_that_fits_its_schema(schema: dict[str, Any]) -> None:
    for path, operation in operations(schema):
        others = {"get /v1/changes": {"text/event-stream"}}.get(path, OTHER_FORMATS)
        successes = [one for status, one in operation["responses"].items() if status < "300"]
        assert successes, path
        for success in successes:
            [(media_type, content), *besides] = success["content"].items()
            assert media_type == ("text/plain" if path == "get /metrics" else "application/json")
            assert {name for name, _ in besides} in (set(), others)
            validator(schema, content["schema"]).validate(content["example"])
        if "requestBody" in operation:
            sent = operation["requestBody"]["content"]["application/json"]
            validator(schema, sent["schema"]).validate(sent["example"])
        assert operation["summary"] and operation["description"], path


def test_every_problem_has_an_example_that_fits_its_schema(schema: dict[str, Any]) -> None:
    for path, operation in operations(schema):
        refusals = {status: one for status, one in operation["responses"].items() if status >= "400"}
        storeless = {"get /healthz", "get /metrics", "get /v1/kinds", "get /v1/formats"}
        needed = {"422"} if path in storeless else {"422", "503"}
        if "/v1/" in path:
            needed |= {"401", "403", "429"}
        assert needed <= refusals.keys(), path
        for status, refusal in refusals.items():
            [(media_type, content)] = refusal["content"].items()
            assert media_type == "application/problem+json"
            for example in content["examples"].values():
                validator(schema, content["schema"]).validate(example["value"])
                assert str(example["value"]["status"]) == status


def test_every_reference_in_the_schema_leads_somewhere(schema: dict[str, Any]) -> None:
    def references(value: object) -> list[str]:
        if isinstance(value, dict):
            found = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
            return found + [one for part in value.values() for one in references(part)]
        return [one for part in value for one in references(part)] if isinstance(value, list) else []

    for reference in references(schema):
        place: Any = schema
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]


@pytest.mark.parametrize(
    ("path", "model"),
    [
        ("/v1/events", EventParameters),
        ("/v1/actors", ActorParameters),
        ("/v1/articles", ArticleParameters),
        ("/v1/actors/{id}/events", HistoryParameters),
        ("/v1/edits", EditListParameters),
        ("/v1/histogram", HistogramParameters),
        ("/v1/facets", FacetParameters),
        ("/v1/jobs", JobListParameters),
        ("/v1/jobs/{id}", JobParameters),
    ],
)
def test_every_parameter_is_documented(schema: dict[str, Any], path: str, model: type[EventParameters]) -> None:
    parameters = schema["paths"][path]["get"]["parameters"]
    assert {one["name"] for one in parameters if one["in"] == "query"} == set(model.model_fields)
    assert all(one["description"] for one in parameters if one["in"] == "query")
    assert documented(model)["parameters"] == [one for one in parameters if one["in"] == "query"]


def test_the_documented_examples_of_parameters_are_accepted(client: TestClient, schema: dict[str, Any]) -> None:
    for one in schema["paths"]["/v1/events"]["get"]["parameters"]:
        for example in one["schema"].get("examples", []):
            assert client.get("/v1/events", params={one["name"]: example}).status_code == 200, example


def test_the_offsets_in_the_examples_are_those_of_their_words() -> None:
    [mention] = examples.EVENT["mentions"]
    begin, sentence = mention["sentence"]["begin"], mention["sentence"]["text"]
    trigger = mention["trigger"]
    assert sentence[trigger["begin"] - begin : trigger["end"] - begin] == "handed"
    named = [sentence[actor["begin"] - begin : actor["end"] - begin] for actor in mention["actors"]]
    assert named == ["US", "Russian"]


def test_pages_of_every_origin_may_read_the_api(client: TestClient) -> None:
    answer = client.get("/v1/events", headers={"Origin": "https://frontend.example"})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "Link" in answer.headers["access-control-expose-headers"]
    refused = client.get("/v1/events?x=1", headers={"Origin": "https://frontend.example"})
    assert refused.headers["access-control-allow-origin"] == "*"


def test_the_operator_may_name_the_origins(app: FastAPI, database_url: str) -> None:
    from app.main import create_app

    settings = Settings(database_url=database_url, cors_origins="https://one.example, https://two.example/")
    with TestClient(create_app(settings)) as client:
        allowed = client.get("/healthz", headers={"Origin": "https://two.example"})
        foreign = client.get("/healthz", headers={"Origin": "https://three.example"})
    assert allowed.headers["access-control-allow-origin"] == "https://two.example"
    assert "access-control-allow-origin" not in foreign.headers


def test_health_is_told_without_the_store_and_readiness_with_its_revision(client: TestClient) -> None:
    with statements() as sent:
        assert client.get("/healthz").json() == {"status": "ok"}
    assert sent == []
    assert client.get("/readyz").json() == {"status": "ok", "revision": "0014"}


def test_the_docs_ask_nothing_of_another_host(client: TestClient) -> None:
    page = client.get("/docs").text

    assert "swagger-ui" in page
    assert re.findall(r"""(?:src|href)=["'](?:https?:)?//[^"']+""", page) == []
