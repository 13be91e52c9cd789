"""What proves a certificate to programs: the credential, its issuer, the keys, and which no longer stand."""

import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from starlette.requests import Request
from starlette.responses import Response

from modules.core.credit import tidy_number
from modules.core.keys import BadgeKey
from modules.export.badge import Place, Recipient, credential, did_document, issuer_profile
from modules.export.baked import baked_svg
from modules.export.integrity import Document
from modules.export.status_list import status_list
from modules.records.records import Issued
from modules.records.statuses import ended_places, last_list, take_place
from modules.routes.context import RouteContext
from modules.routes.limit import Limit
from modules.routes.page import HEADERS, missing, notice
from modules.routes.verify import TOO_OFTEN, UNKNOWN

CHECK = (("/verify", "Check a number"),)
OPEN = {**HEADERS, "Access-Control-Allow-Origin": "*"}
"""Verifiers run in browsers too, on other sites."""


def badge_file(context: RouteContext, limit: Limit, request: Request) -> Response:
    """As with the PDF, the number is what entitles to it; a revoked one is gone, and its status bit says so."""
    return _entitled(context, limit, request, lambda issued: _badge_response(context, issued, request))


def badge_picture(context: RouteContext, limit: Limit, request: Request) -> Response:
    """The credential inside a picture, for places that collect badges."""
    return _entitled(context, limit, request, lambda issued: _picture_response(context, issued, request))


def _entitled(context: RouteContext, limit: Limit, request: Request, answer: Callable[[Issued], Response]) -> Response:
    if not limit.allows(request):
        return notice(context, "Too many checks", TOO_OFTEN, *CHECK, status=429)
    issued = context.records.certificate(tidy_number(request.path_params["number"]))
    if issued is None:
        return notice(context, "Certificate not found", UNKNOWN, *CHECK, status=404)
    if issued.state == "revoked":
        sentence = f"This certificate was revoked. {issued.reason or ''}".strip()
        return notice(context, "Certificate revoked", sentence, *CHECK, status=410)
    return answer(issued)


def _badge_response(context: RouteContext, issued: Issued, request: Request) -> Response:
    return Response(
        _text(_badge(context, issued, request)), media_type="application/json", headers=_private(issued, "json")
    )


def _picture_response(context: RouteContext, issued: Issued, request: Request) -> Response:
    logo = (context.assets / "logo.svg").read_text(encoding="utf-8")
    picture = baked_svg(logo, issued.certificate, _text(_badge(context, issued, request)))
    headers = {**_private(issued, "svg"), "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
    return Response(picture, media_type="image/svg+xml", headers=headers)


def _private(issued: Issued, ending: str) -> dict[str, str]:
    return {
        **OPEN,
        "Content-Disposition": f'inline; filename="landmark-{issued.certificate.number}.{ending}"',
        "Cache-Control": "private, no-store",
        "X-Robots-Tag": "noindex",
    }


def _badge(context: RouteContext, issued: Issued, request: Request) -> Document:
    person = context.records.person(issued.learner)
    number = issued.certificate.number
    return credential(
        issued.certificate,
        Recipient(issued.certificate.name, None if person is None else person.email),
        Place(*take_place(context.records, context.secret, number)),
        context.keys.badge(),
        base=base(context, request),
        site=context.site,
        salt=hmac.new(context.secret, f"salt/{number}".encode(), hashlib.sha256).hexdigest()[:32],
    )


def base(context: RouteContext, request: Request) -> str:
    """The site's public address without a slash at the end."""
    return (context.base_url or str(request.base_url)).rstrip("/")


def issuer(context: RouteContext, request: Request) -> Response:
    return _public(issuer_profile(base(context, request), context.site))


def did_file(context: RouteContext, request: Request) -> Response:
    return _public(did_document(base(context, request), context.keys.badge_publics()))


def status_file(context: RouteContext, request: Request) -> Response:
    """The first list is there from the start; the others when a place in them was taken."""
    number = request.path_params["number"]
    if not 1 <= number <= last_list(context.records):
        return missing(context, "There is no such status list.", *CHECK)
    ended, minute = ended_places(context.records, number), datetime.now(UTC).replace(second=0, microsecond=0)
    return _public(_listed(number, frozenset(ended), context.keys.badge(), where=base(context, request), at=minute))


@lru_cache(maxsize=8)
def _listed(number: int, ended: frozenset[int], key: BadgeKey, *, where: str, at: datetime) -> Document:
    """Signed once a minute at most, however many ask."""
    return status_list(number, ended, key, base=where, at=at)


def signing_certificates(context: RouteContext, _request: Request) -> Response:
    """For those who want to trust the signatures of PDFs: the certificates, the one in use first."""
    held = (x509.load_der_x509_certificate(one) for one in context.keys.certificates())
    body = b"".join(one.public_bytes(Encoding.PEM) for one in held)
    headers = {**OPEN, "Content-Disposition": 'inline; filename="landmark-signing.pem"'}
    return Response(body, media_type="application/x-pem-file", headers=headers)


def _public(document: Document) -> Response:
    headers = {**OPEN, "Cache-Control": "public, max-age=60"}
    return Response(_text(document), media_type="application/json", headers=headers)


def _text(document: Document) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
