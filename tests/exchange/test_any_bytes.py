"""Whatever a file holds, it is read or refused in a sentence, and what is read can be written as a draft."""

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from modules.exchange.draft_yaml import as_yaml
from modules.exchange.formats import READERS, read_file
from modules.exchange.incoming import Draft, incoming
from modules.exchange.question import Unreadable
from modules.exchange.xml_safe import read_xml

GIFT = st.lists(
    st.sampled_from([*"{}=~#:\\%\n ab13.", "->", "::", "####", "\n\n", "//", "T", "[html]", "<p>", "%50%", "..", "\\n"])
).map("".join)
AIKEN = st.lists(st.sampled_from(["What?", "A. a", "B) b", "ANSWER: A", "ANSWER:", "answer: b", "", " "])).map(
    "\n".join
)
XML = st.lists(
    st.sampled_from(
        [
            *(f"<{end}{tag}>" for end in ("", "/") for tag in ("question", "text", "answer", "name", "questiontext")),
            *(
                f'<question type="{kind}">'
                for kind in ("multichoice", "numerical", "matching", "truefalse", "ordering")
            ),
            '<answer fraction="100">',
            "<subquestion>",
            "</subquestion>",
            "a",
            "&#0;",
            "&lt;b&gt;",
            "<![CDATA[<p>x]]>",
        ]
    )
).map(lambda parts: f"<quiz>{''.join(parts)}</quiz>")


@pytest.mark.parametrize("form", list(READERS))
@given(
    raw=st.one_of(st.binary(), st.one_of(st.text(), GIFT, AIKEN, XML).map(lambda text: text.encode("utf-8", "ignore")))
)
@example(raw=b"\xff\xfe<\x00q\x00u\x00i\x00z\x00/\x00>\x00")
@example(raw=b"{#1e99999999999999999999}")
@example(raw=b"q{#1e99999999}")
@example(raw=b"q{#1:0e-99999999}")
def test_any_file_is_read_or_refused(form: str, raw: bytes) -> None:
    try:
        draft = incoming(read_file(raw, form), "demo/new")
    except Unreadable as wrong:
        said = wrong
    else:
        _written(draft)
        return
    assert said.line >= 1
    assert said.sentence.endswith(".")


def _written(draft: Draft) -> None:
    written = as_yaml(draft.file)
    assert yaml.safe_load(written) == draft.file
    ids = [item["id"] for item in draft.file["items"]]
    assert len(set(ids)) == len(ids)


def test_entities_are_never_expanded() -> None:
    bomb = b'<?xml version="1.0"?>\n<!DOCTYPE quiz [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n<quiz>&b;</quiz>'
    with pytest.raises(Unreadable) as wrong:
        read_xml(bomb)
    assert wrong.value.line == 2
    outside = b'<!DOCTYPE quiz SYSTEM "file:///etc/hostname">\n<quiz/>'
    with pytest.raises(Unreadable):
        read_xml(outside)
