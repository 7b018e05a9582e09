"""`demarche token`: who may use the API for what."""

import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from app import console
from app.console import AsJson
from app.core.access import SCOPES, Scope

if TYPE_CHECKING:
    from app.formats.shapes import TokenOut
    from app.store.tokens import Token

app = typer.Typer(
    no_args_is_help=True,
    help="Tokens for the API: each has a holder, scopes, and a secret that is shown once. A revoked one never holds again.",
)
MAX_NAME = 100


@app.command()
def create(
    name: Annotated[
        str, typer.Argument(help="The person or service that holds it; edits bear this name.", metavar="NAME")
    ],
    scope: Annotated[
        list[str],
        typer.Option(
            "--scope",
            metavar="read|ingest|curate",
            help="What it lets its holder do; ingest and curate let read, too. May be repeated.",
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Make a token, and print its secret: it is kept nowhere, and cannot be shown again."""
    from app.store import engine, tokens

    scopes = [_scope(one) for one in scope]
    if not name.strip() or len(name) > MAX_NAME or not name.isprintable():
        raise typer.BadParameter(f"{name!r} is not a name of 1 to {MAX_NAME} printable characters", param_hint="NAME")
    secret = tokens.secret(secrets.token_bytes(tokens.SECRET_BYTES))
    with console.database() as database, engine.writing(database) as session:
        made = tokens.make(session, name.strip(), scopes, digest=tokens.digest(secret), now=datetime.now(UTC))
    if as_json:
        console.print_json({**_document(made), "secret": secret})
    else:
        typer.echo(f"token {made.id} for {made.name} ({', '.join(made.scopes)}); it is shown this once:", err=True)
        typer.echo(secret)


@app.command(name="list")
def list_(as_json: AsJson = False) -> None:
    """List all tokens, those revoked too; never their secrets."""
    from app import terminal
    from app.store import engine, tokens

    with console.database() as database, engine.reading(database) as session:
        found = [_document(one) for one in tokens.every(session)]
    if as_json:
        console.print_json(found)
    else:
        terminal.stdout().print(terminal.tokens(found) if found else "no tokens")


@app.command()
def revoke(
    id: Annotated[int, typer.Argument(min=1, max=2**31 - 1, help="The token's id, as the list has it.", metavar="ID")],
) -> None:
    """Revoke a token: from now on the API refuses it."""
    from app.store import engine, tokens

    with console.database() as database, engine.writing(database) as session:
        revoked = tokens.revoke(session, id, now=datetime.now(UTC))
    typer.echo(f"token {revoked.id} of {revoked.name} is revoked")


def _scope(given: str) -> Scope:
    for scope in SCOPES:
        if scope == given:
            return scope
    raise typer.BadParameter(f"{given!r} is not one of {', '.join(SCOPES)}", param_hint="--scope")


def _document(token: "Token") -> "TokenOut":
    return {
        "id": token.id,
        "name": token.name,
        "scopes": list(token.scopes),
        "made_at": token.made_at.isoformat(timespec="seconds"),
        "revoked_at": token.revoked_at.isoformat(timespec="seconds") if token.revoked_at else None,
    }
