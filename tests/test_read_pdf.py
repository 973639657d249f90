"""PDFs, written by hand: lines, hyphens, pages, and what is refused."""

from __future__ import annotations

import pytest

from nameplate.errors import ReadError
from nameplate.read import Limits, read_bytes

Line = tuple[float, float, str]


def make_pdf(pages: list[list[Line]], *, trailer: str = "", info: str = "") -> bytes:
    """A PDF of pages with lines of 12 point Helvetica at (x, y)."""
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    kids = " ".join(f"{5 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>",
        font,
        f"<< {info} >>",
    ]
    for number, lines in enumerate(pages):
        stream = "".join(f"BT /F1 12 Tf {x} {y} Td ({text}) Tj ET\n" for x, y, text in lines)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}endstream")
    out = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    end = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n"
        f"<< /Size {len(objects) + 1} /Root 1 0 R /Info 4 0 R {trailer} >>\nstartxref\n{len(out)}\n%%EOF\n"
    )
    return out + end.encode("latin-1")


def lines(*texts: str, top: float = 760) -> list[Line]:
    return [(72, top - 15 * n, text) for n, text in enumerate(texts)]


FIRST = lines(
    "The tyre plant in Harrow Bay rolled its first batch off the line on Monday, three",
    "weeks ahead of the plan, after the council had approved a high-tech manufac-",
    "turing zone with 2.2 billion yuan.",
    "A second paragraph says that the plant will employ 1,200 people and that it is to",
    "be the largest of its kind.",
)


def test_wrapped_lines_and_hyphens_read_on() -> None:
    document = read_bytes(make_pdf([FIRST]), name="r.pdf")
    assert document.text == (
        "The tyre plant in Harrow Bay rolled its first batch off the line on Monday, three weeks ahead "
        "of the plan, after the council had approved a high-tech manufacturing zone with 2.2 billion "
        "yuan.\nA second paragraph says that the plant will employ 1,200 people and that it is to be "
        "the largest of its kind."
    )
    assert (document.media_type, document.lang) == ("application/pdf", "en")


def test_every_line_has_its_page_and_box() -> None:
    document = read_bytes(
        make_pdf([FIRST, lines("On the next page the report ends.")]), name="r.pdf"
    )
    assert [place.page for place in document.places] == [1] * 5 + [2]
    place = document.places[2]
    assert document.text[place.start : place.end] == "turing zone with 2.2 billion yuan."
    assert place.box is not None and place.box[0] == pytest.approx(72, abs=2)
    assert place.box[1] < 730 < place.box[3]


def test_compounds_keep_their_hyphen() -> None:
    text = read_bytes(
        make_pdf([lines(
            "The high-tech zone of the city was founded long ago and has grown a great deal; high-",
            "tech firms of the kind that make tyres moved in, among them Bay Rubber and Mercedes-",
            "Benz of the bay.",
        )]),
        name="r.pdf",
    ).text  # fmt: skip
    assert "deal; high-tech firms" in text
    assert "Mercedes-Benz of the bay." in text


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pages = [
        [
            (72, 800, "Bay Bulletin 2023"),
            *lines(*(f"Sentence {word} of page {page} is about tyres." for word in ("one", "two"))),
            (290, 40, f"- {page} -"),
        ]
        for page in range(1, 5)
    ]
    text = read_bytes(make_pdf(pages), name="r.pdf").text
    assert "Bulletin" not in text
    assert "- 2 -" not in text
    assert text.count("about tyres.") == 8


def test_cells_of_a_row_are_parted() -> None:
    row = [
        (72, 700, "Line A"),
        (200, 700, "2 million"),
        (72, 685, "Line B"),
        (200, 685, "4 million"),
    ]
    document = read_bytes(make_pdf([row]), name="r.pdf")
    assert document.text == "Line A\t2 million\nLine B\t4 million"
    assert {region.role for region in document.regions} == {"table"}


@pytest.mark.parametrize(
    ("info", "title"),
    [
        ("/Title (Harrow Bay Report)", "Harrow Bay Report"),
        ("/Title (Microsoft Word - a.doc)", None),
    ],
)
def test_title_of_the_file(info: str, title: str | None) -> None:
    assert read_bytes(make_pdf([FIRST], info=info), name="r.pdf").title == title


def test_locked() -> None:
    lock = (
        f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -44 /O <{'41' * 32}> /U <{'42' * 32}> >> "
        f"/ID [<{'43' * 16}> <{'43' * 16}>]"
    )
    with pytest.raises(ReadError, match="locked with a password") as caught:
        read_bytes(make_pdf([FIRST], trailer=lock), name="r.pdf")
    assert "--decrypt" in caught.value.remedy


def test_without_a_text_layer() -> None:
    with pytest.raises(ReadError, match="no text layer") as caught:
        read_bytes(make_pdf([[], []]), name="r.pdf")
    assert "text recognition" in caught.value.remedy


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_cut_off(share: float) -> None:
    data = make_pdf([FIRST] * 3)
    with pytest.raises(ReadError, match="cut off"):
        read_bytes(data[: int(len(data) * share)], name="r.pdf")


def test_damaged() -> None:
    with pytest.raises(ReadError, match="damaged"):
        read_bytes(b"%PDF-1.4\nnothing here\n%%EOF\n", name="r.pdf")


def test_an_error_page_in_place_of_a_pdf() -> None:
    with pytest.raises(ReadError, match="no PDF"):
        read_bytes(b"404 not found", name="r.pdf")


@pytest.mark.parametrize("limits", [Limits(pages=1), Limits(characters=50), Limits(seconds=0)])
def test_limits(limits: Limits) -> None:
    with pytest.raises(ReadError, match="limit"):
        read_bytes(make_pdf([FIRST, FIRST]), name="r.pdf", limits=limits)
