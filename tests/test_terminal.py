import io
from types import SimpleNamespace

import pytest
from rich.console import Console

from app import terminal
from app.core.model import Article, ArticleDate, Reading
from app.formats.shapes import TimelineOut
from app.ingest import Outcome, Report
from tests.readers import IsoReader


def printed(*parts: object) -> str:
    out = io.StringIO()
    for part in parts:
        Console(file=out, width=120).print(part)
    return out.getvalue()


EVENT: TimelineOut = {
    "id": "e1",
    "date": "[2022-04-01..2022-04-10]",
    "title": "United States urges [talks]",
    "kind": "appeal",
    "status": "scheduled",
    "reported_by": None,
    "edited": [],
    "actors": [{"id": "USA", "name": "United States", "state": "USA"}, {"id": "RUS", "name": "Russia", "state": "RUS"}],
    "sources": [{"article": "a.txt", "outlet": None}, {"article": "b.txt", "outlet": None}],
}


def test_the_timeline_says_whose_claim_an_event_is():
    claimed = EVENT | {"status": "occurred", "reported_by": {"id": None, "name": "officials"}}
    assert "United States urges [talks] (according to officials)" in printed(terminal.timeline([claimed]))


def test_the_timeline_says_what_was_edited_and_shows_ids_where_they_are_asked_for():
    edited = EVENT | {"edited": ["retitle"]}
    assert "United States urges [talks] (scheduled, edited)" in printed(terminal.timeline([edited]))
    assert "e1" not in printed(terminal.timeline([EVENT]))
    assert printed(terminal.timeline([EVENT], ids=True)).splitlines()[1].startswith("e1")


def test_the_timeline_shows_date_title_actors_and_number_of_sources():
    shown = printed(terminal.timeline([EVENT]))
    assert "[2022-04-01..2022-04-10]" in shown
    assert "United States urges [talks] (scheduled)" in shown
    assert "United States, Russia" in shown
    assert shown.rstrip().endswith("2")


def test_a_report_names_article_outcome_counts_and_reason():
    shown = printed(
        terminal.reports([Report("a.txt", Outcome.NEW, 12, 7, 5), Report("b.txt", Outcome.FAILED, reason="is empty")])
    )
    assert shown.splitlines()[1].split() == ["new", "a.txt", "12", "7"]
    assert shown.splitlines()[2].split() == ["failed", "b.txt", "is", "empty"]


def test_a_reading_shows_the_text_marked_and_every_expression_and_act():
    article = Article("a.txt", "They met on 2022-01-26 [sic].")
    found = IsoReader().read(article)
    shown = printed(*terminal.reading(article.text, found, name="a.txt"))
    assert "They met on 2022-01-26[1] [sic]." in shown
    assert "article date: not known" in shown
    assert "iso-day" in shown
    assert "Russia (source)" in shown


def test_a_text_without_dates_is_shown_whole():
    assert "Nothing." in printed(*terminal.reading("Nothing.", Reading(ArticleDate()), name="a.txt"))


def test_no_bar_is_drawn_where_standard_error_is_no_terminal(capsys: pytest.CaptureFixture[str]):
    with terminal.progress("reading") as bar:
        assert list(bar.track([1, 2])) == [1, 2]
    assert capsys.readouterr() == ("", "")


def test_a_re_extraction_shows_each_change_and_the_counts():
    line = SimpleNamespace(title="Russia [waits]", date="2022-01-28", before=None)
    moved = SimpleNamespace(title="NATO meets", date="2022-01-28", before="2022-01-26")
    report = SimpleNamespace(
        read=3, applied=False, failed=["b.txt: broke"], added=[line], gone=[], redated=[moved], unchanged=7
    )
    shown = printed(terminal.reextracted(report))
    assert "Russia [waits]" in shown and "2022-01-26 → 2022-01-28" in shown
    assert "failed: b.txt: broke" in shown
    assert "3 articles read again: 1 events added, 0 gone, 1 redated, 7 as they were" in shown
    assert "--apply" in shown
    report.applied = True
    assert "--apply" not in printed(terminal.reextracted(report))
