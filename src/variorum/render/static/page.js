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
    if (!target || !target.classList.contains("cited")) return hide();
    const outlet = document.createElement("b");
    outlet.textContent = link.getAttribute("aria-label") || "";
    peek.replaceChildren(outlet, document.createTextNode(words(target)));
    peek.hidden = false;
    const at = link.getBoundingClientRect();
    const below = at.bottom + peek.offsetHeight + 12 < innerHeight;
    peek.style.left = `${Math.max(16, Math.min(at.left, innerWidth - peek.offsetWidth - 16))}px`;
    peek.style.top = `${below ? at.bottom + 8 : Math.max(8, at.top - peek.offsetHeight - 8)}px`;
  };
  const peeked = 'a.siglum[href^="#"], .matrix td a[href^="#"]';
  document.querySelectorAll(peeked).forEach((link) => link.removeAttribute("title"));
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

  const closed = [];
  addEventListener("beforeprint", () => {
    document.querySelectorAll("details.more:not([open]), details.labelled:not([open]), .missing details:not([open])").forEach((details) => { closed.push(details); details.open = true; });
  });
  addEventListener("afterprint", () => { closed.splice(0).forEach((details) => { details.open = false; }); });
})();
