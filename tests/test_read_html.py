"""Web pages: main text, and what the page says about itself."""

from __future__ import annotations

import time

import pytest

from nameplate.errors import ReadError
from nameplate.model import Document
from nameplate.read import Limits, read_bytes
from nameplate.read.html import nesting

BODY = [
    "The tyre plant in Harrow Bay rolled its first batch off the line on Monday, three weeks early.",
    "It cost 2.2 billion yuan and will make 6 million tyres a year, the council said in a statement.",
    "A second phase with two more curing lines is to start in the spring of next year.",
]
HAN = [
    "五月八日，港湾轮胎项目一期工程正式投产，首批轮胎顺利下线，比计划提前了三周，生产线运行平稳。",
    "该项目总投资二十二亿元，全部建成后年产轮胎六百万条，可安置就业一千二百人，市政府在通报中说。",
    "项目二期将于明年春天开工建设，新增两条硫化生产线，进一步扩大产能，完善全市汽车产业链。",
]
MENU = "<ul>" + "".join(f'<li><a href="/{n}">Section {n}</a></li>' for n in range(20)) + "</ul>"


def page(
    body: list[str], *, head: str = "", before: str = "", title: str = "First tyres leave"
) -> bytes:
    paragraphs = "".join(f"<p>{part}</p>" for part in body)
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{title} - Bay News</title>{head}</head><body>"
        f"<div id='nav'>{MENU}</div><div class='article'><h1>{title}</h1>{before}"
        f"<div class='content'>{paragraphs}</div></div>"
        "<div class='footer'>Copyright © 2012 Bay News. All rights reserved.</div></body></html>"
    ).encode()


def read(data: bytes, name: str = "p.html", **given: str) -> Document:
    return read_bytes(data, name=name, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize("body", [BODY, HAN], ids=["en", "zh"])
def test_main_text_without_the_menu(body: list[str]) -> None:
    document = read(page(body))
    assert document.text.split("\n")[0] == "First tyres leave"
    assert all(part in document.text for part in body)
    assert "Section 3" not in document.text
    assert (document.title, document.media_type) == ("First tyres leave", "text/html")
    assert document.lang == ("en" if body is BODY else "zh")


def test_encoding_by_declaration_and_evidence() -> None:
    declared = page(HAN, head="<meta charset='gb2312'>").decode().encode("gb18030")
    assert HAN[0] in read(declared).text
    assert HAN[0] in read(page(HAN).decode().encode("gb18030")).text
    assert HAN[0] in read(page(HAN).decode().encode("utf-16")).text


@pytest.mark.parametrize(
    ("head", "before", "date"),
    [
        ('<meta property="article:published_time" content="2023-05-08T09:12:00+08:00">', "", "2023-05-08"),
        ('<meta name="PubDate" content="2023-05-08 09:12">', "", "2023-05-08"),
        ('<script type="application/ld+json">{"datePublished": "2023-05-08"}</script>', "", "2023-05-08"),
        ('<script type="application/ld+json">{"@graph": [{"datePublished": "2023-05-08"}]}</script>', "", "2023-05-08"),
        ("", "<div>2023年5月8日 09:12 来源：港湾日报</div>", "2023-05-08"),
        ("", "<span>Published: 2023-05-08</span>", "2023-05-08"),
        ("", "<time itemprop='datePublished' datetime='2023-05-08'>yesterday</time>", "2023-05-08"),
        ('<link rel="canonical" href="https://example.org/2023-05/08/c_1.html">', "", "2023-05-08"),
        ('<meta property="article:modified_time" content="2024-01-01">', "", None),
        ('<meta property="og:updated_time" content="2024-01-01">', "<p>Last updated: 2024-01-01</p>", None),
        ("", "<p>The plant was approved on 2019-03-04 by the council of Harrow Bay, as it said.</p>", None),
        ('<script type="application/ld+json">{"copyrightYear": 2012</script>', "", None),
        ("", "", None),
    ],
)  # fmt: skip
def test_publication_date(head: str, before: str, date: str | None) -> None:
    assert read(page(BODY, head=head, before=before)).published == date


def test_publisher_and_given_fields() -> None:
    head = '<meta property="og:site_name" content="Bay News">'
    document = read(page(BODY, head=head), published="2020-01-02", address="https://example.org/x")
    assert (document.publisher, document.published) == ("Bay News", "2020-01-02")
    assert document.address == "https://example.org/x"


@pytest.mark.parametrize(
    ("title", "kept"),
    [("轮胎项目一期投产_港湾新闻网", "轮胎项目一期投产"), ("轮胎项目一期投产-港湾新闻网", "轮胎项目一期投产"),
     ("Plant opens | Bay News", "Plant opens"), ("Made in A-B: a plant", "Made in A-B: a plant")],
)  # fmt: skip
def test_title_without_the_site(title: str, kept: str) -> None:
    body = "".join(f"<p>{part}</p>" for part in BODY)
    assert read(f"<html><title>{title}</title><body>{body}</body></html>".encode()).title == kept


def test_tables_headings_and_links() -> None:
    inner = (
        "<h2>Phase one</h2><p>"
        + BODY[0]
        + "</p><p>"
        + BODY[1]
        + " <a href='https://example.org/z'>More"
        "</a></p><table><tr><td>Line A</td><td>2 million</td></tr><tr><td>Line B</td><td>4 million</td>"
        "</tr></table><p>" + BODY[2] + "</p>"
    )
    text = read(
        f"<html><body><article><h1>First tyres</h1>{inner}</article></body></html>".encode()
    ).text
    assert "Phase one\n" in text
    assert "example.org" not in text
    rows = [line for line in text.split("\n") if "million" in line and "Line" in line]
    assert len(rows) == 2


def test_a_truncated_page_is_read() -> None:
    data = page(BODY)
    assert BODY[1] in read(data[: data.index(b"A second") + 20]).text


def test_form_is_seen_from_the_bytes() -> None:
    assert read(page(BODY), name="p.txt").media_type == "text/html"
    with pytest.raises(ReadError, match=r"cut off|damaged"):
        read(b"%PDF-1.7\n" + page(BODY), name="p.html")


@pytest.mark.parametrize(
    "data",
    [
        b"<html><body></body></html>",
        b"<html>" + b"<div>" * 100_000,
        b"<html><script>let a = 1</script>",
    ],
)
def test_pages_without_text(data: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        read(data)
    assert caught.value.remedy


@pytest.mark.parametrize(
    "tag", ["<div>", "<p><b>", "<table><tr><td>", "<ul><li>", "<x>", "<a href=#>"]
)
def test_deep_nesting_costs_no_more_than_its_length(tag: str) -> None:
    begun = time.process_time()
    with pytest.raises(ReadError):
        read(b"<html>" + tag.encode() * 100_000)
    assert time.process_time() - begun < 8


def test_a_page_of_many_tags_is_not_deep() -> None:
    assert nesting("<ul>" + "<li><a href='#'>a</a></li>" * 20_000 + "</ul>") < 1_000_000


def test_size_limit() -> None:
    with pytest.raises(ReadError, match="limit"):
        read_bytes(page(BODY), name="p.html", limits=Limits(html=100))
