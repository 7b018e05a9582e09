import pytest

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
        ("LOG_LEVEL", "loud", "use DEBUG, INFO, WARNING or ERROR"),
        ("QUOTE_CHARS", "5", "use a whole number from 40 to 10000"),
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
