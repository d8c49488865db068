// Four ways to read one file: what each does not need is hidden, and filled only when it is shown.
const VIEWS = {
  e: ["Editor", "what differs, at a glance"],
  f: ["Fact-check", "facts, readings and evidence, finding by finding"],
  r: ["Research", "everything, with codes, scores and method"],
  c: ["Class", "mark first, see names and findings after"],
};
let view = "";
function read(kind) {
  view = kind;
  doc.body.dataset.view = kind;
  for (const section of all("[data-in]")) section.hidden = !section.dataset.in.includes(kind);
  for (const home of all("section[data-in]:not([hidden]) .lazy")) fill(home);
  for (const link of all(".toc a")) {
    const target = doc.getElementById(link.getAttribute("href").slice(1));
    link.parentElement.hidden = !target || target.hidden;
  }
  for (const knob of all("#views button")) knob.setAttribute("aria-pressed", String(knob.dataset.view === kind));
  lesson(kind === "c");
  try {
    sessionStorage.setItem("comparer-view", kind);
  } catch {
    // A browser that keeps nothing begins with the first view each time.
  }
}
// An address may lead where this view does not go.
function show(target) {
  const section = target.closest("[data-in]");
  if (section && section.hidden) read(["e", "f", "r"].find((kind) => section.dataset.in.includes(kind)));
}
const group = make("span", "", { role: "group", "aria-label": "Read as" });
for (const [kind, [name, why]] of Object.entries(VIEWS))
  group.append(button(name, () => read(kind), { "data-view": kind, title: why, "aria-pressed": "false" }));
one("#views").append(group);
let first = "e";
try {
  first = sessionStorage.getItem("comparer-view") || "e";
} catch {
  first = "e";
}
read(first in VIEWS ? first : "e");
