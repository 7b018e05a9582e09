import pytest

from app.formats import registry
from app.formats.registry import FORMATS
from tests.formats import samples

RENDERED = [one for one in FORMATS.values() if one.render]


def test_every_format_is_found_by_its_name_and_has_a_suffix_of_its_own() -> None:
    assert [one.name for one in FORMATS.values()] == list(FORMATS)
    assert len({one.suffix for one in FORMATS.values()}) == len(FORMATS)
    assert len({one.media_type for one in FORMATS.values()}) == len(FORMATS)
    assert registry.DEFAULT is FORMATS["json"]


def test_only_the_default_is_left_to_the_api() -> None:
    assert [one.name for one in FORMATS.values() if one.render is None] == ["json"]


@pytest.mark.parametrize("form", RENDERED, ids=lambda one: one.name)
def test_a_format_renders_whatever_events_there_are(form: registry.Format) -> None:
    assert form.render
    for events in ([], samples.AWKWARD):
        assert b"".join(form.render(iter(events), samples.CONTEXT))


@pytest.mark.parametrize("form", RENDERED, ids=lambda one: one.name)
def test_the_same_events_are_the_same_bytes(form: registry.Format) -> None:
    assert form.render
    assert list(form.render(samples.AWKWARD, samples.CONTEXT)) == list(form.render(samples.AWKWARD, samples.CONTEXT))


@pytest.mark.parametrize("form", RENDERED, ids=lambda one: one.name)
def test_streams_begin_before_all_events_are_read(form: registry.Format) -> None:
    assert form.render
    read: list[str] = []
    events = (read.append(event["id"]) or event for event in samples.AWKWARD)
    next(iter(form.render(events, samples.CONTEXT)))
    assert (len(read) < len(samples.AWKWARD)) == form.is_stream


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (None, "json"),
        ("", "json"),
        ("*/*", "json"),
        ("*", "json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", "json"),
        ("application/json", "json"),
        ("application/*", "json"),
        ("application/x-ndjson", "ndjson"),
        ("TEXT/CSV; Q=0.9, application/json;q=0.1", "csv"),
        ("text/csv; header=present", "csv"),
        ("text/*", "csv"),
        ("text/calendar, text/csv;q=0.9", "ics"),
        ("text/csv;q=0.5, application/atom+xml", "atom"),
        ("application/feed+json, application/json;q=0.9", "jsonfeed"),
        ("application/json;q=0, */*;q=0.1", "ndjson"),
        ("application/json;q=0.2, */*;q=0.1", "json"),
        ("text/csv, application/json", "json"),
        ("application/vnd.vis-timeline+json", "vis"),
        ("application/vnd.timelinejs+json, application/json;q=0.9", "timelinejs"),
        ("application/atom+xml, ,", "atom"),
    ],
)
def test_the_header_s_best_format_is_taken_and_of_equals_the_first(header: str | None, name: str) -> None:
    assert registry.accepted(header) is FORMATS[name]


@pytest.mark.parametrize("header", ["text/html", "image/*", "*/*;q=0", "text/csv;q=0", "csv", "a/b/c", ";;;", ","])
def test_a_header_that_takes_none_of_ours_gives_none(header: str) -> None:
    assert registry.accepted(header) is None
