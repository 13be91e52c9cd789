"""Was this sent by one of our own pages."""

from urllib.parse import urlsplit

from starlette.requests import Request

FOREIGN = "This was sent from another site and was not taken."


def foreign(base_url: str | None, request: Request) -> bool:
    """Sec-Fetch-Site, which no page can forge, decides where it is sent; else the origin must be ours.

    Behind a proxy the Host may not be what the browser asked for, so the public address counts too.
    """
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site:
        return site != "same-origin"
    ours = {request.headers.get("host", ""), urlsplit(base_url or "").netloc}
    return origin is not None and urlsplit(origin).netloc not in ours
