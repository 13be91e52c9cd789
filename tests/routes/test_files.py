"""Charts, images and health: right type, right caching, nothing else within reach."""

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
    lines = answer.text.splitlines()
    assert len(lines) > 1
    assert {line.count(",") >= lines[0].count(",") for line in lines} == {True}


@pytest.mark.parametrize(
    "path",
    ["/99.svg", "/1.svg?theme=pink", "/1.svg?w=99999", "/x.svg", "/1.png", "/-1.svg"],
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
    assert answer.json() == {"status": "ok", "database": "ok", "modules": len(shipped().modules)}


def test_health_is_bad_when_the_database_is_gone(sqlite_url: str) -> None:
    opened = open_records(sqlite_url)
    opened.close()
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    file.unlink()
    file.mkdir()
    answer = client(opened).get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["database"] == "unavailable"
    assert client(opened).get("/verify/LM-AAAA").status_code == 503
