// Search as you type: the list is asked for again and put in the place of the old one. Without this the form does it.
// While nobody types, the list is looked at once a minute, so that a page left open all day shows what came in.
const form = document.querySelector(".list-filter");
const list = document.getElementById("list");
const EVERY = 60_000; // milliseconds
let [timer, asking] = [0, null];

const address = () => {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value) query.append(name, value);
  return `${form.action}${query.size ? `?${query}` : ""}`;
};

const load = async (to) => {
  asking?.abort();
  asking = new AbortController();
  try {
    const answer = await fetch(to, { signal: asking.signal, headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.getElementById("list");
    if (!found) throw new Error("no list");
    if (found.innerHTML !== list.innerHTML) list.replaceChildren(...found.childNodes);
    document.title = page.title;
    return true;
  } catch (error) {
    return error.name === "AbortError";
  } finally {
    list.removeAttribute("aria-busy");
  }
};

const show = async () => {
  const to = address();
  // What was there before the first letter can be gone back to; every letter after it is not a page of its own.
  shown = new URL(to).search;
  if (history.state?.typed) history.replaceState({ typed: true }, "", to); else history.pushState({ typed: true }, "", to);
  list.setAttribute("aria-busy", "true");
  if (!(await load(to))) location.assign(to);
};
const soon = (milliseconds) => {
  clearTimeout(timer);
  timer = setTimeout(show, milliseconds);
};
form.addEventListener("input", (event) => soon(event.target.type === "search" ? 150 : 0));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timer);
  show();
});
let shown = location.search;
addEventListener("popstate", () => { if (location.search !== shown) location.reload(); }); // not for a place on the page
setInterval(() => {
  const isRead = list.contains(document.activeElement); // nothing is moved under the keys
  if (document.visibilityState === "visible" && !isRead) load(location.href);
}, EVERY);
