"""The page where anybody can try what would be read in a text."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.api.resolve import MAX_BODY
from app.web import pages

router = APIRouter(include_in_schema=False)
EXAMPLE = """\
HELSINKI, June 10. Finland received a written answer from Estonia on Thursday. The day before, Finnish Foreign Minister Pekka \
Haavisto spoke by telephone with US Secretary of State Antony Blinken.

Finland had presented its proposals to Estonia in late May, and Finland and Estonia held talks in Tallinn from June 1 to 3. \
"For three years we have asked for this agreement," Haavisto said. Finland and Estonia will sign it in Helsinki in early July."""


@router.get("/try")
async def trial(request: Request) -> Response:
    """A form for a text, whose answer is that of POST /v1/resolve."""
    closed = request.app.state.settings.reads_need_token
    return pages.answer(request, "try.html", most_bytes=MAX_BODY, example=EXAMPLE, closed=closed)
