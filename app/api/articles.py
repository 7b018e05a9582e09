"""GET /v1/articles and /v1/articles/{id}."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.api import examples, lists, parameters, problems
from app.api.lists import ArticleListOut
from app.api.parameters import ArticleParameters, Parameters
from app.api.sessions import Reads
from app.formats.shapes import ArticleDetailOut
from app.formats.wire import dumps
from app.store import articles
from app.store.articles import ArticleQuery

router = APIRouter(tags=["articles"])


@router.get(
    "/articles",
    summary="What was read",
    responses={
        **examples.answer(ArticleListOut, "A page of articles in the order of their dates", examples.ARTICLES),
        **problems.documented(
            problems.INVALID, problems.FOREIGN_CURSOR, problems.UNAVAILABLE, examples=examples.PROBLEMS
        ),
    },
    openapi_extra=parameters.documented(ArticleParameters),
)
def list_articles(request: Request, session: Reads) -> Response:
    """Articles in the order of their dates, those of unknown date last; never their text."""
    asked = parameters.read(ArticleParameters, request)
    found = articles.page(session, ArticleQuery(**asked.model_dump()))
    return lists.answer("articles", found, request)


@router.get(
    "/articles/{id}",
    summary="One article",
    responses={
        **examples.answer(ArticleDetailOut, "The article", examples.ARTICLE),
        **problems.documented(problems.INVALID, problems.NOT_FOUND, problems.UNAVAILABLE, examples=examples.PROBLEMS),
    },
)
def get_article(id: str, request: Request, session: Reads) -> Response:
    """The article's address, outlet and date, the evidence for that date, and the events it reports."""
    parameters.read(Parameters, request)
    return Response(dumps(articles.get(session, id)), media_type=lists.MEDIA_TYPE)
