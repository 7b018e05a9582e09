"""`demarche token`: the secret is shown once, the list has none, a revoked token stays in it."""

import json

import pytest

from app import console
from app.errors import NotFound
from app.store import engine, tokens
from tests.test_cli import lines, news, reader, run, small_lexicon

__all__ = ["news", "reader", "small_lexicon"]  # fixtures


@pytest.fixture(autouse=True)
def store(news) -> None:
    """A migrated database, which DATABASE_URL names."""


def test_a_token_is_made_with_its_secret_alone_on_standard_output():
    status, out, err = run("token", "create", "anna", "--scope", "curate", "--scope", "ingest")
    assert status == 0 and err == "token 1 for anna (ingest, curate); it is shown this once:\n"
    with console.database() as database, engine.reading(database) as session:
        [(digest, held)] = tokens.standing(session).items()
    assert digest == tokens.digest(out.strip()) and out.startswith("dmr_") and len(out.strip()) == 47
    assert (held.name, held.scopes) == ("anna", ("ingest", "curate"))


def test_two_tokens_have_two_secrets():
    secrets = {run("token", "create", "anna", "--scope", "read")[1] for _ in range(2)}
    assert len(secrets) == 2


def test_tokens_are_listed_without_their_secrets_and_revoked():
    _, [made] = lines("token", "create", "anna", "--scope", "read", "--json")
    run("token", "create", "boris", "--scope", "curate")
    assert run("token", "revoke", "1") == (0, "token 1 of anna is revoked\n", "")
    _, [found] = lines("token", "list", "--json")
    assert [(one["id"], one["name"], one["scopes"], bool(one["revoked_at"])) for one in found] == [
        (1, "anna", ["read"], True),
        (2, "boris", ["curate"], False),
    ]
    shown = run("token", "list")[1]
    assert "anna" in shown and "curate" in shown
    assert made["secret"] not in shown + json.dumps(found)


def test_where_there_is_no_token_the_list_says_so():
    assert run("token", "list") == (0, "no tokens\n", "")


def test_a_token_that_is_not_there_cannot_be_revoked():
    with pytest.raises(NotFound, match="no token has the id '9'"):
        run("token", "revoke", "9")


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["anna"], "Missing option '--scope'"),
        (["anna", "--scope", "write"], "'write' is not one of read, ingest, curate"),
        ([" ", "--scope", "read"], "is not a name of 1 to 100 printable characters"),
        (["a\nb", "--scope", "read"], "is not a name of 1 to 100 printable characters"),
    ],
)
def test_a_token_that_cannot_be_made_is_refused(args, told):
    status, out, err = run("token", "create", *args)
    assert (status, out) == (2, "") and told in " ".join(err.replace("│", " ").split())
