// Reports side by side: columns scroll together, joins are drawn between them and walked through.
const root = document.querySelector(".sides");
const sheet = root.querySelector(".sides-columns");
const sides = [...sheet.querySelectorAll(".side")];
const together = root.querySelector("#together");
const said = root.querySelector(".step-said");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const SVG = "http://www.w3.org/2000/svg";
const REST = 150; // milliseconds without scrolling after which it counts as ended
const GLIDE = 220; // milliseconds in which columns go to a passage

// Every join with its pieces in each column and, once measured, where they stand: pixels from the column's top.
const joins = new Map();
root.querySelector(".join-labels").content.querySelectorAll("p").forEach((label) => {
  joins.set(label.dataset.number, {
    number: label.dataset.number, kind: label.dataset.kind, label: label.textContent,
    pieces: sides.map(() => []), places: sides.map(() => null), drawn: new Map(),
  });
});
sides.forEach((side, at) => side.querySelectorAll(".join[data-join]").forEach((piece) => joins.get(piece.dataset.join).pieces[at].push(piece)));
const list = [...joins.values()];
const sideOf = (element) => sides.findIndex((side) => side.contains(element));

const sizes = sides.map(() => ({ height: 0, window: 0, left: 0, right: 0, top: 0, head: 0 }));
const courses = new Map();
const measure = () => {
  const frame = sheet.getBoundingClientRect();
  sides.forEach((side, at) => {
    const box = side.getBoundingClientRect();
    sizes[at] = {
      height: side.scrollHeight, window: side.clientHeight, left: box.left - frame.left, right: box.right - frame.left,
      top: box.top - frame.top, head: side.querySelector(".side-head").offsetHeight,
    };
    list.forEach((join) => {
      const boxes = join.pieces[at].map((piece) => piece.getBoundingClientRect()).filter((one) => one.height);
      join.places[at] = boxes.length ? {
        first: boxes[0].top - box.top + side.scrollTop, last: boxes[0].bottom - box.top + side.scrollTop,
        parts: boxes.map((one) => [one.top - box.top + side.scrollTop, one.bottom - box.top + side.scrollTop]),
      } : null;
    });
  });
  courses.clear();
};

// From one column to another: pairs of heights that rise on both sides, the most joins that do, between the two ends.
const course = (from, to) => {
  const key = `${from} ${to}`;
  if (courses.has(key)) return courses.get(key);
  const both = list.filter((join) => join.places[from] && join.places[to])
    .map((join) => [join.places[from].first, join.places[to].first, join.places[from].last, join.places[to].last])
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const best = both.map(() => 1);
  const before = both.map(() => -1);
  let last = -1;
  both.forEach((one, at) => {
    for (let earlier = 0; earlier < at; earlier += 1) {
      const other = both[earlier];
      if (other[2] <= one[0] + 1 && other[3] <= one[1] + 1 && best[earlier] + 1 > best[at]) { best[at] = best[earlier] + 1; before[at] = earlier; }
    }
    if (last < 0 || best[at] > best[last]) last = at;
  });
  const chosen = [];
  for (let at = last; at >= 0; at = before[at]) chosen.unshift([both[at][0], both[at][1]], [both[at][2], both[at][3]]);
  const points = [[0, 0], ...chosen, [sizes[from].height, sizes[to].height]];
  courses.set(key, points);
  return points;
};
const across = (points, y) => {
  let [low, high] = [0, points.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (points[middle][0] <= y) low = middle; else high = middle;
  }
  const [[a, b], [c, d]] = [points[low], points[high]];
  return c > a ? b + (d - b) * Math.min(1, Math.max(0, (y - a) / (c - a))) : b;
};

// A column that was moved by us must not move the others in turn: its next position is expected, and passed over.
const expected = sides.map(() => null);
const move = (at, top) => {
  const to = Math.round(Math.min(Math.max(0, top), sizes[at].height - sizes[at].window));
  if (Math.abs(sides[at].scrollTop - to) < 1) return;
  expected[at] = to;
  sides[at].scrollTop = to;
};
// All columns go to their places in one movement, which the reader's own scrolling ends.
let gliding = 0;
const glide = (ways) => {
  cancelAnimationFrame(gliding);
  const began = performance.now();
  const starts = sides.map((side) => side.scrollTop);
  const tick = (now) => {
    const done = calm.matches ? 1 : Math.min(1, Math.max(0, now - began) / GLIDE);
    const eased = 1 - (1 - done) ** 3;
    ways.forEach(([at, to]) => move(at, starts[at] + (to - starts[at]) * eased));
    if (done < 1) gliding = requestAnimationFrame(tick);
  };
  tick(began);
};
["wheel", "touchstart"].forEach((kind) => sheet.addEventListener(kind, () => cancelAnimationFrame(gliding), { passive: true }));
// The line that is kept level runs down the window as the text is read, so that starts and ends meet.
const follow = (from) => {
  const { height, window: seen } = sizes[from];
  if (height <= seen) return;
  const y = sides[from].scrollTop * height / (height - seen);
  sides.forEach((_, to) => {
    if (to !== from) move(to, across(course(from, to), y) * (sizes[to].height - sizes[to].window) / sizes[to].height);
  });
};

let current = null;
const ribbons = document.createElementNS(SVG, "svg");
ribbons.setAttribute("class", "ribbons");
ribbons.setAttribute("aria-hidden", "true");
sheet.append(ribbons);
const path = (join, key) => {
  if (!join.drawn.has(key)) {
    const made = document.createElementNS(SVG, "path");
    made.setAttribute("class", `ribbon ribbon-${join.kind}`);
    made.dataset.join = join.number;
    join.drawn.set(key, made);
    ribbons.append(made);
  }
  return join.drawn.get(key);
};
const draw = () => {
  const tops = sides.map((side) => side.scrollTop);
  list.forEach((join) => {
    const columns = sides.map((_, at) => at).filter((at) => join.places[at]);
    columns.slice(1).forEach((to, nth) => {
      const from = columns[nth];
      const [a, b] = [join.places[from], join.places[to]];
      const near = to - from === 1;
      const y = [a.first - tops[from], a.last - tops[from], b.first - tops[to], b.last - tops[to]];
      const low = Math.max(sizes[from].head, sizes[to].head);
      const hidden = (top, bottom, at) => bottom < sizes[at].head || top > sizes[at].window;
      const shown = (near || join === current) && !(hidden(y[0], y[1], from) && hidden(y[2], y[3], to))
        && !(y[1] < low && y[3] < low);
      if (!shown && !join.drawn.has(`${from} ${to}`)) return;
      const made = path(join, `${from} ${to}`);
      made.style.display = shown ? "" : "none";
      if (!shown) return;
      const clip = (value, at) => Math.min(Math.max(value, sizes[at].head), sizes[at].window);
      const [p, q, r, s] = [clip(y[0], from), clip(y[1], from), clip(y[2], to), clip(y[3], to)];
      const [left, right] = [sizes[from].right, sizes[to].left];
      const middle = (left + right) / 2;
      made.setAttribute("d", `M${left} ${p}C${middle} ${p} ${middle} ${r} ${right} ${r}L${right} ${s}C${middle} ${s} ${middle} ${q} ${left} ${q}Z`);
      made.classList.toggle("now", join === current);
    });
  });
};
let waiting = false;
const redraw = () => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => { waiting = false; draw(); });
};

const show = (join) => {
  if (current) current.pieces.flat().forEach((piece) => piece.classList.remove("now"));
  current = join;
  if (join) join.pieces.flat().forEach((piece) => piece.classList.add("now"));
  redraw();
};
const numberOf = (join, at) => join.pieces[at][0]?.querySelector(".join-number");
// Of the numbers in a column one is in the tab order: that of the join chosen, or the first.
const rove = () => sides.forEach((side, at) => {
  const numbers = [...side.querySelectorAll(".join-number")];
  const chosen = (current && numberOf(current, at)) || numbers[0];
  numbers.forEach((number) => { number.tabIndex = number === chosen ? 0 : -1; });
});
// level: how far below the top of its column the join is to stand; where it stands in ``from`` when a reader chose it there.
const choose = (join, from = -1) => {
  show(join);
  rove();
  const words = sides.filter((_, at) => join.places[at]).map((side) => side.dataset.siglum).join(", ");
  said.textContent = `Passage ${join.number} of ${list.length} (${words}): ${join.label}.`;
  const stood = from >= 0 && join.places[from] ? join.places[from].first - sides[from].scrollTop : -1;
  const stays = stood >= sizes[0].head && stood < sizes[0].window - 40;
  const level = stays ? stood : sizes[0].head + 60;
  glide(sides.flatMap((_, at) => ((stays && at === from) || !join.places[at] ? [] : [[at, join.places[at].first - level]])));
};
const rests = sides.map(() => 0);
sides.forEach((side, at) => side.addEventListener("scroll", () => {
  redraw();
  const ours = expected[at] !== null && Math.abs(side.scrollTop - expected[at]) < 2;
  expected[at] = null;
  if (ours || !together?.checked) return;
  if (!calm.matches) { follow(at); return; }
  clearTimeout(rests[at]);
  rests[at] = setTimeout(() => follow(at), REST); // motion that was not asked for waits until the reader's own is over
}, { passive: true }));

const step = (by, from = -1) => {
  const among = from < 0 ? list : list.filter((join) => join.places[from]).sort((a, b) => a.places[from].first - b.places[from].first);
  if (!among.length) return;
  const at = among.indexOf(current);
  choose(among[at < 0 ? (by > 0 ? 0 : among.length - 1) : (at + by + among.length) % among.length]);
};
root.querySelectorAll("[data-step]").forEach((button) => button.addEventListener("click", () => step(Number(button.dataset.step))));
sheet.addEventListener("keydown", (event) => {
  const by = { n: 1, p: -1 }[event.key];
  if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
  const from = sideOf(event.target);
  event.preventDefault();
  step(by, from);
  const number = current && numberOf(current, Math.max(0, from));
  if (number) number.focus({ preventScroll: true });
});
const joined = (event) => joins.get(event.target.closest(".join[data-join]")?.dataset.join);
sheet.addEventListener("pointerover", (event) => { const join = event.pointerType === "touch" ? null : joined(event); if (join && join !== current) show(join); });
sheet.addEventListener("focusin", (event) => { const join = joined(event); if (join && join !== current) { show(join); rove(); } });
sheet.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const join = joined(event);
  const link = event.target.closest("a");
  if (!join || (link && !link.matches(".join-number")) || !getSelection().isCollapsed) return;
  choose(join, sideOf(event.target));
  if (!link) return;
  event.preventDefault();
  const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  target?.querySelector(".join-number")?.focus({ preventScroll: true });
  const other = sides[sideOf(target)];
  if (other && sheet.scrollWidth > sheet.clientWidth) sheet.scrollTo({ left: other.offsetLeft - sheet.offsetLeft - 16, behavior: calm.matches ? "auto" : "smooth" });
});

// At most so many reports can be chosen.
const form = root.querySelector(".choose form");
const limit = () => {
  const boxes = [...form.querySelectorAll("input")];
  const chosen = boxes.filter((box) => box.checked).length;
  boxes.forEach((box) => { box.disabled = !box.checked && chosen >= Number(form.dataset.most); });
  form.querySelector("button").disabled = chosen < 2;
};
if (form) { form.addEventListener("change", limit); limit(); }

const again = () => { measure(); draw(); };
root.querySelectorAll(".toggles input").forEach((input) => input.addEventListener("change", again));
const watch = new ResizeObserver(() => requestAnimationFrame(again));
watch.observe(sheet);
root.querySelectorAll(".side-text").forEach((text) => watch.observe(text));
[root.querySelector(".steps"), said].forEach((one) => { if (one) one.hidden = false; });
root.classList.add("scripted");
rove();
again();
// An address may name a join; the browser goes to it once the page is whole.
const arrive = () => {
  const asked = root.querySelector(".join:target");
  if (asked) choose(joins.get(asked.dataset.join), sideOf(asked));
};
if (document.readyState === "complete") arrive(); else addEventListener("load", arrive);
