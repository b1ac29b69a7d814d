// Everything on the page works without this. It lights every piece of a cited stretch, opens what
// hides a target, shows a report's words where a letter is pointed at, and follows the reader in the rail.
(() => {
  "use strict";
  const framed = location.protocol === "about:";
  const byId = (hash) => document.getElementById(decodeURIComponent(hash.slice(1)));
  const pieces = (id) => document.querySelectorAll(`[data-of="${CSS.escape(id)}"]`);

  const open = (element) => {
    for (let at = element; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  };
  const light = (element) => {
    document.querySelectorAll(".lit").forEach((lit) => lit.classList.remove("lit"));
    if (!element) return;
    open(element);
    if (element.classList.contains("cited")) {
      element.classList.add("lit");
      pieces(element.id).forEach((piece) => piece.classList.add("lit"));
    }
  };
  const follow = () => light(location.hash.length > 1 ? byId(location.hash) : null);
  addEventListener("hashchange", follow);
  follow();

  // A link with [data-here] has an address that lasts, for whoever copies it or opens it elsewhere; a plain click goes to
  // the place on this page.
  const leads = (event) => {
    const link = event.target.closest('a[href^="#"], a[data-here]');
    if (!link) return null;
    if (!link.dataset.here) return byId(link.getAttribute("href"));
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    return isPlain ? document.getElementById(link.dataset.here) : null;
  };

  // A page in a notebook's frame has no address of its own, so its links are followed by hand.
  document.addEventListener("click", (event) => {
    const target = leads(event);
    if (!target) return;
    open(target);
    if (event.target.closest("a").dataset.here) {
      event.preventDefault();
      if (location.hash === `#${target.id}`) target.scrollIntoView(); else location.hash = target.id;
    }
    if (framed) {
      event.preventDefault();
      light(target);
      target.scrollIntoView();
    }
  });

  const words = (target) => [target, ...pieces(target.id)].map((piece) => piece.textContent).join(" ");
  const told = (link) => {
    const target = byId(link.getAttribute("href"));
    const claim = target && target.classList.contains("claim") && link.closest(".picture");
    if (!target || !(claim || target.classList.contains("cited"))) return null;
    const own = claim && link.querySelector("text"); // the claim's words stand in the picture
    const text = own ? "" : claim ? target.querySelector(".claim-text > span").textContent : words(target);
    return { title: link.getAttribute("aria-label") || "", text };
  };
  const peeked = 'a.siglum[href^="#"], .matrix td a[href^="#"], .picture a[href^="#"]';
  document.querySelectorAll(peeked).forEach((link) => link.removeAttribute("title"));
  document.querySelectorAll(".picture a").forEach((link) => {
    const title = link.querySelector("title");
    link.setAttribute("aria-label", title.textContent);
    title.remove();
  });
  peeking(peeked, told);

  const rail = document.querySelector(".rail");
  const links = new Map([...rail.querySelectorAll('a[href^="#"]')].map((link) => [byId(link.getAttribute("href")), link]));
  links.delete(null);
  const seen = new Set();
  const watch = new IntersectionObserver((entries) => {
    entries.forEach((entry) => (entry.isIntersecting ? seen.add(entry.target) : seen.delete(entry.target)));
    const current = [...links.keys()].filter((section) => seen.has(section)).pop();
    links.forEach((link, section) => {
      if (section === current) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
    });
    if (current && rail.scrollWidth > rail.clientWidth) {
      const link = links.get(current);
      rail.scrollTo({ left: link.offsetLeft - rail.clientWidth / 2 + link.offsetWidth / 2 });
    }
  }, { rootMargin: "-10% 0px -70% 0px" });
  links.forEach((link, section) => watch.observe(section));

  // Two related reports in full, side by side: every passage they share lights its counterpart.
  const made = (name, className, words) => {
    const element = document.createElement(name);
    element.className = className;
    if (words) element.textContent = words;
    return element;
  };
  const idOf = (link) => decodeURIComponent(link.getAttribute("href").slice(1));
  const copied = (report, column, pairs) => {
    const text = report.cloneNode(true);
    text.querySelectorAll("a.back").forEach((back) => back.remove());
    text.querySelectorAll("[id], [data-of]").forEach((piece) => {
      piece.dataset.of = piece.id || piece.dataset.of;
      piece.removeAttribute("id");
      piece.className = "";
    });
    pairs.forEach((pair, number) => {
      text.querySelectorAll(`[data-of="${CSS.escape(pair[column])}"]`).forEach((piece, at) => {
        piece.classList.add("joined");
        piece.dataset.pairs = `${piece.dataset.pairs || " "}${number} `;
        if (at) return;
        piece.tabIndex = 0;
        piece.setAttribute("role", "button");
        piece.setAttribute("aria-label", `Passage ${number + 1} of ${pairs.length}: ${piece.textContent}`);
      });
    });
    return text;
  };
  const beside = (borrowing) => {
    const edition = borrowing.closest(".edition");
    const rows = [...borrowing.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("a.words")].map(idOf));
    const names = [...borrowing.querySelectorAll("thead th")].map((head) => head.textContent);
    const dialog = made("dialog", "beside");
    dialog.setAttribute("aria-label", `${names[0]} and ${names[1]}, side by side`);
    const bar = made("div", "beside-bar");
    const said = made("p", "beside-said", `${rows.length === 1 ? "1 passage" : `${rows.length} passages`} in common. Point at one, or press the arrow keys.`);
    said.setAttribute("aria-live", "polite");
    const buttons = ["Previous", "Next", "Close"].map((name) => { const button = made("button", "", name); button.type = "button"; return button; });
    bar.append(said, ...buttons);
    const columns = [borrowing.dataset.a, borrowing.dataset.b].map((siglum, column) => {
      const box = made("section", "beside-report");
      box.setAttribute("aria-label", names[column]);
      box.append(made("h2", "", names[column]), copied(edition.querySelector(`.text[data-report="${CSS.escape(siglum)}"]`), column, rows));
      return box;
    });
    const key = made("p", "beside-key", `${borrowing.querySelector("summary").textContent.trim()}. Underlined: what the two have in common outside quotations; yellow: the passage chosen.`);
    const sheet = made("div", "beside-columns");
    sheet.append(...columns);
    dialog.append(bar, key, sheet);
    let current = -1;
    const pieces = (column, number) => [...columns[column].querySelectorAll(`[data-pairs*=" ${number} "]`)];
    const reveal = (column, number, level) => {
      const [piece] = pieces(column, number);
      if (!piece) return;
      const [box, at] = [columns[column].getBoundingClientRect(), piece.getBoundingClientRect()];
      columns[column].scrollTop += at.top - box.top - level;
    };
    const choose = (number, from) => {
      current = number;
      dialog.querySelectorAll(".joined.now").forEach((piece) => piece.classList.remove("now"));
      [0, 1].forEach((column) => pieces(column, number).forEach((piece) => piece.classList.add("now")));
      said.textContent = `Passage ${number + 1} of ${rows.length}`;
      if (from === undefined) [0, 1].forEach((column) => reveal(column, number, 90));
      else {
        const [piece] = pieces(from, number);
        reveal(1 - from, number, piece ? piece.getBoundingClientRect().top - columns[from].getBoundingClientRect().top : 90);
      }
    };
    const step = (by) => choose((current + by + rows.length) % rows.length);
    const joined = (event) => event.target.closest && event.target.closest(".joined");
    const numberOf = (piece) => Number(piece.dataset.pairs.trim().split(" ")[0]);
    const columnOf = (piece) => columns.findIndex((box) => box.contains(piece));
    dialog.addEventListener("pointerover", (event) => { const piece = joined(event); if (piece && numberOf(piece) !== current) choose(numberOf(piece), columnOf(piece)); });
    dialog.addEventListener("focusin", (event) => { const piece = joined(event); if (piece) choose(numberOf(piece), columnOf(piece)); });
    dialog.addEventListener("keydown", (event) => {
      const piece = joined(event);
      if (event.key === "ArrowDown" || event.key === "ArrowRight") step(1);
      else if (event.key === "ArrowUp" || event.key === "ArrowLeft") step(current < 0 ? 0 : -1);
      else if (piece && (event.key === "Enter" || event.key === " ")) {
        const [other] = pieces(1 - columnOf(piece), numberOf(piece));
        if (other) other.focus({ preventScroll: true });
      } else return;
      event.preventDefault();
    });
    buttons[0].addEventListener("click", () => step(current < 0 ? 0 : -1));
    buttons[1].addEventListener("click", () => step(1));
    buttons[2].addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    buttons[1].focus();
    choose(0);
  };
  document.querySelectorAll(".borrowing").forEach((borrowing) => {
    if (!document.querySelector(".text[data-report]")) return; // the reports have pages of their own
    const button = made("button", "to-beside", "Read both reports in full, side by side");
    button.type = "button";
    button.addEventListener("click", () => beside(borrowing));
    borrowing.querySelector("summary").after(button);
  });

  // The filter of each edition: which claims and disputes are shown, in the lists, the pictures and the table alike.
  // Its state stands in the query of the address, so that links to places on the page stay what they are.
  const among = (list, wanted) => wanted.every((one) => list.split(" ").includes(one));
  const filters = [...document.querySelectorAll(".filter")].map((bar) => {
    const edition = bar.closest(".edition");
    const [claims, disputes] = [".claim", ".conflict"].map((kind) => [...edition.querySelectorAll(kind)]);
    const boxes = [...bar.querySelectorAll('input[name="in"]')];
    const [without, voices, kind] = ["without", "voices", "kind"].map((name) => bar.querySelector(`select[name="${name}"]`));
    const said = bar.querySelector('[role="status"]');
    const key = (name) => bar.dataset.key + name;
    const note = made("p", "filtered");
    const [noted, back, all] = [made("span", ""), made("a", "", "Change the filter"), made("button", "", "Show all")];
    back.href = `#${bar.id}`;
    all.type = "button";
    note.append(noted, " ", back, " ", all);
    const coverage = edition.querySelector("section.coverage .legend");
    if (coverage) coverage.before(note);
    const every = [bar.querySelector("button"), all];
    const sections = [...edition.querySelectorAll("section.agreed, section.disputed, section.one-voice")].map((section) => {
      const empty = made("p", "nothing-fits", "Nothing here fits the filter.");
      section.append(empty);
      return [section, empty];
    });

    const redraw = (picture) => {
      const [row, strip, each] = ["row", "strip", "every"].map((name) => Number(picture.dataset[name]));
      const strips = [...picture.querySelectorAll(".strip")];
      const rows = [...picture.querySelectorAll(".row")].filter((one) => !one.hasAttribute("hidden"));
      let [y, used] = [0, 0];
      rows.forEach((one, at) => {
        if (at % each === 0 && (at === 0 || rows.length - at > each / 4)) {
          strips[used].setAttribute("transform", `translate(0 ${y})`);
          used += 1;
          y += strip;
        }
        one.setAttribute("transform", `translate(0 ${y})`);
        y += row;
      });
      strips.forEach((one, at) => one.toggleAttribute("hidden", at >= used));
      const [left, top, width] = picture.getAttribute("viewBox").split(" ");
      picture.setAttribute("viewBox", `${left} ${top} ${width} ${y + 4}`);
      picture.setAttribute("height", y + 4);
    };
    const opened = new Set();
    // What an address asks for: a report by its id or, as addresses once had it, by its letter, which may be another's now.
    const meant = (list, name) => {
      const ids = list.filter((one) => one.dataset.article === name);
      const found = ids.length ? ids : list.filter((one) => one.dataset.siglum === name);
      return found.length === 1 ? found[0] : null;
    };
    let absent = false; // whether the address asks for a report that this edition has not
    const apply = () => {
      const reports = boxes.filter((box) => box.checked).map((box) => box.value);
      const active = Boolean(reports.length || without.value || voices.value > 1 || kind.value);
      const fits = (one) => among(one.dataset.in, reports)
        && (!without.value || among(one.dataset.out, [without.value]))
        && Number(one.dataset.voices) >= Number(voices.value)
        && (!kind.value || among(one.dataset.kinds, [kind.value]));
      const count = (list, noun) => {
        const left = list.filter((one) => { one.hidden = active && !fits(one); return !one.hidden; });
        return list.length ? `${left.length} of ${list.length} ${noun}${list.length === 1 ? "" : "s"}` : "";
      };
      const shown = `${[count(claims, "claim"), count(disputes, "dispute")].filter(Boolean).join(" and ")} shown`;
      const hidden = new Set(claims.filter((claim) => claim.hidden).map((claim) => claim.id));
      edition.querySelectorAll("[data-claim]").forEach((row) => row.toggleAttribute("hidden", hidden.has(row.dataset.claim)));
      edition.querySelectorAll(".picture").forEach(redraw);
      const holds = (box, what) => box.querySelector(`:is(${what}):not([hidden])`) !== null;
      edition.querySelectorAll(".by-report").forEach((group) => { group.hidden = !holds(group, ".claim"); });
      edition.querySelectorAll(".one-voice details.more, .drawn-alone").forEach((details) => {
        details.hidden = !holds(details, ".claim, .row");
        if (active && !details.hidden && !details.open) { details.open = true; opened.add(details); }
        if (!active && opened.delete(details)) details.open = false;
      });
      edition.querySelectorAll(".disputed > .sub").forEach((heading) => { heading.hidden = !holds(heading.parentElement, ".claim"); });
      sections.forEach(([section, empty]) => { empty.hidden = !active || holds(section, ".claim, .conflict"); });
      note.hidden = !active;
      every[0].hidden = !active;
      said.textContent = absent ? `${shown}; a report that the address asks for is not in this edition` : shown;
      noted.textContent = `Filtered: ${shown}.`;
    };
    const write = () => {
      absent = false;
      if (framed) return;
      const query = new URLSearchParams(location.search);
      ["in", "without", "voices", "kind"].forEach((name) => query.delete(key(name)));
      boxes.filter((box) => box.checked).forEach((box) => query.append(key("in"), box.dataset.article));
      if (without.value) query.set(key("without"), without.selectedOptions[0].dataset.article);
      if (voices.value > 1) query.set(key("voices"), voices.value);
      if (kind.value) query.set(key("kind"), kind.value);
      const asked = query.toString();
      try {
        history.replaceState(history.state, "", `${location.pathname}${asked ? `?${asked}` : ""}${location.hash}`);
      } catch { /* A browser that keeps the address of a file as it is; the filter works all the same. */ }
    };
    const read = () => {
      const query = new URLSearchParams(framed ? "" : location.search);
      const choose = (select, fits) => { select.selectedIndex = Math.max(0, [...select.options].findIndex(fits)); };
      const asked = query.getAll(key("in")).map((one) => meant(boxes, one));
      const left = query.get(key("without"));
      const lacking = left ? meant([...without.options], left) : null;
      boxes.forEach((box) => { box.checked = asked.includes(box); });
      choose(without, (option) => option === lacking);
      absent = asked.includes(null) || Boolean(left && !lacking);
      choose(voices, (option) => option.value === query.get(key("voices")));
      choose(kind, (option) => option.value && option.value === query.get(key("kind")));
    };
    const clear = () => {
      boxes.forEach((box) => { box.checked = false; });
      [without, voices, kind].forEach((select) => { select.selectedIndex = 0; });
      write();
      apply();
    };
    bar.addEventListener("change", () => { write(); apply(); });
    every.forEach((button) => button.addEventListener("click", () => {
      clear();
      boxes[0]?.focus({ preventScroll: button === all });
    }));
    bar.hidden = false;
    read();
    apply();
    return { edition, clear, said };
  });
  // A link to a claim or dispute that the filter hides lifts the filter.
  const lift = (target) => {
    if (!target || !target.closest("[hidden]")) return false;
    const filter = filters.find((one) => one.edition.contains(target));
    if (!filter) return false;
    filter.clear();
    filter.said.textContent += "; the filter was lifted to show what the link leads to";
    return true;
  };
  document.addEventListener("click", (event) => lift(leads(event)), true);
  const arrive = () => {
    const target = location.hash.length > 1 ? byId(location.hash) : null;
    if (lift(target)) { light(target); target.scrollIntoView(); }
  };
  addEventListener("hashchange", arrive);
  arrive();

  const closed = [];
  addEventListener("beforeprint", () => {
    document.querySelectorAll("details.more:not([open]):not(.as-table), details.labelled:not([open]), .missing details:not([open])").forEach((details) => { closed.push(details); details.open = true; });
  });
  addEventListener("afterprint", () => { closed.splice(0).forEach((details) => { details.open = false; }); });
})();
