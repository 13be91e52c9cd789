"""A certificate as a PDF; its number is what entitles to it."""

from starlette.requests import Request
from starlette.responses import Response

from modules.core.credit import tidy_number
from modules.export.addresses import verify_url
from modules.export.certificate import certificate_pdf
from modules.export.signed import signed_pdf
from modules.routes.context import RouteContext
from modules.routes.limit import Limit
from modules.routes.page import HEADERS, notice
from modules.routes.verify import TOO_OFTEN, UNKNOWN


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
    signed = signed_pdf(plain, context.keys.document(), name=context.site, at=issued.certificate.issued)
    return Response(signed, media_type="application/pdf", headers=headers)
