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

  // A page in a notebook's frame has no address of its own, so its links are followed by hand.
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (!link) return;
    const target = byId(link.getAttribute("href"));
    if (!target) return;
    open(target);
    if (framed) {
      event.preventDefault();
      light(target);
      target.scrollIntoView();
    }
  });

  const peek = document.createElement("div");
  peek.className = "peek";
  peek.hidden = true;
  peek.setAttribute("aria-hidden", "true");
  document.body.append(peek);
  const hide = () => { peek.hidden = true; };
  const words = (target) => {
    const said = [target, ...pieces(target.id)].map((piece) => piece.textContent).join(" ");
    return said.length > 420 ? `${said.slice(0, 420)}…` : said;
  };
  const show = (link) => {
    const target = byId(link.getAttribute("href"));
    const told = target && target.classList.contains("claim") && link.closest(".picture");
    if (!target || !(told || target.classList.contains("cited"))) return hide();
    const outlet = document.createElement("b");
    outlet.textContent = link.getAttribute("aria-label") || "";
    const own = told && link.querySelector("text");
    peek.replaceChildren(outlet, document.createTextNode(own ? "" : told ? target.querySelector(".claim-text > span").textContent : words(target)));
    peek.hidden = false;
    const at = link.getBoundingClientRect();
    const below = at.bottom + peek.offsetHeight + 12 < innerHeight;
    peek.style.left = `${Math.max(16, Math.min(at.left, innerWidth - peek.offsetWidth - 16))}px`;
    peek.style.top = `${below ? at.bottom + 8 : Math.max(8, at.top - peek.offsetHeight - 8)}px`;
  };
  const peeked = 'a.siglum[href^="#"], .matrix td a[href^="#"], .picture a[href^="#"]';
  document.querySelectorAll(peeked).forEach((link) => link.removeAttribute("title"));
  document.querySelectorAll(".picture a").forEach((link) => {
    const title = link.querySelector("title");
    link.setAttribute("aria-label", title.textContent);
    title.remove();
  });
  document.addEventListener("pointerover", (event) => {
    const link = event.pointerType === "touch" ? null : event.target.closest(peeked);
    if (link) show(link); else hide();
  });
  document.addEventListener("focusin", (event) => {
    const link = event.target.closest(peeked);
    if (link && link.matches(":focus-visible")) show(link); else hide();
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  addEventListener("scroll", hide, { passive: true });

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
    const button = made("button", "to-beside", "Read both reports in full, side by side");
    button.type = "button";
    button.addEventListener("click", () => beside(borrowing));
    borrowing.querySelector("summary").after(button);
  });

  const closed = [];
  addEventListener("beforeprint", () => {
    document.querySelectorAll("details.more:not([open]):not(.as-table), details.labelled:not([open]), .missing details:not([open])").forEach((details) => { closed.push(details); details.open = true; });
  });
  addEventListener("afterprint", () => { closed.splice(0).forEach((details) => { details.open = false; }); });
})();
