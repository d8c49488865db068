// Paper: open what is folded, put it back after.
let folded = [];
addEventListener("beforeprint", () => {
  folded = all("details:not([open]):not(.fold)");
  folded.forEach((node) => (node.open = true));
});
addEventListener("afterprint", () => folded.forEach((node) => (node.open = false)));
