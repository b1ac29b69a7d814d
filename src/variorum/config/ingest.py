"""Thresholds of ``ingest``: what each means, its unit, how it was chosen and on which data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ingest:
    """Settings of the stage ``ingest``.

    Where a comment says "by eye", the value was chosen on the five El Salvador reports and by reading the
    lines set aside in 1,136 texts (400 of AllSides, all of BASIL, 150 of PolNeAR's train part, 300 of the
    wire pairs, 150 of ECB+), whose bodies are mostly clean, so that next to no body is lost.
    """

    # Bytes; a larger file is refused without being read. The largest of the gold set's 181 pages has 1.5 MB.
    largest_bytes: int = 20_000_000
    # Bytes of an input shown with its refusal.
    first_bytes: int = 32

    # Bytes that one byte of a packed input may unpack to, once more than ``largest_bytes`` have come out. Pages and
    # texts pack to a twentieth or more; deflate's utmost, reached by bombs of one byte repeated, is 1,032.
    packed_ratio: int = 200
    # Bytes of a zip archive's list of members that are held at once: some 300,000 members.
    archive_list_bytes: int = 32_000_000
    # Parts of a saved page, and marks between parts that it may declare (which bounds their nesting); browsers write
    # one mark, and a part for each picture and style.
    mime_parts: int = 10_000
    mime_boundaries: int = 20
    # Nesting of one object of a JSON export; exports of news systems have some ten levels.
    export_depth: int = 100
    # Records of an export that may go by before it must have shown every field asked for, or one report.
    export_look: int = 1_000
    # Names of fields of an export that are told apart.
    export_names: int = 1_000
    # Quotation marks never closed in one table that are mended by reading on from the next line; each may cost a
    # second reading of ``largest_bytes``.
    table_unclosed: int = 10
    # Rows of a Parquet file unpacked at once. A page of equal texts packs to next to nothing, so that how large a row
    # is shows only when it is there; more rows at once were no faster than what is then made of them.
    parquet_rows: int = 64
    # Of what a batch run hands from reading to making articles: inputs in one batch, and bytes from which it is full.
    batch_rows: int = 1_000
    batch_bytes: int = 16 * 1024 * 1024
    # Bytes of a file, packed as it lies, that Spark may hand to a worker that cannot open it itself. Spark and Arrow
    # end at 2,147,483,647 bytes for all of a row.
    handed_bytes: int = 2_000_000_000
    # Characters of an id that an input gives; addresses, which some use for one, have as many.
    key_characters: int = 2_000

    # Characters a title, an outlet's name, an address or one author's name may have; a page can put a
    # megabyte into any of them.
    title_characters: int = 500
    outlet_characters: int = 120
    url_characters: int = 2_000
    author_characters: int = 100
    # Authors kept of one report.
    authors: int = 12

    # Share of bytes above 0x7F among letters beyond which bytes that are no UTF-8 are not taken for
    # Windows-1252: western languages stay well under it, an alphabet that is not Latin well above.
    foreign_share: float = 0.2

    # Words from which a line that ends like a sentence counts as prose. By eye: a picture's caption
    # seldom has more, the one-line paragraphs of tabloids often fewer, so it never decides alone.
    prose_words: int = 12
    # Longest headline and longest standfirst, in words. Of 2,974 headlines (AllSides, BASIL,
    # PolNeAR) two are longer.
    title_words: int = 30
    standfirst_words: int = 60
    # Longest line, in words, that may be set aside for what it says (an advert, an invitation to
    # subscribe): no paragraph of reporting is lost to one of its words.
    residue_words: int = 40

    # Words under which no language is named, and characters of body that are looked at.
    language_words: int = 20
    language_characters: int = 4_000
    # Words from which what the text shows outweighs what the page declares.
    language_sure_words: int = 50

    # Nesting beyond which a page's elements are joined to their parent; libxml2 itself stops at 255.
    page_depth: int = 150
    # Elements beyond which only trafilatura's fast path is taken (no second extractor), so that a
    # hostile page costs seconds and not minutes. The largest of the gold set's 181 pages has 1,709.
    page_fast_elements: int = 20_000
    # Elements, and characters of text outside scripts, beyond which a page is refused; both bound time.
    page_elements: int = 100_000
    page_characters: int = 2_000_000
    # What it may cost to find the lines and words of a page among those trafilatura kept: pairs of equal ones (half a
    # second a pass), and one number of them times the other (some 12 MB). Of the gold set's pages none has more than
    # 7,271 pairs, or 364,227 the other way.
    page_pairs: int = 1_000_000
    page_cells: int = 100_000_000
    # Share of the words of an element's text that trafilatura must keep for it to be article text.
    page_kept_share: float = 0.6
    # Characters of menus, boxes and footers kept as labelled parts of one page, before the article's
    # text and after it; an archive page can carry a megabyte of links.
    page_residue_characters: int = 20_000
    # Links of one page that are looked at; menus come first on some pages and have hundreds.
    page_links: int = 2_000

    # Elements of a feed or an OPML list, how deep they nest, and entries that are read of one feed. A feed of
    # 2,000 whole reports is an archive; by reason.
    feed_elements: int = 200_000
    feed_depth: int = 100
    feed_entries: int = 2_000
    # Words from which what a feed carries of a report may be the whole of it: of a field that is for the whole,
    # and of one that is for a summary. By reason, not measured: a standfirst is held to 60 words
    # above, so that 150 is well beyond a summary, and a field for the whole is believed from an agency's brief on.
    feed_content_words: int = 40
    feed_summary_words: int = 150
