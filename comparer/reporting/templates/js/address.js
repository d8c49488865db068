// Addresses: an id opens what hides it, scrolls there and takes the focus.
function go() {
  const id = decodeURIComponent(location.hash.slice(1));
  const target = id && doc.getElementById(id);
  if (!target) return;
  const claim = target.closest(".cr") || (target.closest(".dr") && target.closest(".dr").previousElementSibling);
  if (claim && claim.showLater) claim.showLater();
  if (claim) open(claim, true);
  all(".rd.hot").forEach((node) => node.classList.remove("hot"));
  const reading = target.closest(".rd");
  if (reading) reading.classList.add("hot");
  const column = target.closest(".tc");
  if (column && column.showColumn) column.showColumn();
  for (let node = target.parentElement; node; node = node.parentElement) if (node.tagName === "DETAILS") node.open = true;
  target.scrollIntoView({ block: column ? "center" : "start", inline: "nearest" });
  if (target.matches(".cr")) one(".tg", target).focus({ preventScroll: true });
  else if (!target.matches("a,button")) {
    target.setAttribute("tabindex", "-1");
    target.focus({ preventScroll: true });
  }
}
addEventListener("hashchange", go);
doc.addEventListener("click", (e) => {
  const link = e.target.closest('a[href^="#"]');
  if (link && link.getAttribute("href") === location.hash) {
    e.preventDefault();
    go();
  }
});
go();
