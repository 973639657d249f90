// Figures that open their words: Escape and a click elsewhere close them. Without this script
// they open and close by themselves, one at a time (details with a common name).

const open = () => document.querySelectorAll("details.words[open]");

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const panel of open()) {
    const inside = panel.contains(document.activeElement);
    panel.open = false;
    if (inside) panel.querySelector("summary").focus();
  }
});

document.addEventListener("click", (event) => {
  for (const panel of open()) if (!panel.contains(event.target)) panel.open = false;
});

// A panel that would leave the window on the right opens leftwards instead.
document.addEventListener("toggle", (event) => {
  const panel = event.target;
  if (!(panel instanceof HTMLDetailsElement) || !panel.open) return;
  const box = panel.querySelector(".words-in")?.getBoundingClientRect();
  if (box && box.right > document.documentElement.clientWidth - 8) panel.classList.add("from-right");
}, true);
