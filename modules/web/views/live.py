"""Live sessions: start one from a module's lessons, rehearse it, and find those that were held."""

from datetime import UTC, datetime
from html import escape

import streamlit as st

from modules.actions.house import house
from modules.actions.live.asked import asked
from modules.actions.live.plan import offered, usual_plan, with_poll
from modules.actions.live.results import ask_text
from modules.actions.live.sessions import begin, end, led_by, over
from modules.core.credit import day_text
from modules.core.errors import LandmarkError
from modules.core.live import ItemPoll, LiveSession, OpinionPoll, Plan, WordsPoll
from modules.core.module import Module
from modules.core.people import Actor
from modules.web import session, shell
from modules.web.attention import arrive
from modules.web.owner import door

SHOWN = 20
REFUSED, STARTED = "live-refused", "live-started"


def page() -> None:
    shell.title("Live sessions")
    arrive("live")
    actor = door("present")
    if sentence := session.notice(REFUSED):
        st.error(sentence)
    modules: dict[str, Module] = house().shelf.current().library.modules
    if modules:
        _new(modules)
    _held(actor, modules)


def _new(modules: dict[str, Module]) -> None:
    st.subheader("A new session", anchor=False)
    ids = list(modules)
    module = modules[st.selectbox("Module", ids, key="live-module", format_func=lambda one: modules[one].front.title)]
    titles = {lesson.id: lesson.title for lesson in module.lessons}
    st.multiselect("Lessons", list(titles), default=list(titles), key="live-lessons", format_func=titles.__getitem__)
    plan = _plan(module)
    with st.expander(f"Polls: {len(plan.polls)}"):
        st.write("Asked before and after a lesson, they show who moved. Take out what you do not want to ask.")
        for lesson in module.lessons:
            if lesson.id not in plan.lessons:
                continue
            st.markdown(f"**{lesson.title}**")
            for n, (quiz, item) in enumerate(offered(lesson, module)):
                words = ask_text(asked(module, ItemPoll(quiz=quiz, item=item))).replace("$", "\\$")
                when = "Before and after" if n == 0 else "Once, at the end"
                st.checkbox(f"{when}: {words}", n == 0, key=f"live-{quiz}#{item}")
        st.text_input("An opinion to ask for, without a right answer", key="live-opinion", max_chars=200)
        st.text_input("Its options, with a semicolon between them", key="live-options", max_chars=400)
        st.text_input("A question answered in a word or two, for a cloud of words", key="live-words", max_chars=200)
    left, right = st.columns(2)
    left.button("Start the session", type="primary", key="live-start", on_click=_start, args=(module.id, False))
    right.button("Rehearse with simulated votes", key="live-rehearse", on_click=_start, args=(module.id, True))
    shell.html(_files(module.id))


def _files(module: str) -> str:
    """What needs no room."""
    base = f"/present/{escape(module)}"
    links = (
        (base, "Only show the slides, without a room"),
        (f"{base}/brief", "Brief: what learners get wrong"),
        (f"{base}/slides.pptx", "PowerPoint with notes"),
        (f"{base}/slides.pdf", "PDF"),
        (f"{base}/handout.pdf?paper=a4", "Handout, A4"),
        (f"{base}/handout.pdf?paper=letter", "Handout, Letter"),
    )
    return "<p>" + " · ".join(f'<a href="{href}" target="_self">{words}</a>' for href, words in links) + "</p>"


def _plan(module: Module) -> Plan:
    """As the widgets stand now."""
    lessons = session.typed("live-lessons")
    if lessons == []:
        return Plan(lessons=())
    every = [offered(lesson, module) for lesson in module.lessons]
    out = [one for items in every for one in items[:1] if session.typed(f"live-{one[0]}#{one[1]}") is False]
    once = [one for items in every for one in items[1:] if session.typed(f"live-{one[0]}#{one[1]}")]
    return usual_plan(module, lessons or (), without=out, once=once)


def _typed(plan: Plan) -> Plan:
    opinion, options = str(session.typed("live-opinion") or "").strip(), str(session.typed("live-options") or "")
    choices = tuple(part.strip()[:80] for part in options.split(";") if part.strip())[:8]
    if opinion and len(choices) >= 2:
        plan = with_poll(plan, OpinionPoll(ask=opinion, options=choices))
    if words := str(session.typed("live-words") or "").strip():
        plan = with_poll(plan, WordsPoll(ask=words))
    return plan


def _start(module_id: str, rehearsal: bool) -> None:
    """In a callback, which looks for itself who asks."""
    module = house().shelf.current().library.modules.get(module_id)
    if module is None:
        return
    opinion, options = session.typed("live-opinion"), str(session.typed("live-options") or "")
    if opinion and len([part for part in options.split(";") if part.strip()]) < 2:
        session.set_notice(REFUSED, "Give the opinion at least two options, with a semicolon between them.")
        return
    try:
        asker, plan = session.actor() or Actor(""), _typed(_plan(module))
        made = begin(house().records, asker, module, plan, now=datetime.now(UTC), rehearsal=rehearsal)
    except LandmarkError as refused:
        session.set_notice(REFUSED, str(refused))
        return
    session.set_notice(REFUSED, None)
    session.set_notice(STARTED, made.code)


def _held(actor: Actor, modules: dict[str, Module]) -> None:
    held = led_by(house().records, actor)
    st.subheader(f"Sessions: {len(held)}", anchor=False)
    if not held:
        st.write("None yet. Start one, or rehearse with votes of nobody.")
    for one in held[:SHOWN]:
        _session(one, modules)


def _session(one: LiveSession, modules: dict[str, Module]) -> None:
    now = datetime.now(UTC)
    ended, module = over(one, now), modules.get(one.module)
    state = "ended" if ended else "on"
    rehearsal = " · rehearsal" if one.rehearsal else ""
    title = module.front.title if module else one.module
    with st.container(border=True, key=f"live-session-{one.code}"):
        new = " · just started" if session.notice(STARTED) == one.code else ""
        shell.html(
            f"<p><strong>{one.code}</strong> · {state}{rehearsal}{new}<br>{escape(title)}, "
            f"{day_text(one.created.date())}, {len(one.plan.polls)} polls</p>{_ways(one, ended=ended)}"
        )
        if not ended:
            st.button("End the session", key=f"live-end-{one.code}", on_click=_end, args=(one.code,))


def _ways(one: LiveSession, *, ended: bool) -> str:
    slides = f'<a href="/present/{escape(one.module)}?session={one.code}" target="_blank">Open the slides</a>'
    desk = f'<a href="/room/{one.code}" target="_blank">Host desk</a>'
    files = f'<a href="/room/{one.code}/report.pdf">Report (PDF)</a> · <a href="/room/{one.code}/report.csv">CSV</a>'
    return f"<p>{files}</p>" if ended else f"<p>{slides} · {desk} · {files}</p>"


def _end(code: str) -> None:
    try:
        end(house().records, session.actor() or Actor(""), code, now=datetime.now(UTC))
        session.set_notice(REFUSED, None)
    except LandmarkError as refused:
        session.set_notice(REFUSED, str(refused))


if __name__ == "__main__":
    shell.guard(page)
