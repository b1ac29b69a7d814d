// Shows the words a letter stands for when it is pointed at: here they stand on another page.
const peek = document.createElement("div");
peek.className = "peek";
peek.hidden = true;
peek.setAttribute("aria-hidden", "true");
document.body.append(peek);
const known = new Map();
let [wanted, timer] = [null, 0];

const place = /\/reports\/([^/?#]+)#.*?-(\d+)-(\d+)$/;
const words = (link) => {
  const found = place.exec(link.href);
  if (!found) return null;
  const [, article, start, end] = found;
  const address = `/reports/${article}/words.json?start=${start}&end=${end}`;
  if (!known.has(address)) known.set(address, fetch(address).then((answer) => (answer.ok ? answer.json() : null)).catch(() => null));
  return known.get(address);
};
const hide = () => { clearTimeout(timer); wanted = null; peek.hidden = true; };
const show = (link) => {
  wanted = link;
  clearTimeout(timer);
  timer = setTimeout(async () => {
    const said = await words(link);
    if (!said || wanted !== link) return;
    const outlet = document.createElement("b");
    outlet.textContent = said.outlet;
    peek.replaceChildren(outlet, document.createTextNode(said.text.length > 420 ? `${said.text.slice(0, 420)}…` : said.text));
    peek.hidden = false;
    const at = link.getBoundingClientRect();
    const below = at.bottom + peek.offsetHeight + 12 < innerHeight;
    peek.style.left = `${Math.max(16, Math.min(at.left, innerWidth - peek.offsetWidth - 16))}px`;
    peek.style.top = `${below ? at.bottom + 8 : Math.max(8, at.top - peek.offsetHeight - 8)}px`;
  }, 120);
};
const peeked = 'a.siglum[href*="/reports/"], .matrix td a[href*="/reports/"], .picture a[href*="/reports/"]';
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
