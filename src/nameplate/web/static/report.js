// A report and its claims: what is under the pointer or the focus on one side lights up on the
// other. Without this script the links between the two sides do the same by :target.

const marks = new Map();
const items = new Map();
const put = (map, key, element) => map.set(key, [...(map.get(key) ?? []), element]);

for (const mark of document.querySelectorAll(".hl")) {
  for (const key of mark.dataset.claims.split(" ")) put(marks, key, mark);
}
for (const item of document.querySelectorAll(".claim")) put(items, item.dataset.claim, item);

let lit = [];
const light = (keys, reveal) => {
  for (const element of lit) element.classList.remove("lit");
  lit = keys.flatMap((key) => [...(marks.get(key) ?? []), ...(items.get(key) ?? [])]);
  for (const element of lit) element.classList.add("lit");
  if (reveal) show(items.get(keys[0])?.[0]);
};

// Scroll only the list of claims, never the page under the reader's eyes.
const show = (item) => {
  const list = item?.closest(".claim-list");
  if (!list || list.scrollHeight <= list.clientHeight) return;
  const top = item.offsetTop - list.clientHeight / 3;
  list.scrollTo({ top, behavior: "auto" });
};

const keysOf = (target) => {
  const mark = target.closest?.(".hl");
  if (mark) return [mark.dataset.claims.split(" "), true];
  const item = target.closest?.(".claim");
  return item ? [[item.dataset.claim], false] : [[], false];
};

for (const event of ["pointerover", "focusin"]) {
  document.addEventListener(event, ({ target }) => light(...keysOf(target)));
}

document.querySelector(".claim.chosen") && show(document.querySelector(".claim.chosen"));
