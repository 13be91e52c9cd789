"""A poll as a Streamlit page, to measure what it would cost; no part of the product."""

import os
from datetime import UTC, datetime

import streamlit as st

from modules.actions.live.sessions import voter_of
from modules.core.responses import Chosen
from modules.records.ballot_box import BallotBox
from modules.records.live import Vote
from modules.records.records import Records, open_records

ASK_SECONDS = 2
"""Streamlit tells a page nothing by itself: it has to ask whether the poll is open."""


@st.cache_resource
def kept() -> tuple[Records, BallotBox]:
    records = open_records(os.environ["LANDMARK_DATABASE_URL"])
    return records, BallotBox(records.live)


@st.fragment(run_every=ASK_SECONDS)
def stage(code: str, poll: str, device: str) -> None:
    records, box = kept()
    session = records.live.session(code)
    if session is None or session.state(poll) != "open":
        st.write("Nothing to vote on now.")
        return
    with st.form("vote"):
        pick = st.radio("Which one?", st.query_params["options"].split(","), key="pick")
        sent = st.form_submit_button("Vote")
    if sent:
        vote = Vote(code, poll, voter_of(device, code), Chosen(options=(pick,)), datetime.now(UTC))
        st.write("Your vote is in." if box.cast(vote).result(10) else "Voting is closed.")


stage(st.query_params["code"], st.query_params["poll"], st.query_params["device"])
