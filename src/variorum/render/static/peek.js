// A box beside a link with the words it leads to, while it is pointed at or has the focus. Taken in by the other scripts.
// told: gives a link's title and text, now or later, or nothing where there is nothing to show.
const peeking = (selector, told, milliseconds = 0) => {
  const peek = document.createElement("div");
  peek.className = "peek";
  peek.hidden = true;
  peek.setAttribute("aria-hidden", "true");
  document.body.append(peek);
  let [wanted, timer] = [null, 0];
  const hide = () => { clearTimeout(timer); wanted = null; peek.hidden = true; };
  const put = (link, said) => {
    if (!said || wanted !== link) return;
    const title = document.createElement("b");
    title.textContent = said.title;
    peek.replaceChildren(title, document.createTextNode(said.text.length > 420 ? `${said.text.slice(0, 420)}…` : said.text));
    peek.hidden = false;
    const at = link.getBoundingClientRect();
    const below = at.bottom + peek.offsetHeight + 12 < innerHeight;
    peek.style.left = `${Math.max(16, Math.min(at.left, innerWidth - peek.offsetWidth - 16))}px`;
    peek.style.top = `${below ? at.bottom + 8 : Math.max(8, at.top - peek.offsetHeight - 8)}px`;
  };
  const show = (link) => {
    hide();
    wanted = link;
    const look = () => {
      const said = told(link);
      if (said && said.then) said.then((later) => put(link, later)); else put(link, said);
    };
    if (milliseconds) timer = setTimeout(look, milliseconds); else look();
  };
  document.addEventListener("pointerover", (event) => {
    const link = event.pointerType === "touch" ? null : event.target.closest(selector);
    if (link) show(link); else hide();
  });
  document.addEventListener("focusin", (event) => {
    const link = event.target.closest(selector);
    if (link && link.matches(":focus-visible")) show(link); else hide();
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  addEventListener("scroll", hide, { passive: true });
};
