"""What lists show of an archive, the same in a file and on a server."""

from received import BODY, received

from variorum.records import Change, Found
from variorum.store import Archive, outlets, stories
from variorum.store.stories import Wanted

TOLD = (  # outlet, day, story
    ("Skarn Courier", "2031-03-01", "story-a"),
    ("Northern Mail", "2031-03-02", "story-a"),
    ("Skarn Courier", "2031-04-01", "story-b"),
    ("Harbour Post", "2031-04-03", "story-b"),
    ("Skarn Courier", "2031-05-01", "story-c"),
    ("Evening Lamp", "2031-06-01", "story-d"),
)


def test_lists_have_the_stories_that_stand_and_count_what_they_have(place: str) -> None:
    with Archive(place) as archive:
        kept = archive.add(
            [
                received(f"{BODY} Told on {day}.", outlet, published=day, url=f"https://news.example/{day}")
                for outlet, day, _ in TOLD
            ]
        )
        with archive.writing() as connection:
            placed = [
                Change("opened", story, None, (one.article,)) for one, (_, _, story) in zip(kept, TOLD, strict=True)
            ]
            stories.place(connection, placed, 1)
            stories.found(connection, "story-a", Found(2, True, 1, 0), (), made_by="now")
            stories.found(connection, "story-b", Found(2, True, 3, 0), (), made_by="before")
        # What stood at the one address of story-d is replaced, so that no report of that story stands.
        archive.add([received(f"{BODY} Told anew.", "Evening Lamp", url="https://news.example/2031-06-01")])
        with archive.reading() as connection:

            def told(wanted: Wanted, limit: int | None = None) -> list[str]:
                found = stories.stories(connection, order="newest", limit=limit, wanted=wanted)
                if limit is None:
                    assert stories.how_many(connection, wanted) == len(found)
                return [one.id for one in found]

            assert told(Wanted()) == ["story-b", "story-a"]
            assert told(Wanted(least=1)) == ["story-c", "story-b", "story-a"]
            assert told(Wanted(least=3)) == []
            assert told(Wanted(outlet="Skarn Courier")) == ["story-b", "story-a"]
            assert told(Wanted(least=1, outlet="Skarn Courier")) == ["story-c", "story-b", "story-a"]
            assert told(Wanted(outlet="Evening Lamp", least=1)) == []
            assert told(Wanted(flag="disputed", made_by="now")) == ["story-a"]
            assert told(Wanted(least=1, since="2031-03-15", until="2031-04-30")) == ["story-b"]
            (first,) = stories.stories(connection, order="newest", limit=1, wanted=Wanted(least=1))
            assert told(Wanted(least=1, before=(first.last_published or "", first.id)), 1) == ["story-b"]
            # "Evening Lamp" has the report that came under the old one's address, in no story yet.
            assert outlets.names(connection, limit=10) == (
                "Skarn Courier", "Evening Lamp", "Harbour Post", "Northern Mail",
            )  # fmt: skip
            assert outlets.names(connection, limit=1) == ("Skarn Courier",)
            assert [(one.outlet, one.articles, one.stories) for one in outlets.outlets(connection)] == [
                ("Skarn Courier", 3, 3), ("Evening Lamp", 1, 0), ("Harbour Post", 1, 1), ("Northern Mail", 1, 1),
            ]  # fmt: skip


def test_outlets_are_found_by_letters_of_their_names_in_whichever_case(place: str) -> None:
    with Archive(place) as archive:
        archive.add([received(f"{BODY} Told by {name}.", name) for name in ("Östnorby Blad", "100% Skarn", "Mail")])
        with archive.reading() as connection:
            for holding, wanted in (
                ("Östn", "Östnorby Blad"),
                ("östn", "Östnorby Blad"),
                ("MAIL", "Mail"),
                ("%", "100% Skarn"),
            ):
                assert [one.outlet for one in outlets.outlets(connection, holding=holding)] == [wanted]
            assert len(outlets.outlets(connection, limit=2, holding="A")) == 2
