"""Charts, images and health: right type, right caching, nothing else within reach."""

import csv
import html
import io
import re
import struct
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from modules.core.module import Image, Library
from modules.export.addresses import chart_url
from modules.records.records import Records, open_records
from modules.routes.table import routes
from tests.builders import module
from tests.routes.site import MODULE, client, context, shipped

LESSON = "03-dual-blockade"
CHART = f"/chart/{MODULE}/{LESSON}/1"


def test_a_chart_is_an_svg_that_browsers_keep_for_its_version(site: TestClient) -> None:
    answer = site.get(chart_url(shipped().modules[MODULE], LESSON, 1, theme="dark", width=360))
    assert answer.headers["content-type"] == "image/svg+xml"
    assert "immutable" in answer.headers["cache-control"]
    assert ElementTree.fromstring(answer.text).attrib["width"] == "360"
    assert "var(" not in answer.text


def test_a_chart_without_a_version_is_asked_for_again(site: TestClient) -> None:
    first = site.get(f"{CHART}.svg")
    assert first.headers["cache-control"] == "public, max-age=300"
    again = site.get(f"{CHART}.svg", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert site.get(f"{CHART}.svg?v=0123456789ab").headers["cache-control"] == "public, max-age=300"


def test_light_and_dark_are_two_pictures(site: TestClient) -> None:
    light, dark = (site.get(f"{CHART}.svg", params={"theme": theme}).text for theme in ("light", "dark"))
    assert light != dark


def test_a_chart_is_also_a_table(site: TestClient) -> None:
    answer = site.get(f"{CHART}.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    head, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    numbers = [row for row in rows if not row[0].startswith("# ")]
    assert numbers
    assert {len(row) for row in numbers} == {len(head)}
    below = "\n".join(row[0] for row in rows if row not in numbers)
    assert "# Units: months" in below
    assert "# Source: Baselga J et al. N Engl J Med 2012;366:109-19" in below
    assert "primary analysis May 2011; IRF; verified" in below


@pytest.mark.parametrize("where", [CHART, "/chart/evidence/cleopatra/os-final"])
@pytest.mark.parametrize("kind", ["csv", "svg", "png"])
def test_every_chart_can_be_kept_under_a_name_of_its_own(site: TestClient, where: str, kind: str) -> None:
    answer = site.get(f"{where}.{kind}", params={"as": "file"})
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].endswith(f'.{kind}"')
    assert "max-age" in answer.headers["cache-control"]
    again = site.get(f"{where}.{kind}", params={"as": "file"}, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


def test_a_picture_to_keep_says_its_finding_and_its_sources(site: TestClient) -> None:
    said = "".join(ElementTree.fromstring(site.get(f"{CHART}.svg?as=file").text).itertext())
    assert "Pertuzumab delayed progression" in said
    assert "Source: Baselga J et al." in said


def test_a_png_is_a_picture_of_twice_the_width(site: TestClient) -> None:
    body = site.get(f"{CHART}.png").content
    assert body.startswith(b"\x89PNG\r\n")
    width, height = struct.unpack(">II", body[16:24])
    assert width == 2 * (720 + 40)
    assert height > 400
    assert site.get(f"{CHART}.png?theme=dark").content != body


def test_links_to_keep_a_chart_stand_under_every_chart_of_a_lesson(site: TestClient) -> None:
    page = site.get(f"/read/{MODULE}/{LESSON}").text
    links = re.findall(r'<a href="(/chart/[^"]+)" download', page)
    assert len(links) == 3 * page.count("<figure")
    assert {site.get(html.unescape(link)).status_code for link in links} == {200}


@pytest.mark.parametrize(
    "path",
    ["/99.svg", "/1.svg?theme=pink", "/1.svg?w=99999", "/x.svg", "/99.png", "/1.png?theme=pink", "/99.csv", "/-1.svg"],
)
def test_a_chart_that_is_not_there_is_not_found(site: TestClient, path: str) -> None:
    assert site.get(f"/chart/{MODULE}/{LESSON}{path}").status_code == 404


def with_image(records: Records, folder: Path) -> TestClient:
    built = module()
    images = (Image("a.png", "A lamp", None, 1), Image("../b.png", "B", None, 2))
    library = Library({"harbour": replace(built, lessons=(replace(built.lessons[0], blocks=images),))})
    return TestClient(Starlette(routes=routes(replace(context(records, library), content=folder))))


def test_only_images_that_lessons_name_are_served(records: Records, tmp_path: Path) -> None:
    (tmp_path / "harbour").mkdir()
    for name in ("harbour/a.png", "harbour/c.png", "b.png"):
        (tmp_path / name).write_bytes(b"\x89PNG")
    site = with_image(records, tmp_path)
    assert site.get("/image/harbour/a.png").content == b"\x89PNG"
    for path in ("harbour/c.png", "harbour/..%2Fb.png", "harbour/../b.png", "nobody/a.png"):
        assert site.get(f"/image/{path}").status_code == 404


def test_health_counts_modules_and_asks_the_database(site: TestClient, records: Records) -> None:
    answer = site.get("/healthz")
    assert answer.status_code == 200
    told = {"status": "ok", "database": "ok", "modules": len(shipped().modules), "durable": True}
    assert answer.json() == told


def test_health_is_bad_when_the_database_is_gone(sqlite_url: str) -> None:
    opened = open_records(sqlite_url)
    site = client(opened)
    opened.close()
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    file.unlink()
    file.mkdir()
    answer = site.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["database"] == "unavailable"
    assert site.get("/verify/LM-AAAA").status_code == 503
