import pytest

from app.core import rates
from app.core.rates import Rate
from app.errors import SettingsError
from app.settings import Settings


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def test_without_an_environment_the_store_is_a_file_here() -> None:
    settings = Settings.read()
    assert (settings.database_url, settings.host, settings.port) == ("sqlite:///demarche.db", "127.0.0.1", 8000)
    assert (settings.origins, settings.log_level, settings.quote_chars) == (("*",), "INFO", 500)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_way_to_name_postgresql_uses_the_driver_we_have(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    monkeypatch.setenv("DATABASE_URL", f"{scheme}://u:p@db/news")
    assert Settings.read().database_url == "postgresql+psycopg://u:p@db/news"


def test_an_empty_variable_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "")
    assert Settings.read().port == 8000


@pytest.mark.parametrize(
    ("name", "value", "accepted"),
    [
        ("DATABASE_URL", "mysql://db", "use sqlite:///path/to/file.db or postgresql://user:password@host:port/name"),
        ("DATABASE_URL", "news.db", "use sqlite:///path/to/file.db or postgresql://user:password@host:port/name"),
        ("PORT", "http", "use a whole number from 1 to 65535"),
        ("PORT", "70000", "use a whole number from 1 to 65535"),
        (
            "CORS_ORIGINS",
            "example.org",
            "use * or origins separated by commas, such as https://example.org,http://localhost:5173",
        ),
        *(
            (
                "EMBED_ORIGINS",
                value,
                "use *, none, or origins separated by commas, such as https://example.org,https://*.example.org",
            )
            for value in (
                "example.org",
                "https://a.example; script-src *",
                "*,https://a.example",
                "https://a.example/x",
            )
        ),
        ("LOG_LEVEL", "loud", "use DEBUG, INFO, WARNING or ERROR"),
        ("LOG_FORMAT", "xml", "use text or json"),
        ("RATE_LIMIT", "600", f"use {rates.ACCEPTED}"),
        ("RATE_LIMIT", "0/minute", f"use {rates.ACCEPTED}"),
        ("WRITE_RATE_LIMIT", "6/fortnight", f"use {rates.ACCEPTED}"),
        ("READS_NEED_TOKEN", "perhaps", "use true or false"),
        (
            "TRUSTED_PROXIES",
            "proxy.example",
            "use addresses or networks separated by commas, such as 10.0.0.7,192.168.0.0/16, or * for all",
        ),
        ("QUOTE_CHARS", "5", "use a whole number from 40 to 10000"),
        ("MAX_BODY_BYTES", "32 MB", "use a whole number from 1024 to 1073741824"),
        ("WORKERS_IN_API", "perhaps", "use true or false"),
        ("IDEMPOTENCY_HOURS", "0", "use a whole number from 1 to 8760"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, accepted: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as raised:
        Settings.read()
    assert str(raised.value) == f"{name}={value!r} cannot be used: {accepted}"


def test_a_refused_address_does_not_show_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://user:secret@db/news")
    with pytest.raises(SettingsError) as raised:
        Settings.read()
    assert "secret" not in str(raised.value)


def test_limits_are_none_unless_they_are_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings.read().rates == (None, None)
    monkeypatch.setenv("RATE_LIMIT", "600/minute")
    monkeypatch.setenv("WRITE_RATE_LIMIT", " 5 / Second ")
    assert Settings.read().rates == (Rate(600, 60), Rate(5, 1))


def test_the_timeline_may_be_framed_by_all_by_some_or_by_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings.read().frame_ancestors == ("*",)
    monkeypatch.setenv("EMBED_ORIGINS", "https://*.news.example/, http://localhost:5173")
    assert Settings.read().frame_ancestors == ("https://*.news.example", "http://localhost:5173")
    monkeypatch.setenv("EMBED_ORIGINS", "none")
    assert Settings.read().frame_ancestors == ()


def test_proxies_may_be_all_or_addresses_and_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    for given, read in (("*", "*"), ("::1, 10.0.0.0/8,", "::1,10.0.0.0/8"), (" ", "")):
        monkeypatch.setenv("TRUSTED_PROXIES", given)
        assert Settings.read().trusted_proxies == read
