// Search as you type: the list is asked for again and put in the place of the old one. Without this the form does it.
const form = document.querySelector(".list-filter");
const list = document.getElementById("list");
let [timer, asking] = [0, null];

const address = () => {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value) query.append(name, value);
  return `${form.action}${query.size ? `?${query}` : ""}`;
};

const load = async (to, remember) => {
  asking?.abort();
  asking = new AbortController();
  list.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(to, { signal: asking.signal, headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.getElementById("list");
    if (!found) return location.assign(to);
    list.replaceChildren(...found.childNodes);
    document.title = page.title;
    if (remember) history.replaceState(null, "", to);
  } catch (error) {
    if (error.name !== "AbortError") location.assign(to);
    return undefined;
  }
  list.removeAttribute("aria-busy");
  return undefined;
};

const soon = (milliseconds) => {
  clearTimeout(timer);
  timer = setTimeout(() => load(address(), true), milliseconds);
};
form.addEventListener("input", (event) => soon(event.target.type === "search" ? 150 : 0));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timer);
  load(address(), true);
});
