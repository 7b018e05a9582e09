"""What Schemathesis is told of this API: the one format that it cannot send, and which refusals no schema can foresee.

`SCHEMATHESIS_HOOKS=tests.api.contract st run http://127.0.0.1:8000/openapi.json` runs it by hand, with
`--checks all --exclude-checks positive_data_acceptance,negative_data_rejection,use_after_free`: the checks below take the place
of the first two, and nothing that is deleted here is gone: jobs are cancelled and edits undone, and both stay to be read.
"""

import json
import re
from typing import Any

import schemathesis
from schemathesis.checks import CheckContext, negative_data_rejection, positive_data_acceptance

TYPE = "urn:demarche:problem:"
SENDING = "POST /v1/articles"
NOT_OF_THE_SCHEMA = {
    # whom and what there is in the store
    "actor",
    "actors",
    "counterpart",
    "lane",
    "event",
    "mentions",
    # handed out by the server, and bound to one query
    "cursor",
    # which years leap, and which of two dates comes first
    "datetime",
    "date",
    # a grammar: something must be left that is to be found
    "q",
    # only beside an actor, only beside `q`: OpenAPI cannot say that of parameters
    "role",
    "sort",
}
"""The parameters whose values only the store, the calendar or another parameter can judge."""
NOT_OF_THE_SHAPE = re.compile(r'"date" is |has neither "id" nor "url"|web address|holds nothing|no article text')
"""Why articles of the right shape are refused: an impossible day, nothing that tells them apart, a page without a text."""
REFUSED = range(400, 500)


@schemathesis.serializer("application/x-ndjson", "application/jsonl")
def lines(context: schemathesis.SerializationContext, value: Any) -> bytes:
    """The body as JSON lines: texts as they are, lists line by line."""
    if isinstance(value, bytes):
        return value
    return (value if isinstance(value, str) else json.dumps(value)).encode("utf-8", "surrogatepass")


@schemathesis.check
def right_requests_are_taken(
    context: CheckContext, response: schemathesis.Response, case: schemathesis.Case
) -> bool | None:
    """A request that fits the schema is done, or refused for what no schema can say; see `NOT_OF_THE_SCHEMA`."""
    if response.status_code in (404, 409, 410, 413, 429):  # what there is, and how much at once, is not the schema's
        return None
    if response.status_code == 422 and _unforeseen(response.json()):
        return None
    return positive_data_acceptance(context, response, case)


@schemathesis.check
def wrong_requests_are_refused(
    context: CheckContext, response: schemathesis.Response, case: schemathesis.Case
) -> bool | None:
    """A request that does not fit the schema is refused; of articles sent together each has its own result instead."""
    if response.status_code in REFUSED:
        return None
    if case.operation.label == SENDING and ("articles" in response.json() or "total" in response.json()):
        return None
    return negative_data_rejection(context, response, case)


def _unforeseen(problem: dict[str, Any]) -> bool:
    if problem["type"] == f"{TYPE}idempotency-key-reused":
        return True
    if problem["type"] == f"{TYPE}invalid-article":
        return NOT_OF_THE_SHAPE.search(problem["detail"]) is not None
    named = {error["parameter"] for error in problem.get("errors", ())}
    return bool(named) and named <= NOT_OF_THE_SCHEMA
