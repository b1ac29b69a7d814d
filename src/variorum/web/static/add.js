// Files can be dropped as well as chosen, folders too. All of it stands in the form's own inputs or beside them, so that
// the form sends it as it would without this.

const form = document.querySelector("form.add");
const zone = form.querySelector("[data-drop]");
const files = form.querySelector("#files");
const folder = form.querySelector("#folder");
const chosen = zone.querySelector(".drop-chosen");
const sending = form.querySelector(".add-sending");
let dropped = []; // [name, file]: what came from folders keeps its path

zone.querySelector(".drop-say").hidden = false;
if ("webkitdirectory" in folder) zone.querySelector(".drop-folder").hidden = false;

function say() {
  const number = files.files.length + folder.files.length + dropped.length;
  chosen.replaceChildren();
  if (!number) return;
  const told = number === 1 ? "1 file" : `${number.toLocaleString("en")} files`;
  chosen.append(`${told} to be added. `);
  const none = document.createElement("button");
  none.type = "button";
  none.textContent = "Choose none";
  none.addEventListener("click", () => {
    dropped = [];
    files.value = "";
    folder.value = "";
    say();
    files.focus();
  });
  chosen.append(none);
}

const listed = (reader) => new Promise((done, failed) => reader.readEntries(done, failed));
const opened = (entry) => new Promise((done, failed) => entry.file(done, failed));

async function* within(entry) {
  if (entry.isFile) {
    yield [entry.fullPath.replace(/^\//, ""), await opened(entry)];
    return;
  }
  const reader = entry.createReader();
  for (let some = await listed(reader); some.length; some = await listed(reader)) {
    for (const one of some) yield* within(one);
  }
}

async function take(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  const plain = entries.length ? [] : [...transfer.files].map((file) => [file.name, file]);
  dropped.push(...plain);
  for (const entry of entries) {
    for await (const pair of within(entry)) dropped.push(pair);
  }
  say();
}

const hasFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

// A file that misses the zone would otherwise replace the page, and all that was typed.
for (const name of ["dragenter", "dragover"]) {
  document.addEventListener(name, (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    zone.classList.add("is-over");
  });
}
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) zone.classList.remove("is-over");
});
document.addEventListener("drop", (event) => {
  zone.classList.remove("is-over");
  if (!hasFiles(event)) return;
  event.preventDefault();
  take(event.dataTransfer).catch(() => {
    chosen.textContent = "What was dropped could not be read.";
  });
});
files.addEventListener("change", say);
folder.addEventListener("change", say);

// Sent by the form itself; what was dropped goes with it.
form.addEventListener("formdata", (event) => {
  for (const [name, file] of dropped) event.formData.append("files", file, name);
});
form.addEventListener("submit", () => {
  sending.textContent = "Sending…";
});
// Back from the next page, the form is as it was left, but is not sending.
window.addEventListener("pageshow", () => {
  sending.textContent = "";
  say();
});
