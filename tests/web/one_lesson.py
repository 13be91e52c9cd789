"""One lesson's body for the learner and lesson in the address: what Streamlit's driver can run without a cookie."""

import streamlit as st

from modules.actions.house import house
from modules.web.views.lesson import body

found = house().shelf.current().library.modules["her2-maintenance"]
lesson = found.lesson(st.query_params["lesson"])
assert lesson is not None
body(found, st.query_params["learner"], lesson)
