"""One browser tab as far as a Streamlit server can tell: the WebSocket, its protobufs, sticky widget values.

It needs only what Streamlit itself installs, and must run with the server's Streamlit version: the protobuf
schema is not a stable interface. Rendering, scripts and custom components are not emulated.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import time
import urllib.parse
from dataclasses import dataclass
from typing import Any

os.environ.setdefault("STREAMLIT_BROWSER_GATHER_USAGE_STATS", "false")

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

FINAL = {
    ForwardMsg.FINISHED_SUCCESSFULLY: "ok",
    ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY: "ok",
    ForwardMsg.FINISHED_WITH_COMPILE_ERROR: "compile_error",
    # FINISHED_EARLY_FOR_RERUN is not final: another run follows.
}


class SessionError(Exception):
    """A step failed; `kind` is what is counted in the report."""

    def __init__(self, kind: str, detail: str = "") -> None:
        super().__init__(f"{kind}: {detail}" if detail else kind)
        self.kind = kind


@dataclass
class Widget:
    """What the harness remembers about one widget on the page."""

    id: str
    kind: str  # name of the Element oneof field: "button", "radio", ...
    label: str
    key: str
    form_id: str
    fragment_id: str
    disabled: bool
    options: tuple[str, ...] = ()


def _encode(kind: str, wid: str, value: Any) -> WidgetState:
    """Encode a Python value as the WidgetState that the widget `kind` expects."""
    ws = WidgetState(id=wid)
    match kind:
        case "button" | "download_button" | "link_button":
            ws.trigger_value = True
        case "checkbox":
            ws.bool_value = bool(value)
        case "slider":
            vals = value if isinstance(value, (list, tuple)) else [value]
            if all(isinstance(v, (int, float)) for v in vals):
                ws.double_array_value.data.extend(float(v) for v in vals)
            else:  # st.select_slider
                ws.string_array_value.data.extend(str(v) for v in vals)
        case "number_input":
            ws.double_value = float(value)
        case "pagination":
            ws.int_value = int(value)
        case "button_group" | "multiselect" | "date_input" | "date_time_input":
            vals = value if isinstance(value, (list, tuple)) else [value]
            ws.string_array_value.data.extend(str(v) for v in vals)
        case "menu_button":
            ws.string_trigger_value.data = str(value)
        case "chat_input":
            ws.chat_input_value.data = str(value)
        case _:  # text_input, text_area, radio, selectbox, color_picker, time_input ...
            ws.string_value = value if isinstance(value, str) else json.dumps(value)
    return ws


@dataclass
class RunResult:
    seconds: float
    first_delta_s: float
    messages: int
    bytes_in: int
    cached_refs: int
    fragment: bool
    """Only a fragment ran, not the whole page."""


class StreamlitSession:
    """One browser tab, as far as the server can tell."""

    def __init__(
        self,
        url: str,
        *,
        timeout: float = 60.0,
        cookie: str = "",
        headers: dict[str, str] | None = None,
        message_cache: bool = True,
        parse_elements: bool = True,
    ) -> None:
        u = urllib.parse.urlsplit(url)
        self.origin = f"{u.scheme}://{u.netloc}"
        self.ws_url = f"{'wss' if u.scheme == 'https' else 'ws'}://{u.netloc}{u.path.rstrip('/')}/_stcore/stream"
        self.timeout = timeout
        self.cookie = cookie
        self.headers = headers or {}
        self.message_cache = message_cache
        self.parse_elements = parse_elements

        self.ws: Any = None
        self.session_id = ""
        self.page_hash = ""
        self.page_name = ""
        self.query = ""
        self.pages: dict[str, str] = {}  # title or url path -> page_script_hash
        self.widgets: dict[str, Widget] = {}
        self.values: dict[str, WidgetState] = {}  # sticky, as in the browser
        self.text: list[str] = []  # visible text of the last run, for `expect`
        self.cards: list[str] = []  # where the cards of the last run are asked, in the order of the page
        self.exceptions: list[str] = []
        self.auto_rerun: dict[str, float] = {}  # fragment id -> interval
        self._cache: dict[str, tuple[int, ForwardMsg]] = {}
        self.runs = 0
        self._cache_age = 2

    async def connect(self, resume: str = "") -> float:
        """Open the WebSocket; returns handshake seconds. `resume` = old session id."""
        t0 = time.perf_counter()
        xsrf = "loadtest"
        subprotocols = ["streamlit", xsrf] + ([resume] if resume else [])
        headers = dict(self.headers)
        if self.cookie:
            headers["Cookie"] = self.cookie
        self.ws = await websockets.connect(
            self.ws_url,
            subprotocols=subprotocols,
            additional_headers=headers,
            origin=self.origin,
            compression=None,
            max_size=None,
            max_queue=None,
            ping_interval=None,
            open_timeout=self.timeout,
            close_timeout=1,
            proxy=None,
        )
        return time.perf_counter() - t0

    async def close(self) -> None:
        if self.ws is not None:
            with contextlib.suppress(Exception):
                await self.ws.close()
            self.ws = None

    # -- sending -------------------------------------------------------------

    def find(self, name: str, kinds: tuple[str, ...] = ()) -> Widget:
        """Find a widget by key, then by label."""
        for attr in ("key", "label"):
            for w in self.widgets.values():
                if getattr(w, attr) == name and (not kinds or w.kind in kinds):
                    return w
        raise SessionError("no_such_widget", name)

    def first_button(self) -> Widget:
        for w in self.widgets.values():
            if w.kind == "button" and not w.disabled and not w.form_id:
                return w
        for w in self.widgets.values():
            if w.kind == "button" and not w.disabled:
                return w
        raise SessionError("no_button_on_page")

    async def rerun(
        self,
        triggers: tuple[WidgetState, ...] = (),
        *,
        fragment_id: str = "",
        auto: bool = False,
    ) -> RunResult:
        """Ask for a script run and wait until it has finished."""
        asked = self._ask(triggers, fragment_id, auto)
        t0 = time.perf_counter()
        try:
            await self.ws.send(asked)
            async with asyncio.timeout(self.timeout):
                return await self._read_run(t0, fragment_id)
        except TimeoutError:
            raise SessionError("timeout") from None
        except websockets.ConnectionClosed as e:
            raise SessionError("disconnected", str(e.rcvd)) from None

    async def rerun_twice(self, triggers: tuple[WidgetState, ...], *, fragment_id: str) -> None:
        """A double click: the same request twice, before the first is answered. Waits until both are done."""
        asked = self._ask(triggers, fragment_id, False)
        await self.ws.send(asked)
        await self.ws.send(asked)
        async with asyncio.timeout(self.timeout):
            await self._read_run(time.perf_counter(), fragment_id)
        # The server may answer both clicks with one run.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(1):
                await self._read_run(time.perf_counter(), fragment_id)

    def _ask(self, triggers: tuple[WidgetState, ...], fragment_id: str, auto: bool) -> bytes:
        msg = BackMsg()
        cs = msg.rerun_script
        cs.query_string = self.query
        cs.page_script_hash = self.page_hash
        cs.page_name = self.page_name
        cs.fragment_id = fragment_id
        cs.is_auto_rerun = auto
        cs.context_info.timezone = "UTC"
        cs.context_info.locale = "en-US"
        cs.context_info.url = self.origin + "/"
        cs.widget_states.widgets.extend(self.values.values())
        cs.widget_states.widgets.extend(triggers)
        if self.message_cache and self._cache:
            cs.cached_message_hashes.extend(self._cache)
        return bytes(msg.SerializeToString())

    # -- receiving -----------------------------------------------------------

    async def _read_run(self, t0: float, fragment_id: str) -> RunResult:
        first = 0.0
        n = size = refs = 0
        seen: dict[str, Widget] = {}
        self.text, self.exceptions = [], []
        if not fragment_id:
            self.cards = []
            self.auto_rerun = {}
        while True:
            data = await self.ws.recv()
            n += 1
            size += len(data)
            msg = ForwardMsg.FromString(data)
            kind = msg.WhichOneof("type")
            if kind == "ref_hash":
                refs += 1
                entry = self._cache.get(msg.ref_hash)
                if entry is None:
                    raise SessionError("unknown_ref_hash")
                msg = entry[1]
                self._cache[msg.hash] = (self.runs, msg)  # used, so it stays cached
                kind = msg.WhichOneof("type")
            if kind == "delta":
                if not first:
                    first = time.perf_counter() - t0
                if msg.metadata.cacheable and self.message_cache:
                    self._cache[msg.hash] = (self.runs, msg)
                if self.parse_elements:
                    self._on_delta(msg.delta, seen)
            elif kind == "new_session":
                seen.clear()
                self._on_new_session(msg.new_session)
            elif kind == "script_finished" and msg.script_finished in FINAL:
                break
            else:
                self._on_message(kind, msg)
        fragment = msg.script_finished == ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY
        self.runs += 1
        if self.parse_elements:
            here = {k: w for k, w in self.widgets.items() if k in seen or (fragment and w.fragment_id != fragment_id)}
            self.widgets = here | seen  # in the order of the page
            self.values = {k: v for k, v in self.values.items() if k in self.widgets}
        for h in [h for h, (r, _) in self._cache.items() if self.runs - r > self._cache_age]:
            del self._cache[h]
        if self.exceptions:
            raise SessionError("app_exception", self.exceptions[0])
        return RunResult(time.perf_counter() - t0, first, n, size, refs, fragment)

    def _on_new_session(self, ns: Any) -> None:
        self.session_id = ns.initialize.session_id
        self.page_hash = ns.page_script_hash
        self._cache_age = ns.config.max_cached_message_age or 2

    def _on_message(self, kind: str | None, msg: Any) -> None:
        if kind == "navigation":
            self.pages = {}
            for p in msg.navigation.app_pages:
                self.pages[p.page_name] = p.page_script_hash
                self.pages[p.url_pathname] = p.page_script_hash
            self.page_hash = msg.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.query = msg.page_info_changed.query_string
        elif kind == "auto_rerun":
            self.auto_rerun[msg.auto_rerun.fragment_id] = msg.auto_rerun.interval
        elif kind == "session_event" and msg.session_event.WhichOneof("type") == "script_compilation_exception":
            self.exceptions.append("compile error")

    def _on_delta(self, delta: Any, seen: dict[str, Widget]) -> None:
        if delta.WhichOneof("type") != "new_element":
            return
        el = delta.new_element
        kind = el.WhichOneof("type")
        if kind is None:
            return
        sub = getattr(el, kind)
        if kind == "exception" and not sub.is_warning:
            self.exceptions.append(f"{sub.type}: {sub.message}"[:200])
            return
        if kind == "bidi_component" and sub.component_name == "landmark_stage":
            self.cards.append(json.loads(sub.json)["url"])
        for attr in ("body", "label", "text"):
            v = getattr(sub, attr, "")
            if isinstance(v, str) and v:
                self.text.append(v)
        wid = getattr(sub, "id", "")
        if isinstance(wid, str) and wid.startswith("$$"):
            key = wid.split("-", 2)[2] if wid.count("-") >= 2 else ""
            options: tuple[str, ...] = ()
            if kind in ("radio", "selectbox", "multiselect"):
                options = tuple(str(o) for o in sub.options)
            seen[wid] = Widget(
                id=wid,
                kind=kind,
                label=getattr(sub, "label", "") if isinstance(getattr(sub, "label", ""), str) else "",
                key="" if key == "None" else key,
                form_id=getattr(sub, "form_id", ""),
                fragment_id=delta.fragment_id,
                disabled=bool(getattr(sub, "disabled", False)),
                options=options,
            )

    # -- journey steps ---------------------------------------------------------

    async def do(self, step: dict[str, Any]) -> tuple[str, RunResult | None]:
        """Carry out one step; returns (name for the report, result of the rerun)."""
        if "load" in step:
            u = urllib.parse.urlsplit(step["load"] or "/")
            self.page_hash, self.page_name, self.query = "", u.path.strip("/"), u.query
            return "load", await self.rerun()
        if "click" in step:
            w = self.first_button() if step["click"] == "*" else self.find(step["click"])
            if w.disabled:
                raise SessionError("disabled_widget", step["click"])
            return f"click {w.label or w.key}", await self.rerun(
                (_encode(w.kind, w.id, True),), fragment_id=w.fragment_id
            )
        if "set" in step:
            frag = ""
            for name, value in step["set"].items():
                w = self.find(name)
                self.values[w.id] = _encode(w.kind, w.id, value)
                frag = w.fragment_id
            return "set " + ",".join(step["set"]), await self.rerun(fragment_id=frag)
        if "submit" in step:
            s = step["submit"]
            for name, value in s.get("values", {}).items():
                w = self.find(name)
                self.values[w.id] = _encode(w.kind, w.id, value)
            b = self.find(s["button"], ("button",))
            return f"submit {s['button']}", await self.rerun(
                (_encode("button", b.id, True),), fragment_id=b.fragment_id
            )
        if "goto" in step:
            target = self.pages.get(step["goto"])
            if target is None:
                raise SessionError("no_such_page", step["goto"])
            self.page_hash, self.page_name = target, ""
            return f"goto {step['goto']}", await self.rerun()
        if "auto" in step:  # one tick of st.fragment(run_every=...)
            for frag in list(self.auto_rerun)[:1]:
                return "auto rerun", await self.rerun(fragment_id=frag, auto=True)
            raise SessionError("no_auto_rerun")
        if "expect" in step:
            if not any(step["expect"] in t for t in self.text):
                raise SessionError("expectation_failed", step["expect"])
            return "", None
        if "think" in step:
            t = step["think"]
            await asyncio.sleep(random.uniform(*t) if isinstance(t, list) else float(t))
            return "", None
        raise SessionError("bad_step", str(step))
