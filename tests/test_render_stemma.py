"""The stemma drawn: from three reports to eighty, nothing on anything else, nothing wider than its page."""

from dataclasses import replace
from itertools import combinations

import pytest
from lxml import html as lxml_html
from stemmas import edition_of

from variorum.records import Editions
from variorum.render.apparatus import Apparatus
from variorum.render.html import render
from variorum.render.stemma_svg import NARROW, WIDE, Box, Drawing, Node, draw, short

SIZES = {
    "three": (2, 1),
    "eight": (3, 2, 1, 1, 1),
    "twenty in one": (20,),
    "twenty": (6, 4, 3, *[1] * 7),
    "an agency's": (25, *[1] * 15),
    "eighty in one": (80,),
    "eighty alone": (1,) * 80,
    "eighty": (40, 12, 5, 3, *[1] * 20),
}
LETTER = 5.6  # least width of a letter of a name, as drawn


@pytest.fixture(scope="module", params=SIZES)
def sizes(request: pytest.FixtureRequest) -> tuple[int, ...]:
    return SIZES[request.param]


@pytest.fixture(scope="module")
def drawing(sizes: tuple[int, ...]) -> Drawing:
    return draw(Apparatus(edition_of(*sizes)))


def shown(drawing: Drawing, *, narrow: bool) -> list[Box]:
    sized = [*drawing.sized, *([drawing.alone] if drawing.alone else [])]
    return [one.narrow if narrow and one.narrow else one.wide for one in sized]


def boxes_of(node: Node) -> list[tuple[float, float, float, float]]:
    """The circle of a node and each line of its name: left, top, right, bottom."""
    found = [(node.x - node.radius, node.y - node.radius, node.x + node.radius, node.y + node.radius)]
    for x, y, line in node.lines:
        left = x if node.beside else x - len(line) * LETTER / 2
        found.append((left, y - 10, left + len(line) * LETTER, y + 3))
    return found


@pytest.mark.parametrize("narrow", [False, True])
def test_nothing_stands_on_anything_else_or_outside_its_box(drawing: Drawing, narrow: bool) -> None:
    for box in shown(drawing, narrow=narrow):
        found = [(node, part) for node in box.nodes for part in boxes_of(node)]
        for _, (left, top, right, bottom) in found:
            assert left >= 0
            assert top >= 0
            assert right <= box.width
            assert bottom <= box.height
        for (one, a), (other, b) in combinations(found, 2):
            if one is not other:
                assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_every_report_is_drawn_once_on_a_page_and_once_on_a_phone(drawing: Drawing, sizes: tuple[int, ...]) -> None:
    for narrow in (False, True):
        letters = [n.report.siglum for box in shown(drawing, narrow=narrow) for n in box.nodes if n.report]
        assert len(letters) == len(set(letters)) == sum(sizes)


def test_a_drawing_is_no_wider_than_its_page_and_of_eighty_reports_no_longer_than_a_few_screens(
    drawing: Drawing,
) -> None:
    assert max(box.width for box in shown(drawing, narrow=False)) <= WIDE
    assert max(box.width for box in shown(drawing, narrow=True)) <= NARROW + 32
    assert max(box.height for box in shown(drawing, narrow=True)) <= 80 * 60


def test_many_reports_that_stand_alone_share_a_box(drawing: Drawing, sizes: tuple[int, ...]) -> None:
    lone = sum(size == 1 for size in sizes)
    assert (drawing.alone is not None) is (lone > 3)
    if drawing.alone:
        assert len(drawing.alone.wide.nodes) == lone
        assert drawing.alone.wide.height <= 36 + 40 * (lone / 4 + 1)
        assert len({node.mark for node in drawing.alone.wide.nodes}) == lone


def test_an_arrow_stands_only_where_the_edition_says_who_took_from_whom(sizes: tuple[int, ...]) -> None:
    edition = edition_of(*sizes)
    drawing = draw(Apparatus(edition))
    directed = sum(line.directed for box in drawing.boxes for line in box.lines)
    assert directed <= sum(one.directed for one in edition.stemma.borrowings)
    undirected = tuple(replace(one, directed=False) for one in edition.stemma.borrowings)
    edition = replace(edition, stemma=replace(edition.stemma, borrowings=undirected))
    assert not draw(Apparatus(edition)).directed


def test_what_it_shows_is_said_in_a_sentence_and_every_node_is_a_link_with_a_name(sizes: tuple[int, ...]) -> None:
    tree = lxml_html.document_fromstring(render(Editions((edition_of(*sizes),), (), ())))
    (figure,) = tree.xpath("//figure[@class='stemma']")
    (said,) = tree.xpath(f"//*[@id='{figure.get('aria-describedby')}']")
    assert f"{sum(sizes)} reports" in said.text_content()
    ids = set(tree.xpath("//@id"))
    for link in figure.xpath(".//a"):
        assert link.get("aria-label").startswith("Report ")
        assert link.get("href")[1:] in ids
    assert not figure.xpath(".//@style")


@pytest.mark.parametrize("letters", [12, 16, 25])
def test_a_name_is_cut_to_two_lines_and_never_to_nothing(letters: int) -> None:
    for name in ("A", "x" * 400, "The " + "y" * 90, "a b c d e f g h i j k l m n o p q r s t u v w x y z"):
        lines = short(name, letters)
        assert 1 <= len(lines) <= 2
        assert all(line.strip("… ") and len(line) <= letters for line in lines)
    assert short("The Pellam Record", 16) == ("The Pellam", "Record")
