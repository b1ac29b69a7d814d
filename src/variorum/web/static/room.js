// Shows the words a letter stands for when it is pointed at: here they stand on another page, and are asked for.
/* global peeking */
const known = new Map();
const place = /\/reports\/([^/?#]+)#.*?-(\d+)-(\d+)$/;
const ask = async (address) => {
  const answer = await fetch(address);
  const said = answer.ok ? await answer.json() : null;
  return said && { title: said.outlet, text: said.text };
};
const told = (link) => {
  const found = place.exec(link.href);
  if (!found) return null;
  const [, article, start, end] = found;
  const address = `/reports/${article}/words.json?start=${start}&end=${end}`;
  if (!known.has(address)) known.set(address, ask(address).catch(() => null));
  return known.get(address);
};
const peeked = 'a.siglum[href*="/reports/"], .matrix td a[href*="/reports/"], .picture a[href*="/reports/"]';
// The words tell more than the outlet's name, and one of the two is enough.
for (const link of document.querySelectorAll(peeked)) link.removeAttribute("title");
peeking(peeked, told, 120);

// Says so when the page that stands open is no longer the last: a report joined, or somebody made a note.
const changes = document.querySelector("[data-changes]");
if (changes) {
  setInterval(async () => {
    if (document.visibilityState !== "visible") return;
    const answer = await fetch(changes.dataset.changes, { method: "HEAD", headers: { accept: "text/html" }, cache: "no-store" }).catch(() => null);
    if (answer && answer.ok) changes.hidden = (answer.headers.get("etag") || "").replace("W/", "") === changes.dataset.tag;
  }, 60_000);
}
