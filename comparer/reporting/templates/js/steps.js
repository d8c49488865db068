// Going through the findings as through a diff: j and k to the next and the one before, s folds what was seen.
const seen = new Set();
try {
  JSON.parse(localStorage.getItem(`${KEY}-seen`) || "[]").forEach((id) => seen.add(id));
} catch {
  seen.clear();
}
dressers.push((root) => within(".fd[data-finding]", root).forEach((card) => card.classList.toggle("seen", seen.has(card.dataset.finding))));
function see(card) {
  const id = card.dataset.finding;
  if (!seen.delete(id)) seen.add(id);
  card.classList.toggle("seen", seen.has(id));
  try {
    localStorage.setItem(`${KEY}-seen`, JSON.stringify([...seen]));
  } catch {
    // A browser that keeps nothing folds until the page is closed.
  }
}
let here = null;
const shownIn = (node) => node && node.getClientRects().length > 0;
function stepTo(way) {
  const rows = all(".cr").filter((row) => Number(row.dataset.found) && shownIn(row));
  const apart = all(".fd").filter((card) => !card.closest(".dr") && shownIn(card));
  const stops = [...rows, ...apart];
  const cardsIn = (stop) => (stop.matches(".fd") ? [stop] : all(".fd:not(.mute)", detail(stop)));
  let at = here ? stops.indexOf(here.closest(".dr") ? here.closest(".dr").previousElementSibling : here) : -1;
  const inside = here && at >= 0 ? cardsIn(stops[at]).indexOf(here) + way : -1;
  let next = at >= 0 && cardsIn(stops[at])[inside];
  while (!next && stops[at + way]) {
    at += way;
    if (stops[at].showLater) stops[at].showLater();
    if (stops[at].matches(".cr")) open(stops[at], true);
    next = cardsIn(stops[at]).at(way > 0 ? 0 : -1);
  }
  if (!next) return;
  if (here) here.classList.remove("here");
  here = next;
  here.classList.add("here");
  here.tabIndex = -1;
  here.focus({ preventScroll: true });
  const row = here.closest(".dr");
  (row ? row.previousElementSibling : here).scrollIntoView({ block: row && row.offsetHeight > innerHeight / 2 ? "start" : "center" });
}
doc.addEventListener("keydown", (e) => {
  if (e.altKey || e.ctrlKey || e.metaKey || e.target.closest("input,textarea,select") || view === "c") return;
  if (e.key === "j") stepTo(1);
  else if (e.key === "k") stepTo(-1);
  else if (e.key === "s" && here) {
    see(here);
    stepTo(1);
  }
});
