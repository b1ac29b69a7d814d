"""Invented names for generated news: people, places, firms, outlets. None is meant to be anybody's."""

from collections.abc import Callable
from random import Random

import numpy as np
from numpy.typing import NDArray

FIRST = tuple(
    "Ada Alric Anneke Arvid Bela Berit Bruno Carla Casimir Celia Dagny Dario Edda Elias Emeric Esme Fenna Florian "
    "Gerda Gideon Greta Hanno Hedda Henrik Ida Imre Ines Isolde Ivo Jarle Jelena Jonas Jutta Kaspar Katya Klara Lars "
    "Leonie Linus Lotte Magda Marek Mina Mirko Nadia Nils Nora Odile Olaf Oona Orla Pavel Petra Quentin Ragna Rasmus "
    "Rhea Roland Runa Sabine Selma Sigrid Silas Stellan Sunniva Tamsin Thea Tobias Tova Ulrik Una Valeska Vera Viggo "
    "Wanda Wendel Xenia Yorick Ysolde Zelda".split()
)
_STARTS = tuple(
    "Ald Ash Bal Bren Cald Cor Dav Dor Eld Esk Fal Fen Gar Gol Har Hul Ing Jar Kel Kor Lan Lun Mar Mer Nar Nor Ost "
    "Pell Quil Ren Ros Sal Stor Tam Thor Ul Ver Wend Yar Zel".split()
)
_MIDDLES = tuple(
    "a ab ad al am an ar as av e ed el em en er es i id il im in ir o ob od ol om on or u".split()
)  # fmt: skip
_PERSON_ENDS = tuple(
    "berg by dahl feld gren hav holt kin land lund mark neth rick son stad sten thal vik wen wick".split()
)
_PLACE_ENDS = tuple("bridge burgh combe dale ford gate haven mere mouth port stow ton".split())


def _made(ends: tuple[str, ...]) -> NDArray[np.object_]:
    return np.array([a + b + c for a in _STARTS for b in _MIDDLES for c in ends], dtype=object)


SURNAMES = _made(_PERSON_ENDS)
"""24,000 surnames."""
PLACES = _made(_PLACE_ENDS)
"""14,400 places."""
PRESIDENT = "President Adela Vanterholm"
"""Named in a tenth of all articles."""

_PAPERS = "Gazette Courier Herald Observer Post Chronicle Echo Ledger Dispatch Lantern Argus Mirror".split()
OUTLETS = tuple(f"The {PLACES[(at * 4447) % len(PLACES)]} {_PAPERS[at % len(_PAPERS)]}" for at in range(300))
"""Those that print most come first."""
AGENCIES = ("Meridian News Agency", "Calder News Service", "Outer Sound Newswire")


def person(draw: Random) -> str:
    return f"{draw.choice(FIRST)} {_one(SURNAMES, draw)}"


def place(draw: Random) -> str:
    return _one(PLACES, draw)


_FIRMS: tuple[Callable[[str, str], str], ...] = (
    lambda a, b: f"{a} and {b}",
    lambda a, _: f"{a} Works",
    lambda a, _: f"{a} Line",
    lambda a, b: f"{a} {b} Company",
)


def firm(draw: Random) -> str:
    return draw.choice(_FIRMS)(_one(SURNAMES, draw), _one(SURNAMES, draw))


def _one(names: NDArray[np.object_], draw: Random) -> str:
    return str(names[draw.randrange(len(names))])
