// The workbench: asks its own machine how far the work is, sends decisions, shows the report again.
const frame = one("#report");
const wrong = one("#wrong");
const kinds = ["auto", "keep", "drop", ...doc.body.dataset.kinds.split(" ")];
let version = -1;
let told = "";

async function send(what, body) {
  const options = { method: "POST", body: body instanceof Blob ? body : JSON.stringify(body) };
  const answer = await fetch(what, options);
  wrong.textContent = (await answer.json().catch(() => ({ error: "Not saved." }))).error;
  if (!wrong.textContent) tick();
}

function field(text, value, type = "text") {
  const label = make("label", `${text} `, {});
  const input = make("input", "", { type, value: value || "" });
  label.append(input);
  return [label, input];
}

function pageItem(page, open) {
  const item = make("li", "", { "data-page": page.id });
  const head = make("label", "", {});
  head.append(make("input", "", { type: "checkbox", value: page.id }), make("b", ` ${page.outlet}`, {}), ` ${page.title || page.path || ""}`);
  item.append(head);
  if (!page.file) return item;
  const box = make("details", "", {});
  box.open = open;
  box.append(make("summary", "Mend", {}));
  const [outletLabel, outlet] = field("Outlet", page.outlet);
  const [dayLabel, day] = field("Published", (page.published || "").slice(0, 10), "date");
  const save = button("Save", () => send("page", { page: page.id, outlet: outlet.value, published: day.value }));
  const lines = make("ul", "", { class: "lines" });
  for (const line of page.lines) {
    const choice = make("select", "", { "aria-label": `Line ${line.line}` });
    for (const kind of kinds) choice.append(make("option", kind.replaceAll("_", " "), { value: kind }));
    choice.value = line.kind;
    choice.addEventListener("change", () => send("line", { page: page.id, line: line.line, verdict: choice.value }));
    const row = make("li", "", line.kept ? {} : { class: "out" });
    row.append(choice, make("span", line.text, { dir: "auto" }));
    lines.append(row);
  }
  box.append(outletLabel, dayLabel, save, make("p", "The title is the line of that kind.", { class: "use" }), lines);
  item.append(box);
  return item;
}

function draw(state) {
  one("#stage").textContent = state.stage === "ready" ? `Ready: ${several(state.pages.length, "page")}` : `${state.stage} …`;
  one("#bar").value = state.stage === "ready" ? 1 : state.total ? state.done / state.total : 0;
  one("#folder").textContent = state.folder;
  const now = JSON.stringify([state.pages, state.failures]);
  if (now !== told) {
    told = now;
    const open = new Set(all("#pages>li details[open]").map((box) => box.closest("li").dataset.page));
    const failed = state.failures.map((text) => make("li", text, { class: "use" }));
    one("#pages").replaceChildren(...failed, ...state.pages.map((page) => pageItem(page, open.has(page.id))));
  }
  if (state.version !== version && (state.stage === "ready" || state.stage === "stopped")) {
    version = state.version;
    const place = frame.contentWindow && frame.src ? frame.contentWindow.location.hash : "";
    frame.src = `report?v=${version}${place}`;
  }
}

let timer = 0;
async function tick() {
  clearTimeout(timer);
  try {
    draw(await (await fetch("state")).json());
    timer = setTimeout(tick, 700);
  } catch {
    one("#stage").textContent = "The workbench has ended.";
  }
}

const upload = async (files) => {
  for (const file of files) await send(`files?name=${encodeURIComponent(file.name)}`, file);
};
one("#files").addEventListener("change", (e) => upload(e.target.files));
doc.addEventListener("dragover", (e) => {
  e.preventDefault();
  one("#drop").classList.add("over");
});
doc.addEventListener("dragleave", () => one("#drop").classList.remove("over"));
doc.addEventListener("drop", (e) => {
  e.preventDefault();
  one("#drop").classList.remove("over");
  upload(e.dataTransfer.files);
});
for (const kind of ["together", "apart"])
  one(`#${kind}`).addEventListener("click", () =>
    send("group", { kind, pages: all("#pages input:checked").map((box) => box.value) }),
  );
// What is decided in the report is kept by the browser; the workbench hears of it and saves it beside the pages.
addEventListener("storage", (e) => {
  if (e.key && e.key.startsWith("comparer-review-") && !e.key.endsWith("-seen") && e.newValue) send("review", new Blob([e.newValue]));
});
tick();
