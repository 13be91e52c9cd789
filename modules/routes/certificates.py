"""A certificate as a PDF; its number is what entitles to it."""

from datetime import datetime
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from starlette.requests import Request
from starlette.responses import Response

from modules.core.credit import tidy_number
from modules.core.keys import DocumentKey
from modules.export.addresses import verify_url
from modules.export.certificate import certificate_pdf
from modules.routes.context import RouteContext
from modules.routes.limit import Limit
from modules.routes.page import HEADERS, notice
from modules.routes.verify import TOO_OFTEN, UNKNOWN


class Signed(Protocol):
    def __call__(self, pdf: bytes, key: DocumentKey, *, name: str, at: datetime) -> bytes: ...


@cache
def _signed() -> Signed:
    """The signing library takes over a second to import: the first download pays for it, not each start."""
    return cast(Signed, import_module("modules.export.signed").signed_pdf)


def certificate_file(context: RouteContext, limit: Limit, request: Request) -> Response:
    """A revoked certificate is gone; a superseded one is still the document that was issued."""
    links = (("/verify", "Check a number"),)
    if not limit.allows(request):
        return notice(context, "Too many checks", TOO_OFTEN, *links, status=429)
    issued = context.records.certificate(tidy_number(request.path_params["number"]))
    if issued is None:
        return notice(context, "Certificate not found", UNKNOWN, *links, status=404)
    if issued.state == "revoked":
        sentence = f"This certificate was revoked. {issued.reason or ''}".strip()
        return notice(context, "Certificate revoked", sentence, *links, status=410)
    number = issued.certificate.number
    link = verify_url(number, context.base_url or str(request.base_url))
    headers = {
        **HEADERS,
        "Content-Disposition": f'inline; filename="landmark-{number}.pdf"',
        "Cache-Control": "private, no-store",
        "X-Robots-Tag": "noindex",
    }
    plain = certificate_pdf(issued.certificate, link)
    signed = _signed()(plain, context.keys.document(), name=context.site, at=issued.certificate.issued)
    return Response(signed, media_type="application/pdf", headers=headers)
