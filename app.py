"""Landmark: the Streamlit pages and the plain routes, one ASGI app. `streamlit run app.py` starts it."""

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from modules.actions.account_letters import sender_of
from modules.actions.house import ROOT, house
from modules.actions.openid_providers import read_providers
from modules.routes.ahead import Ahead
from modules.routes.compress import Compress
from modules.routes.context import RouteContext
from modules.routes.guest import GuestCookie
from modules.routes.headers import SecurityHeaders
from modules.routes.shell import Shell, head_for
from modules.routes.table import live_routes, routes
from modules.web.server import lifespan

home = house()
context = RouteContext(
    library=lambda: home.shelf.current().library,
    records=home.records,
    secret=home.secret,
    keys=home.keys,
    assets=ROOT / "assets",
    content=home.settings.content,
    base_url=home.settings.base_url,
    keep_years=home.settings.keep_years,
    sender=sender_of(home.settings),
    providers=read_providers(home.settings.openid),
)
live = live_routes(context)
app = st.App(
    "modules/web/main.py",
    routes=[*routes(context, live), Mount("/assets", StaticFiles(directory=ROOT / "assets"))],
    middleware=[
        Middleware(SecurityHeaders),
        Middleware(Compress, cache=home.settings.data / "cache"),
        Middleware(Ahead, routes=live, under=("/join/", "/room/")),
        Middleware(GuestCookie, secret=home.secret, records=home.records),
        Middleware(Shell, head=head_for(context), stylesheet="/assets/css/app.css"),
    ],
    lifespan=lifespan,
)
