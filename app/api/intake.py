"""POST /v1/articles takes articles in, few at once and many as a job; /v1/jobs tells what came of them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from http import HTTPStatus
from io import BytesIO
from typing import Annotated, Any, NotRequired
from uuid import uuid4

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from typing_extensions import TypedDict

from app import intake
from app.api import bodies, examples, lists, parameters, problems, repeats
from app.api.parameters import JobListParameters, JobParameters, Parameters
from app.api.problems import InvalidArticle, TooManyArticles
from app.api.resolve import ARTICLE
from app.api.sessions import Reads
from app.api.tokens import SECURITY, Tokens, allowed, granted
from app.errors import CursorError, Malformed, SourceError
from app.formats.shapes import ArticleEventOut, LinkOut
from app.formats.wire import dumps
from app.intake import Came, Result, Sent
from app.sources import jsonl, record
from app.store import jobs, pages
from app.store.engine import noting
from app.store.jobs import Job, State
from app.store.tokens import Token

router = APIRouter(tags=["reading"])
MAX_AT_ONCE = 10
MAX_BYTES_AT_ONCE = 256 * 1024
MAX_ARTICLES = 10_000
RETRY_S = 5
LATER = "respond-async"
_EXAMPLE = '{"url": "https://news.example/a", "text": "They met on Friday."} or {"articles": [...]}'
_FINISHED = (State.DONE, State.FAILED, State.CANCELLED)


def _holder(request: Request) -> Token:
    held: Tokens = request.app.state.tokens
    return held.allowed(request.headers.get("authorization", ""), "read")


Author = Annotated[str, Depends(allowed("ingest"))]
Holder = Annotated[Token, Depends(_holder)]


class TakenOut(TypedDict):
    """What came of one article, by its place in what was sent: `outcome` is created, revised, unchanged, refused or cancelled.

    `id` is the article's where it is stored, `reason` why it was refused or tells no event; `events` are those that it tells.
    """

    number: int
    outcome: str
    key: NotRequired[str]
    id: NotRequired[str]
    reason: NotRequired[str]
    events: list[ArticleEventOut]
    links: list[LinkOut]


class TakenListOut(TypedDict):
    """What came of each article, in order, and how many had each outcome."""

    articles: list[TakenOut]
    counts: dict[str, int]


class JobOut(TypedDict):
    """Articles that were sent together. `state` is queued, running, done, failed (not one could be taken in) or cancelled.

    `done` counts those of `total` that are over, `counts` how many had each outcome.
    """

    id: str
    state: str
    total: int
    done: int
    counts: dict[str, int]
    made_at: str
    finished_at: NotRequired[str]
    links: list[LinkOut]


class JobDetailOut(JobOut):
    """The job, and a page of what came of its articles so far."""

    articles: list[TakenOut]


class JobListOut(TypedDict):
    """Jobs, the latest first."""

    jobs: list[JobOut]
    links: list[LinkOut]


# ---------------------------------------------------------------- what was sent
@dataclass(frozen=True, slots=True)
class _Given:
    """The articles of a request; `single` is one that was sent without a list around it."""

    sent: list[Sent]
    single: bool = False


def _given(content: bytes, *, lines: bool, owner: str) -> _Given:
    """Raises InvalidBody, and InvalidArticle for a single article that cannot be read, TooManyArticles."""
    if lines:
        return _Given(list(intake.sent(_of_lines(content), owner=owner)))
    values = bodies.parsed(content, _EXAMPLE)
    if "articles" not in values:
        [one] = intake.sent([values], owner=owner)
        if one.refused:
            raise InvalidArticle(f"the article: {one.refused.reason}")
        return _Given([one], single=True)
    return _Given(list(intake.sent(_of_list(values), owner=owner)))


def _of_lines(content: bytes) -> Iterable[record.Values | SourceError]:
    if not content.strip():
        raise InvalidArticle("there is no article: send one on each line")
    return (_line(line, number) for number, line in enumerate(_few(jsonl.lines(BytesIO(content))), start=1))


def _few(lines: Iterable[bytes | None]) -> list[bytes | None]:
    found = list(lines)
    if len(found) > MAX_ARTICLES:
        raise TooManyArticles(len(found), MAX_ARTICLES)
    return found


def _line(line: bytes | None, number: int) -> record.Values | SourceError:
    where = f"article {number}"
    try:
        return jsonl.values_of(line, where=where)
    except SourceError as error:
        return error


def _of_list(values: record.Values) -> Iterable[record.Values | SourceError]:
    listed, others = values["articles"], [name for name in values if name != "articles"]
    if others:
        raise InvalidArticle(f'"{record.clean(others[0])}" stands beside "articles": a batch has no other field')
    if not isinstance(listed, list) or not listed:
        raise InvalidArticle('"articles" is not a list that holds an article')
    if len(listed) > MAX_ARTICLES:
        raise TooManyArticles(len(listed), MAX_ARTICLES)
    return (_element(one, number) for number, one in enumerate(listed, start=1))


def _element(one: object, number: int) -> record.Values | SourceError:
    if isinstance(one, dict):
        return one
    accepted = f"accepted is an object with {', '.join(record.FIELDS)}"
    return Malformed(f"article {number}", f"is a JSON {record.kind(one)}: {accepted}")


# ---------------------------------------------------------------- taking it in
def _at_once(request: Request, given: _Given) -> Response:
    desk = request.app.state.intake
    results = [_taken(desk, one) for one in given.sent]
    if given.single and results[0].outcome is Came.REFUSED:
        raise InvalidArticle(f"the article: {results[0].reason}")
    counts = {came.value: sum(one.outcome is came for one in results) for came in Came if came is not Came.CANCELLED}
    shown = [_shown(number, result) for number, result in enumerate(results, start=1)]
    body: TakenListOut = {"articles": shown, "counts": counts}
    status = HTTPStatus.CREATED if counts[Came.CREATED] else HTTPStatus.OK
    return Response(dumps(body), status, media_type=lists.MEDIA_TYPE)


def _taken(desk: intake.Intake, one: Sent) -> Result:
    if isinstance(one.draft, SourceError):
        return Result(Came.REFUSED, reason=one.draft.reason)
    return desk.take(one.draft, number=one.number, now=datetime.now(UTC))


def _later(request: Request, given: _Given, owner: str) -> Response:
    state, id_, now = request.app.state, f"j{uuid4().hex}", datetime.now(UTC)
    articles = [one.refused.document() if one.refused else one.payload for one in given.sent]
    with noting(state.engine) as session:
        jobs.remove_finished(session, now - intake.KEPT)
        jobs.create(session, id_, owner, articles, now=now)
        job = jobs.get(session, id_)
    state.wake()
    path = request.url_for("get_job", id=id_).path
    headers = {"Location": path, "Retry-After": str(RETRY_S)}
    if _wants_later(request):
        headers["Preference-Applied"] = LATER
    return Response(dumps(_summary(job, path)), HTTPStatus.ACCEPTED, headers, lists.MEDIA_TYPE)


def _wants_later(request: Request) -> bool:
    preferences = ",".join(request.headers.getlist("prefer")).lower().split(",")
    return LATER in {one.partition(";")[0].strip() for one in preferences}


# ---------------------------------------------------------------- showing it
def _shown(number: int, result: Result) -> TakenOut:
    shown: TakenOut = {"number": number, "outcome": result.outcome.value, "events": list(result.events), "links": []}
    if result.key:
        shown["key"] = result.key
    if result.reason:
        shown["reason"] = result.reason
    if result.article:
        shown["id"] = result.article
        shown["links"] = [{"rel": "self", "href": f"/v1/articles/{result.article}"}]
        shown["links"] += [{"rel": "event", "href": f"/v1/events/{event['id']}"} for event in result.events]
    return {name: shown[name] for name in TakenOut.__annotations__ if name in shown}  # type: ignore[return-value, literal-required]


def _summary(job: Job, path: str) -> JobOut:
    shown: JobOut = {
        "id": job.id,
        "state": job.state.value,
        "total": job.total,
        "done": job.done,
        "counts": job.counts,
        "made_at": job.made_at.isoformat(),
        "links": [{"rel": "self", "href": path}],
    }
    if job.finished_at:
        shown["finished_at"] = job.finished_at.isoformat()
    return shown


def _answer(body: object, links: list[LinkOut], *, finished: bool = True) -> Response:
    headers = {"Link": lists.header(links), "Cache-Control": "private, no-store"}
    if not finished:
        headers["Retry-After"] = str(RETRY_S)
    return Response(dumps(body), media_type=lists.MEDIA_TYPE, headers=headers)


def _detail(request: Request, session: Any, id_: str, asked: JobParameters) -> Response:
    job = jobs.get(session, id_)
    found = jobs.results(session, id_, after=asked.after, limit=asked.limit + 1)
    shown = found[: asked.limit]
    links = lists.links(request, {"after": str(shown[-1]["number"])} if len(found) > asked.limit else {})
    articles = [_shown(one["number"], Result.of(one)) for one in shown]
    body: JobDetailOut = {**_summary(job, ""), "articles": articles, "links": links}
    return _answer(body, links, finished=job.state in _FINISHED)


# ---------------------------------------------------------------- documentation
_REFUSALS = (
    problems.INVALID,
    problems.NOT_FOUND,
    problems.UNAVAILABLE,
    problems.UNAUTHENTICATED,
    problems.INSUFFICIENT_SCOPE,
)
_WRITE_REFUSALS = (
    problems.INVALID,
    problems.INVALID_ARTICLE,
    problems.INVALID_BODY,
    problems.TOO_LARGE_BODY,
    problems.UNAUTHENTICATED,
    problems.INSUFFICIENT_SCOPE,
    problems.KEY_REUSED,
    problems.STILL_WORKED_ON,
    problems.BUSY,
    problems.UNAVAILABLE,
)
SHAPES: dict[str, dict[str, Any]] = {
    "ArticleBatchIn": {
        "type": "object",
        "properties": {
            "articles": {"type": "array", "items": {"oneOf": ARTICLE}, "minItems": 1, "maxItems": MAX_ARTICLES}
        },
        "required": ["articles"],
        "additionalProperties": False,
    }
}
"""The shape of articles that are sent together, by its name among the document's schemas."""
_SENT: dict[str, Any] = {"oneOf": [*ARTICLE, {"$ref": "#/components/schemas/ArticleBatchIn"}]}
_PREFER: dict[str, Any] = {
    "name": "Prefer",
    "in": "header",
    "required": False,
    "description": f"`{LATER}` has few articles read as a job, too (RFC 7240).",
    "schema": {"type": "string"},
    "example": LATER,
}


def _documented(status: HTTPStatus, model: Any, description: str, example: object) -> dict[int | str, dict[str, Any]]:
    return {status.value: examples.answer(model, description, example)[200]}


# ---------------------------------------------------------------- routes
@router.post(
    "/articles",
    summary="Take articles in",
    status_code=201,
    responses={
        **_documented(HTTPStatus.CREATED, TakenListOut, "Read and stored; some are new", examples.TAKEN),
        **_documented(HTTPStatus.OK, TakenListOut, "Read; none is new", examples.TAKEN_AGAIN),
        **_documented(HTTPStatus.ACCEPTED, JobOut, "To be read; Location leads to the job", examples.NEW_JOB),
        **problems.documented(*_WRITE_REFUSALS, examples=examples.PROBLEMS),
    },
    openapi_extra={
        "parameters": [repeats.DOCUMENTED, _PREFER],
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": _SENT, "example": examples.SENT},
                "application/x-ndjson": {
                    "schema": {"type": "string", "pattern": r"\S"},
                    "example": examples.SENT_LINES,
                },
            },
        },
        **SECURITY,
    },
)
async def send_articles(request: Request, author: Author) -> Response:
    """One article, or `{"articles": [...]}`, or JSON lines. Up to 10 articles and 256 KiB are read and stored at once; more than
    that becomes a job. A fault of one article is its result, named by its place, and the others land. What was sent before is
    unchanged, or a revision where its text or date is another; an article is known by its address (`url`), else by its `id` among
    those of the token's owner.
    """
    parameters.read(Parameters, request)
    state = request.app.state
    content = await bodies.content(request, state.settings.max_body_bytes)
    lines = bodies.has_lines(request)
    given = await run_in_threadpool(_given, content, lines=lines, owner=author)
    if len(content) > MAX_BYTES_AT_ONCE or len(given.sent) > MAX_AT_ONCE or _wants_later(request):
        later = partial(_later, request, given, author)
        return await run_in_threadpool(repeats.once, request, author, later)
    at_once = partial(_at_once, request, given)
    done: Response = await state.turns.run(lambda: repeats.once(request, author, at_once))
    return done


@router.get(
    "/jobs",
    summary="Your jobs",
    responses={
        **examples.answer(JobListOut, "A page of jobs, the latest first", examples.JOBS),
        **problems.documented(*_REFUSALS, problems.FOREIGN_CURSOR, examples=examples.PROBLEMS),
    },
    openapi_extra={**parameters.documented(JobListParameters), **SECURITY},
)
def list_jobs(request: Request, session: Reads, holder: Holder) -> Response:
    """The jobs of the token's owner. They are forgotten 30 days after their end."""
    asked = parameters.read(JobListParameters, request)
    query = f"jobs {holder.name}"
    before = _before(asked.cursor, query)
    found, following = jobs.of_owner(session, holder.name, before=before, limit=asked.limit)
    links = lists.links(request, {"cursor": pages.seal((str(following),), query)} if following is not None else {})
    shown = [_summary(job, request.url_for("get_job", id=job.id).path) for job in found]
    body: JobListOut = {"jobs": shown, "links": links}
    return _answer(body, links)


def _before(cursor: str | None, query: str) -> int | None:
    if cursor is None:
        return None
    [place] = pages.unseal(cursor, query, fields=1)
    if not re.fullmatch(r"\d{1,9}", place, re.ASCII):
        raise CursorError(cursor)
    return int(place)


@router.get(
    "/jobs/{id}",
    summary="One job",
    responses={
        **examples.answer(JobDetailOut, "The job", examples.JOB),
        **problems.documented(*_REFUSALS, examples=examples.PROBLEMS),
    },
    openapi_extra={**parameters.documented(JobParameters), **SECURITY},
)
def get_job(id: str, request: Request, session: Reads, holder: Holder) -> Response:
    """How far it is, and what came of its articles: a page of those that are over, in their order. Retry-After tells when to ask
    again while some are not. Jobs of others take a token of scope ingest.
    """
    asked = parameters.read(JobParameters, request)
    if jobs.get(session, id).owner != holder.name:
        granted(holder, "ingest")
    return _detail(request, session, id, asked)


@router.delete(
    "/jobs/{id}",
    summary="Cancel a job",
    responses={
        **examples.answer(JobDetailOut, "The job, which has ended", examples.JOB),
        **problems.documented(*_REFUSALS, examples=examples.PROBLEMS),
    },
    openapi_extra=SECURITY,
)
def cancel_job(id: str, request: Request, author: Author) -> Response:
    """What has not been stored will not be; what has stays."""
    parameters.read(Parameters, request)
    with noting(request.app.state.engine) as session:
        jobs.cancel(session, id, now=datetime.now(UTC))
        return _detail(request, session, id, JobParameters())
