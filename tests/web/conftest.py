"""The client of the API's tests, whose store has a little news in it."""

from tests.api.conftest import app, client

__all__ = ["app", "client"]
