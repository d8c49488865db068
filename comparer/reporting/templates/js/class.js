// A class reads first and marks what it thinks differs; names and findings are shown when the teacher says so.
// The page's own words speak of "Text 1"; in the outlets' words a name is blacked out, each letter by a block.
const NAMED = ".oh bdi,.oh .sg,abbr,a.k,.rd h3 bdi,.tc h3,.solo summary bdi,.og .hd .tm,.dek,.sum li,[data-col]";
let masked = [];
function mask(root) {
  for (const event of all(".event[data-outlets]")) {
    if (root !== doc.body && !event.contains(root)) continue;
    const known = Object.entries(JSON.parse(event.dataset.outlets)).sort((a, b) => b[1].name.length - a[1].name.length);
    const nameless = (old) => {
      let now = old;
      for (const [siglum, { name, at }] of known) {
        now = now.replaceAll(`${siglum} ${name}`, `Text ${at}`).replaceAll(name, `Text ${at}`);
        if (old.trim() === siglum || new RegExp(`^${siglum} \\d`).test(old)) now = now.replace(siglum, String(at));
      }
      return now;
    };
    const bare = known.map(([, { name }]) => name.replace(/^The /, "")).filter((name) => name && name !== "unnamed");
    const names = bare.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    const printed = new RegExp(`(?<![\\p{L}\\p{N}])(?:The )?(?:${names.join("|")})(?![\\p{L}\\p{N}])`, "gu");
    const black = (old) => !names.length ? old : old.replace(printed, (name) => name.replace(/\S/gu, "\u2588"));
    const change = (old, now, put) => {
      if (now === old) return;
      masked.push(() => put(old));
      put(now);
    };
    const home = root === doc.body ? event : root;
    const walker = doc.createTreeWalker(home, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode;
      const own = text.parentElement.closest(NAMED) && !text.parentElement.closest(".pr,q,blockquote");
      if (!text.parentElement.closest("noscript,script,style"))
        change(text.data, own ? nameless(text.data) : black(text.data), (words) => (text.data = words));
    }
    for (const name of ["title", "aria-label"])
      for (const node of within(`[${name}]`, home))
        change(node.getAttribute(name), black(nameless(node.getAttribute(name))), (words) => node.setAttribute(name, words));
  }
}
dressers.push((root) => doc.body.classList.contains("nameless") && mask(root));

const QUESTIONS = [
  "What does one text say that another does not?",
  "Who is quoted, and who is only retold? Who has no name?",
  "Where do figures, days or names differ?",
  "Which words are the outlet’s own judgement?",
];
function tally(event) {
  const marked = new Set(all(".syn .mine", event).flatMap((node) => node.dataset.r.split(" ")));
  const found = new Set(all(".cr", event).filter((row) => Number(row.dataset.found)).map((row) => row.id));
  const both = [...marked].filter((id) => found.has(id)).length;
  return `You marked ${several(marked.size, "claim")}. The report has findings on ${several(found.size, "claim")} of several texts; ${both} of them you marked too.`;
}
const turned = { names: false, marks: false };
function settle(on) {
  const body = doc.body;
  body.classList.toggle("nameless", on && !turned.names);
  body.classList.toggle("markless", on && !turned.marks);
  masked.reverse().forEach((undo) => undo());
  masked = [];
  if (on && !turned.names) mask(body);
  for (const section of all('[data-in="efr"]')) if (on) section.hidden = !turned.marks || !section.closest(".event");
}
function lesson(on) {
  for (const box of all(".lesson")) box.remove();
  Object.assign(turned, { names: false, marks: false });
  settle(on);
  for (const node of all(".syn [data-r]")) {
    if (on) node.tabIndex = 0;
    else node.removeAttribute("tabindex");
  }
  if (!on) return;
  for (const event of all(".event")) {
    const grid = one(".syn", event);
    if (!grid) continue;
    const box = make("div", "", { class: "lesson" });
    const list = make("ol", "", {});
    QUESTIONS.forEach((question) => list.append(make("li", question, {})));
    const said = make("p", "", { role: "status", class: "said" });
    const line = make("p", "", { class: "tools" });
    const flip = (what, shown, hidden) => (knob) => {
      turned[what] = !turned[what];
      knob.textContent = turned[what] ? hidden : shown;
      settle(true);
      said.textContent = turned.marks ? tally(event) : "";
    };
    line.append(
      button("Show what the report found", flip("marks", "Show what the report found", "Hide what the report found")),
      button("Reveal the outlets", flip("names", "Reveal the outlets", "Hide the outlets")),
      button("Print worksheet", () => printing("worksheet")),
      button("Print key", () => {
        Object.assign(turned, { names: true, marks: true });
        settle(true);
        printing("key");
      }),
    );
    box.append(make("p", "Read the texts. Click a statement, or press Enter on it, to mark what you think the texts tell differently.", {}), list, line, said);
    grid.before(box);
  }
}
doc.addEventListener("click", (e) => markStatement(e.target));
doc.addEventListener("keydown", (e) => e.key === "Enter" && markStatement(e.target));
function markStatement(target) {
  const run = doc.body.dataset.view === "c" && target.closest && target.closest(".syn [data-r]");
  if (!run || target.closest("a")) return;
  const on = !run.classList.contains("mine");
  const same = (node) => node.dataset.r.split(" ").some((id) => run.dataset.r.split(" ").includes(id));
  for (const node of all("[data-r]", run.closest(".tc")).filter(same)) node.classList.toggle("mine", on);
}
