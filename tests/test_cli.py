import json
import socket
import subprocess
import sys
from dataclasses import replace
from datetime import date
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from app import cli, console
from app.core.model import Actor, ActorKind
from app.errors import LexiconError, StoreError
from app.store import migrate
from tests.readers import IsoReader

REAL_LEXICON = console.lexicon
NOTHING = {
    "article_date": {"best": None, "earliest": None, "latest": None, "evidence": []},
    "timexes": [],
    "mentions": [],
}


RUSSIA = Actor("RUS", "Russia", ActorKind.STATE, "RUS", aliases=("Kremlin",))


@pytest.fixture(scope="session")
def small_lexicon():
    """The lexicon with one actor."""
    return replace(REAL_LEXICON(None), actors=SimpleNamespace(actors={RUSSIA.id: RUSSIA}))


@pytest.fixture(autouse=True)
def reader(small_lexicon, monkeypatch: pytest.MonkeyPatch) -> IsoReader:
    """Every command reads with the stand-in, and knows one actor."""
    stand_in = IsoReader()
    monkeypatch.setattr(console, "extractor", lambda actors: stand_in)
    monkeypatch.setattr(console, "lexicon", lambda actors: small_lexicon)
    return stand_in


@pytest.fixture
def news(new_sqlite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with a migrated database and a folder of two articles."""
    monkeypatch.setenv("DATABASE_URL", new_sqlite())
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text('+++\noutlet = "Example"\n+++\nThey met on 2022-01-26.')
    (tmp_path / "news" / "b.txt").write_text("They met on 2022-01-28.")
    return tmp_path


def run(*args: str, stdin: bytes | str = b"") -> tuple[int, str, str]:
    """Exit status, standard output and standard error."""
    result = CliRunner().invoke(cli.app, list(args), input=stdin, catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr


def lines(*args: str, stdin: bytes | str = b"") -> tuple[int, list[dict]]:
    status, out, _ = run(*args, stdin=stdin)
    return status, [json.loads(line) for line in out.split("\n") if line]


# ---------------------------------------------------------------- the program
def test_the_version_is_printed():
    assert run("--version") == (0, f"demarche {version('demarche')}\n", "")


@pytest.mark.parametrize("args", [["--help"], ["timeline", "--help"], ["db", "--help"]])
def test_help_loads_neither_parser_nor_database_nor_server(args):
    code = (
        f"import sys; sys.argv = ['demarche', *{args!r}]\n"
        "from app import cli\n"
        "try: cli.main()\n"
        "except SystemExit: pass\n"
        "heavy = {'spacy', 'sqlalchemy', 'trafilatura', 'uvicorn', 'fastapi', 'dateparser'} & sys.modules.keys()\n"
        "sys.exit(f'loaded: {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_an_error_raised_on_purpose_is_told_without_a_traceback(monkeypatch, capsys):
    def refuse() -> None:
        raise StoreError("the database is gone")

    monkeypatch.setattr(cli, "app", refuse)
    with pytest.raises(SystemExit) as exit_:
        cli.main()
    assert (exit_.value.code, capsys.readouterr()) == (1, ("", "error: the database is gone\n"))


@pytest.mark.parametrize(
    "args",
    [["ingest"], ["resolve", "--date", "soon"], ["timeline", "--from", "soon"], ["serve", "--port", "x"], ["no"]],
)
def test_a_wrong_use_ends_with_status_2(args):
    status, _, _ = run(*args)
    assert status == 2


# ---------------------------------------------------------------- ingest
def test_ingesting_a_folder_tells_what_was_found(news):
    status, out, err = run("ingest", "news")
    assert (status, err) == (0, "")
    assert "news/a.txt" in out
    assert "2 new, 0 unchanged, 0 revised, 0 failed" in out


def test_the_summary_for_programs_is_one_object(news):
    (news / "news" / "c.txt").write_bytes(b"\x00")
    status, [summary] = lines("ingest", "news", "--json")
    assert status == 1
    assert summary["counts"] == {"new": 2, "unchanged": 0, "revised": 0, "failed": 1}
    assert [(row["article"], row["outcome"], row["mentions"]) for row in summary["articles"]] == [
        ("news/a.txt", "new", 1),
        ("news/b.txt", "new", 1),
        ("news/c.txt", "failed", 0),
    ]
    assert summary["articles"][2]["reason"] == "binary content: a NUL byte at offset 0"


def test_ingesting_again_changes_nothing(news):
    run("ingest", "news")
    _, timeline = lines("timeline", "--json")
    status, out, _ = run("ingest", "news", "news/a.txt")
    assert (status, lines("timeline", "--json")[1]) == (0, timeline)
    assert "0 new, 2 unchanged" in out


def test_ingesting_into_a_database_without_tables_says_what_to_do(news, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{news}/other.db")
    with pytest.raises(StoreError, match="run `demarche db upgrade`"):
        run("ingest", "news")


def test_actors_of_ones_own_that_cannot_be_right_end_the_job(news, monkeypatch):
    monkeypatch.setattr(console, "lexicon", REAL_LEXICON)
    (news / "own.toml").write_text("[[nobody]]\n")
    with pytest.raises(LexiconError, match=r"own\.toml"):
        run("ingest", "--actors", "own.toml", "news")


# ---------------------------------------------------------------- resolve
HOSTILE = [
    b'{"id": "a", "text": "They met on 2022-01-26."}',
    b"",
    b"not JSON",
    b'{"id": 7, "text": ""}',
    b"\xff\xfe\x00",
    b'{"id": "\\ud800", "text": "\\ud800 2022-01-27"}',
    b"[" * 100_000,
    b'{"id": "b", "text": "explode"}',
    b'{"text": "They met on 2022-01-28.", "date": "2022-02"}\r',
    '{"id": "\u2028", "text": "\U0001f600 2022-01-29"}'.encode(),
]


def test_every_input_line_gives_one_output_line_in_order_whatever_it_holds():
    status, found = lines("resolve", "--jsonl", "--json", stdin=b"\n".join(HOSTILE))
    assert status == 1
    assert [one["id"] for one in found] == ["a", None, None, 7, None, "\ud800", None, "b", None, "\u2028"]
    assert ["error" in one for one in found] == [False, True, True, True, True, False, True, True, False, False]
    assert {**found[1], "error": ""} == {"id": None, "error": "", **NOTHING}
    assert [(timex["begin"], timex["end"]) for timex in found[9]["timexes"]] == [(2, 12)]
    assert found[8]["article_date"]["best"] == "2022-02-01"


def test_lines_are_answered_as_they_come(monkeypatch, reader):
    """The first answer is written before the second line is read."""
    order: list[str] = []
    read = reader.read

    def noted(article, *, undated=False):
        order.append("read")
        return read(article, undated=undated)

    monkeypatch.setattr(reader, "read", noted)
    monkeypatch.setattr(console, "print_json", lambda value: order.append("print"))
    run("resolve", "--jsonl", "--json", stdin=b'{"id": 1, "text": "a"}\n' * 3)
    assert order == ["read", "print"] * 3


def test_only_good_lines_end_with_status_0():
    status, [found] = lines("resolve", "--jsonl", "--json", stdin=HOSTILE[0])
    assert status == 0
    assert found["mentions"][0]["edtf"] == "2022-01-26"


def test_files_are_known_by_their_names_as_given_and_jsonl_by_its_suffix(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("2022-01-26")
    Path("b.jsonl").write_bytes(HOSTILE[0])
    status, found = lines("resolve", "./a.txt", "b.jsonl", "none.txt", "--json")
    assert (status, [one["id"] for one in found]) == (1, ["./a.txt", "a", "none.txt"])
    assert found[2]["error"] == "none.txt: does not exist"


def test_a_given_date_reaches_the_extractor(reader):
    run("resolve", "--date", "2022-01-28", stdin="Text")
    run("resolve", "--date", "XXXX-01-28", stdin="Text")
    one, other = reader.articles
    assert one.stated_date is not None
    assert (one.stated_date.edtf, other.stated_month_day) == ("2022-01-28", (1, 28))


def test_undated_acts_are_added_when_asked_for():
    _, [found] = lines("resolve", "--json", "--undated", stdin="Text")
    assert [mention["basis"] for mention in found["mentions"]] == ["none"]


def test_the_readable_view_marks_the_expressions():
    status, out, _ = run("resolve", stdin="They met on 2022-01-26.")
    assert status == 0
    assert "They met on 2022-01-26[1]." in out


def test_the_readable_view_tells_errors_on_standard_error():
    status, out, err = run("resolve", stdin=b"\x00")
    assert (status, out) == (1, "")
    assert err == "error: standard input: binary content: a NUL byte at offset 0\n"


# ---------------------------------------------------------------- timeline
def test_the_timeline_for_programs_is_the_contract(news):
    run("ingest", "news")
    status, [found] = lines("timeline", "--json")
    assert status == 0
    assert [event["date"] for event in found] == ["2022-01-26", "2022-01-28"]
    assert found[0] == {
        "id": found[0]["id"],
        "date": "2022-01-26",
        "title": "Russia receives a note",
        "kind": "deliver",
        "status": "occurred",
        "reported_by": None,
        "edited": [],
        "actors": [
            {"id": "RUS", "name": "Russia", "state": "RUS"},
            {"id": "USA", "name": "United States", "state": "USA"},
        ],
        "sources": [{"article": "news/a.txt", "outlet": "Example"}],
    }


@pytest.mark.parametrize(
    ("args", "dates"),
    [
        (["--from", "2022-01-27"], ["2022-01-28"]),
        (["--to", "2022-01-27"], ["2022-01-26"]),
        (["--from", "2022-01", "--to", "2022-01-26"], ["2022-01-26"]),
        (["--from", "2023"], []),
        (["--actor", "RUS"], ["2022-01-26", "2022-01-28"]),
        (["--actor", "kremlin", "--to", "2022-01-26"], ["2022-01-26"]),
    ],
)
def test_the_timeline_can_be_narrowed(news, args, dates):
    run("ingest", "news")
    assert [event["date"] for event in lines("timeline", "--json", *args)[1][0]] == dates


def test_the_timeline_is_a_table_for_people(news):
    run("ingest", "news")
    _, out, _ = run("timeline")
    assert [line.split()[0] for line in out.splitlines()] == ["date", "2022-01-26", "2022-01-28"]
    assert run("timeline", "--from", "2023")[1] == "no events\n"


def test_the_timeline_refuses_days_in_the_wrong_order(news):
    status, _, err = run("timeline", "--from", "2023", "--to", "2022")
    assert status == 2
    assert "must not lie after" in " ".join(err.replace("\u2502", " ").split())


def test_the_timeline_of_an_unknown_actor_is_an_error(news):
    with pytest.raises(cli.NotFound, match="no actor has the id 'Atlantis'"):
        run("timeline", "--actor", "Atlantis")


# ---------------------------------------------------------------- serve and db
def test_a_taken_port_is_named_with_how_to_choose_another(news):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        status, _, err = run("serve", "--port", str(port))
    assert status == 1
    assert err == f"error: port {port} is taken by another program: choose another with --port or PORT=\n"


def test_an_address_that_is_not_this_machines_is_refused(news):
    status, _, err = run("serve", "--host", "192.0.2.1", "--port", "8000")
    assert status == 1
    assert err.startswith("error: cannot listen on 192.0.2.1, port 8000: ")


@pytest.mark.parametrize(
    ("host", "shown"),
    [("127.0.0.1", "http://127.0.0.1:80"), ("0.0.0.0", "http://127.0.0.1:80"), ("::", "http://[::1]:80")],
)
def test_serving_prints_an_address_that_can_be_opened(news, monkeypatch, host, shown):
    served: list[dict] = []
    configured: list[tuple[str, str]] = []
    monkeypatch.setattr("uvicorn.run", lambda application, **options: served.append(options))
    monkeypatch.setattr("app.api.logs.configure", lambda level, form: configured.append((level, form)))
    monkeypatch.setattr(cli, "_refuse_taken", lambda host, port: None)
    status, out, _ = run("serve", "--host", host, "--port", "80")
    [options] = served
    assert (status, options["host"], options["port"]) == (0, host, 80)
    assert configured == [("INFO", "text")] and (options["log_config"], options["access_log"]) == (None, False)
    assert (options["proxy_headers"], options["forwarded_allow_ips"]) == (False, "")
    assert out == f"Demarche listens on {shown} (docs at {shown}/docs); Ctrl+C ends it.\n"


def test_only_proxies_that_the_operator_names_are_believed(monkeypatch, news):
    served: list[dict] = []
    monkeypatch.setattr("uvicorn.run", lambda application, **options: served.append(options))
    monkeypatch.setattr("app.api.logs.configure", lambda level, form: None)
    monkeypatch.setattr(cli, "_refuse_taken", lambda host, port: None)
    monkeypatch.setenv("TRUSTED_PROXIES", "10.0.0.7, 192.168.0.0/16")
    assert run("serve")[0] == 0
    assert (served[0]["proxy_headers"], served[0]["forwarded_allow_ips"]) == (True, "10.0.0.7,192.168.0.0/16")


def test_the_database_is_migrated_and_tells_its_revision(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/new.db")
    newest = migrate.newest()
    assert run("db", "current") == (
        1,
        "the database has never been migrated\n",
        f"revision {newest} is needed: run `demarche db upgrade`\n",
    )
    for _ in range(2):
        assert run("db", "upgrade") == (0, f"the database has revision {newest}\n", "")
    assert run("db", "current") == (0, f"the database has revision {newest}\n", "")


# ---------------------------------------------------------------- end to end, with the real extractor
@pytest.fixture
def real(monkeypatch: pytest.MonkeyPatch):
    from app.extract.pipeline import Extractor

    extractor = Extractor(lexicon=REAL_LEXICON(None), today=date(2024, 1, 1))
    monkeypatch.setattr(console, "extractor", lambda actors: extractor)
    monkeypatch.setattr(console, "lexicon", REAL_LEXICON)


def test_the_four_acts_of_the_case_are_read_from_the_seeds(real, news):
    seeds = Path(__file__).parents[1] / "seeds"
    status, out, _ = run("ingest", str(seeds))
    assert status == 0, out
    [found] = lines("timeline", "--json")[1]
    days = {event["date"] for event in found}
    assert {"2021-12-15", "2021-12-17", "2022-01-26", "2022-01-28"} <= days


def test_hostile_lines_do_not_break_the_real_extractor(real):
    texts = [
        "\ud800",
        "\u202e" * 50,
        "\n" * 5000 + ".",
        "a" * 50_000,
        "January 26 " * 500,
        "\u0301\u200b\ufeff",
        "[1] (2) {3}",
    ]
    given = "\n".join(json.dumps({"id": number, "text": text}) for number, text in enumerate(texts))
    status, found = lines("resolve", "--jsonl", "--json", stdin=given)
    assert (status, [one["id"] for one in found]) == (0, list(range(len(texts))))
    for text, one in zip(texts, found, strict=True):
        for timex in one["timexes"]:
            assert text[timex["begin"] : timex["end"]] == timex["text"]


# ---------------------------------------------------------------- as it was known
def test_the_timeline_as_of_a_day_leaves_out_what_was_written_later(news):
    run("ingest", "news")
    status, [known] = lines("timeline", "--as-of", "2022-01-26", "--json")
    _, [now] = lines("timeline", "--json")
    assert status == 0
    assert len(known) < len(now)


@pytest.mark.parametrize("day", ["2022-01", "soon", "2022-01-01/.."])
def test_as_of_takes_one_day(news, day):
    status, _, err = run("timeline", "--as-of", day)
    assert status == 2 and "--as-of" in err


# ---------------------------------------------------------------- reading again
def test_reextract_tells_what_changes_and_keeps_it_only_when_told_to(news, reader):
    run("ingest", "news")
    assert lines("reextract", "--json") == (
        0,
        [{"read": 0, "applied": False, "failed": [], "added": [], "gone": [], "redated": [], "unchanged": 2}],
    )
    status, out, _ = run("reextract", "--all")
    assert status == 0
    assert "2 articles read again: 0 events added, 0 gone, 0 redated, 2 as they were" in out
    assert "nothing was changed: --apply keeps it" in out
    status, [report] = lines("reextract", "--all", "--apply", "--json")
    assert (status, report["read"], report["applied"]) == (0, 2, True)
