// Paper: fill and open what is folded and belongs to the view that is read, put it back after.
let folded = [];
let closed = [];
addEventListener("beforeprint", () => {
  const kind = doc.body.dataset.print;
  if (kind && kind !== "key") return;
  const seen = (node) => node.getClientRects().length > 0;
  const wanted = (node) => seen(node) && (view === "r" || !node.matches(".method"));
  folded = all("details:not([open]):not(.fold):not(.keep)").filter(wanted);
  folded.forEach((node) => (node.open = true));
  folded.forEach(fill);
  closed = kind ? [] : all(".cr:not(.open)").filter(seen);
  closed.forEach((row) => open(row, true));
});
addEventListener("afterprint", () => {
  folded.forEach((node) => (node.open = false));
  closed.forEach((row) => open(row, false));
});
