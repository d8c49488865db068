const doc = document;
const one = (selector, from = doc) => from.querySelector(selector);
const all = (selector, from = doc) => [...from.querySelectorAll(selector)];
const make = (tag, text, attributes) => {
  const node = doc.createElement(tag);
  node.textContent = text;
  for (const name in attributes) node.setAttribute(name, attributes[name]);
  return node;
};
