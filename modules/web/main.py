"""The page script that app.py's st.App runs on every rerun."""

from modules.web.shell import navigate

navigate()
