// The list of events: search words in any order, sort, keep both in the address so that coming back finds them again.
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const body = one(".ix tbody");
const lines = all("tr", body).map((node, place) => ({
  node,
  place,
  name: one("a", node).textContent,
  text: fold(`${node.textContent} ${node.dataset.day} ${node.dataset.more || ""}`),
  texts: Number(node.dataset.texts),
  claims: Number(node.dataset.claims),
  odds: Number(node.dataset.odds),
  day: node.dataset.day,
}));
const [query, sort, two, odds] = ["#q", "#sort", "#two", "#odds"].map((id) => one(id));
const names = new Intl.Collator(undefined, { numeric: true });
// Events without a day come last, whichever way days run.
const byDay = (sign) => (a, b) => (a.day && b.day ? sign * (a.day < b.day ? -1 : a.day > b.day) : !a.day - !b.day);
const orders = {
  texts: (a, b) => b.texts - a.texts,
  claims: (a, b) => b.claims - a.claims,
  new: byDay(-1),
  old: byDay(1),
  name: (a, b) => names.compare(a.name, b.name),
};
let order = "";

function show() {
  const wanted = fold(query.value).split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const line of lines) {
    const fits =
      wanted.every((word) => line.text.includes(word)) && (!two.checked || line.texts > 1) && (!odds.checked || line.odds > 0);
    line.node.hidden = !fits;
    shown += fits;
  }
  if (sort.value !== order) {
    order = sort.value;
    const compare = orders[order] || (() => 0);
    body.append(...[...lines].sort((a, b) => compare(a, b) || a.place - b.place).map((line) => line.node));
  }
  one("#shown").textContent = `${shown.toLocaleString("en")} of ${lines.length.toLocaleString("en")} events`;
  one("#none").hidden = shown > 0;
  const state = new URLSearchParams();
  if (query.value) state.set("q", query.value);
  if (order) state.set("sort", order);
  if (two.checked) state.set("two", "1");
  if (odds.checked) state.set("odds", "1");
  history.replaceState(null, "", `#${state}`);
}

function restore() {
  const state = new URLSearchParams(location.hash.slice(1));
  query.value = state.get("q") || "";
  sort.value = state.get("sort") in orders ? state.get("sort") : "";
  two.checked = state.has("two");
  odds.checked = state.has("odds");
  show();
}

one("#find").hidden = false;
one("#find").addEventListener("submit", (event) => event.preventDefault());
one("#clear").addEventListener("click", () => {
  location.hash = "";
  restore();
  query.focus();
});
for (const control of [query, sort, two, odds]) control.addEventListener("input", show);
// A skip link changes the address too: only what this script wrote is read back.
addEventListener("pageshow", (event) => event.persisted || restore());
