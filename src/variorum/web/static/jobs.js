// What is being worked on, as it goes on. Without this a page asks again by itself and shows the same.
// [data-watch]: an edition that is being made; its page is loaded again when it is there, or, with [data-ready], a link
// with that text leads to it.
// [data-job]: an intake; its page is filled as lines come, and loaded again when all is done.

const EVERY = 1000; // milliseconds
const SLOWLY = 10000; // when the room does not answer, or nobody looks

async function asked(address) {
  const answer = await fetch(address, { headers: { accept: "application/json" }, cache: "no-store" });
  return [answer.status, answer.status < 300 ? await answer.json() : null];
}

function poll(address, show, ready = () => location.reload()) {
  const again = async () => {
    let wait = document.hidden ? SLOWLY : EVERY;
    try {
      const [status, told] = await asked(address());
      if (told === null) {
        wait = SLOWLY;
        // It is gone, or we may not see it any more: the page itself says so.
        if (status < 500) return location.reload();
      } else {
        if (show(told) === false) return undefined;
        if (status === 200) return ready();
      }
    } catch {
      wait = SLOWLY;
    }
    return setTimeout(again, wait);
  };
  setTimeout(again, EVERY);
}

function say(place, text) {
  // The same words again would be read out again.
  if (place && place.textContent !== text) place.textContent = text;
}

function fill(bar, done, total) {
  if (!bar) return;
  if (total) {
    bar.max = total;
    bar.value = done;
  } else {
    bar.removeAttribute("value");
  }
}

const piece = (number) => (number === 1 ? "1 piece" : `${number} pieces`);

function watch(place) {
  const bar = place.querySelector("progress");
  const doing = place.querySelector(".doing");
  // Read out is what is done, not each step of it.
  if (doing) place.setAttribute("aria-live", "off");
  poll(
    () => place.dataset.watch,
    (told) => {
      if (told.state === "failed") {
        location.reload();
        return false;
      }
      if (!told.state) return true;
      fill(bar, told.done, told.total);
      const steps = told.total ? `, ${told.done} of ${told.total}` : "";
      say(doing, `${told.doing}${steps}${told.waiting ? `; ${piece(told.waiting)} of work before it` : ""}`);
      return true;
    },
    // Whoever reads the edition made before is not torn out of it.
    place.dataset.ready ? () => place.replaceChildren(paragraph(place.dataset.ready, location.pathname + location.search)) : undefined,
  );
}

function paragraph(text, href) {
  const told = document.createElement("p");
  const link = made("a", text);
  link.href = href;
  told.append(link);
  return told;
}

function made(kind, text, className) {
  const one = document.createElement(kind);
  one.textContent = text;
  if (className) one.className = className;
  return one;
}

function line(told) {
  const item = document.createElement("li");
  const became = document.createElement("span");
  became.className = "became";
  if (told.outcome === "refused") {
    became.append(made("bdi", told.place), ": ", made("bdi", told.reason));
  } else {
    const title = made("bdi", told.title || "no headline");
    let shown = title;
    if (told.url) {
      shown = document.createElement("a");
      shown.href = told.url;
      shown.append(title);
    }
    became.append(made("bdi", told.outlet), ": ", shown);
  }
  item.append(made("span", told.outcome, `outcome outcome-${told.outcome}`), " ", became);
  return item;
}

function standing(told) {
  if (told.state === "made") return "the edition is there";
  if (told.state === "alone") return "stands alone so far";
  if (told.state === "failed") return `no edition could be made: ${told.reason}`;
  if (told.state === "waiting") return "its edition waits to be made";
  if (told.state === "unmade") return "its edition is made when it is opened";
  return `its edition is being made${told.total ? `: ${told.doing}, ${told.done} of ${told.total}` : ""}`;
}

function stories(list, told) {
  const known = new Map([...list.children].map((item) => [item.dataset.story, item]));
  for (const one of told) {
    let item = known.get(one.story);
    if (!item) {
      item = document.createElement("li");
      item.dataset.story = one.story;
      const link = document.createElement("a");
      link.href = one.url;
      link.append(made("bdi", ""));
      item.append(link, " ", made("span", "", "soft"), " ", made("span", "", "job-state"));
      list.append(item);
    }
    known.delete(one.story);
    say(item.querySelector("bdi"), one.headline || "No headline");
    say(item.querySelector(".soft"), one.reports === 1 ? "1 report" : `${one.reports} reports`);
    say(item.querySelector(".job-state"), standing(one));
  }
  for (const gone of known.values()) gone.remove();
  list.closest("section").hidden = !told.length;
}

function summary(told) {
  const { new: fresh, revised, known, refused } = told.counts;
  const there = told.stories.filter((one) => one.state === "made").map((one) => one.headline || "No headline");
  const counts = `${TITLES[told.state]}: ${fresh} new, ${revised} revised, ${known} known already, ${refused} refused.`;
  return there.length ? `${counts} There is an edition of ${there.join("; ")}.` : counts;
}

const TITLES = {
  waiting: "Waiting to be added", running: "Reports are being added", done: "Reports were added",
  failed: "Adding broke off",
};
const LINES = 500; // on the page at a time; all of them come when it is loaded again

function job(place) {
  const lines = place.querySelector("[data-lines]");
  const reading = place.querySelector("[data-reading]");
  let last = Number(lines.dataset.last) || 0;
  let before = null;
  poll(
    () => `${place.dataset.job}?after=${last}`,
    (told) => {
      say(place.querySelector("[data-title]"), TITLES[told.state]);
      // Read out is only what is over: the counts go on too fast to listen to.
      const over = [told.state, ...told.stories.filter((one) => one.state === "made").map((one) => one.story)].join();
      if (before !== null && over !== before) say(place.querySelector("[data-said]"), summary(told));
      before = over;
      for (const [name, number] of Object.entries(told.counts)) {
        say(place.querySelector(`[data-count="${name}"]`), number.toLocaleString("en"));
      }
      for (const one of told.lines) {
        if (one.number <= last) continue;
        last = one.number;
        lines.append(line(one));
      }
      while (lines.children.length > LINES) lines.firstElementChild.remove();
      lines.closest("section").hidden = !lines.children.length;
      stories(place.querySelector("[data-stories]"), told.stories);
      if (reading) {
        reading.hidden = told.state === "done" || told.state === "failed";
        fill(reading.querySelector("progress"), told.done, told.total);
        const files = `${told.done.toLocaleString("en")} of ${told.total.toLocaleString("en")} files read`;
        const doing = told.total ? files : "Reading";
        say(reading.querySelector(".doing"), told.state === "waiting" ? "Waits for what was given before" : doing);
      }
      return true;
    },
  );
}

for (const place of document.querySelectorAll("[data-watch]")) watch(place);
for (const place of document.querySelectorAll("[data-job]")) job(place);
