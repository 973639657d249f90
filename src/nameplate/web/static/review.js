// Review by keyboard: j and k walk the queue, a accepts, r rejects, c corrects, m merges or splits, u undoes,
// ? helps.
// Without this script every button is a form of its own and works alike.

const queue = document.querySelector(".queue");
const cards = () => [...(queue?.querySelectorAll(".review") ?? [])];
const help = document.querySelector("#help");
const done = [];

const current = () => document.activeElement?.closest?.(".review") ?? queue?.querySelector('.review[tabindex="0"]');

const go = (card) => {
  if (!card) return;
  for (const other of cards()) other.tabIndex = other === card ? 0 : -1;
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "center" });
};

const open = () => cards().filter((card) => !card.classList.contains("judged"));

const step = (way) => {
  const all = cards();
  go(all[Math.min(Math.max(all.indexOf(current()) + way, 0), all.length - 1)]);
};

// After a judgement: the next open card, or the next page once all that can be seen is judged.
const onward = (card) => {
  const all = cards();
  const next = all.slice(all.indexOf(card) + 1).find((c) => !c.classList.contains("judged")) ?? open()[0];
  if (next) go(next);
  else waiting.then(() => open().length || location.assign(queue.dataset.back));
};

const send = async (address, data) => {
  const answer = await fetch(address, {
    method: "POST", body: data, headers: { accept: "application/json" }, redirect: "error",
  });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(told.problem ?? `${answer.status}`);
  return told.judged[0];
};

let waiting = Promise.resolve();
const judge = (card, verb) => {
  if (!card || card.classList.contains("judged")) return;
  const form = card.querySelector(".verdict");
  if (!form) return;
  const data = new FormData(form);
  data.set("verb", verb);
  if (verb !== "correct") for (const name of [...data.keys()]) if (name.startsWith("f_")) data.delete(name);
  const outcome = form.querySelector(".outcome");
  card.classList.add("judged", verb);
  waiting = waiting.then(() => send("/review", new URLSearchParams(data))).then((told) => {
    done.push({ card, verb, key: told.key });
    outcome.textContent = told.said;
    form.querySelector(".correct").open = false;
  }, (problem) => {
    card.classList.remove("judged", verb);
    outcome.textContent = problem.message;
    go(card);
    throw problem;
  });
  waiting = waiting.catch(() => {});
  onward(card);
};

const undo = () => {
  waiting = waiting.then(async () => {
    const last = done.pop();
    if (!last) return document.querySelector(".undo")?.requestSubmit();
    const data = new URLSearchParams(new FormData(last.card.querySelector(".verdict")));
    await send("/review/undo", new URLSearchParams({ csrf: data.get("csrf"), judgement: last.key }));
    last.card.classList.remove("judged", last.verb);
    last.card.querySelector(".outcome").textContent = "";
    go(last.card);
  }).catch(() => {});
};

const correct = (card) => {
  const panel = card?.querySelector(".correct");
  if (!panel) return;
  panel.open = true;
  panel.querySelector("input, select")?.focus();
};

const keys = {
  j: () => step(1), k: () => step(-1), a: () => judge(current(), "accept"), u: undo,
  r: () => judge(current(), "reject"), c: () => correct(current()),
  o: () => current()?.querySelector(".said-by a")?.click(), m: () => current()?.querySelector(".one")?.click(),
  q: () => current()?.querySelector("[name=reason]")?.focus(), "?": () => help.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
  const typing = event.target.matches?.("input:not([type=hidden]), select, textarea");
  if (typing) {
    if (event.key === "Escape") go(event.target.closest(".review"));
    return;
  }
  const act = keys[event.key];
  if (act) { event.preventDefault(); act(); }
});

queue?.addEventListener("submit", (event) => {
  event.preventDefault();
  judge(event.target.closest(".review"), event.submitter?.value ?? "accept");
});

// Enter in the field for the reason would press the first button; it goes back to the card instead.
queue?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("input")) return;
  event.preventDefault();
  const card = event.target.closest(".review");
  if (event.target.name === "reason") go(card);
  else judge(card, "correct");
});

if (queue) go(open()[0]);
