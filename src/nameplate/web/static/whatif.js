// Plays back what happened on the floor: vehicles along their paths, queues at the stations.
// Nothing moves by itself; where the reader wants less motion it goes on in steps of a second.

const floor = document.querySelector("[data-trace]");
const controls = document.querySelector("#player");

if (floor && controls) {
  const events = JSON.parse(floor.dataset.trace);
  const paths = [...floor.querySelectorAll(".path")].map((line) =>
    ["x1", "y1", "x2", "y2"].map((name) => line[name].baseVal.value),
  );
  const boxes = [...floor.querySelectorAll(".station-box")];
  const carts = [...floor.querySelectorAll(".cart")];
  const [button, speed, slider, clock] = ["#play", "#speed", "#when", "#clock"].map((id) =>
    controls.querySelector(id),
  );
  const end = events.length ? events[events.length - 1][0] : 0;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let now = 0;
  let next = 0;
  let last = 0;
  let playing = false;
  let steps = [];

  const station = ([, , index, queue, working, blocked, ready]) => {
    const box = boxes[index];
    box.querySelector(".waiting").textContent = queue + (ready ? ` +${ready}` : "");
    box.classList.toggle("is-working", working > 0);
    box.classList.toggle("is-blocked", blocked > 0 && working === 0);
    box.querySelector(".queue-bar").setAttribute("width", Math.min(104, (queue + ready) * 8));
  };

  const place = (number) => {
    const [at, , , path, from, to, took, loaded] = steps[number];
    const share = Math.min(1, took ? (now - at) / took : 1);
    const along = from + (to - from) * share;
    const [x1, y1, x2, y2] = paths[path];
    const cart = carts[number];
    cart.setAttribute("transform", `translate(${x1 + (x2 - x1) * along} ${y1 + (y2 - y1) * along})`);
    cart.classList.toggle("is-loaded", Boolean(loaded));
    cart.removeAttribute("visibility");
  };

  const show = (time) => {
    if (time < now) {
      next = 0;
      steps = [];
    }
    now = Math.min(time, end);
    for (; next < events.length && events[next][0] <= now; next += 1) {
      const event = events[next];
      if (event[1] === 0) station(event);
      else steps[event[2]] = event;
    }
    // a vehicle that has not moved yet stands where its first step begins
    carts.forEach((_, number) => {
      const known = steps[number] ?? first[number];
      if (known) {
        const held = now;
        if (!steps[number]) now = Math.min(now, known[0]);
        steps[number] = known;
        place(number);
        now = held;
      }
    });
    slider.value = String(now);
    clock.textContent = `${Math.floor(now / 60)}:${String(Math.floor(now % 60)).padStart(2, "0")}`;
    slider.setAttribute("aria-valuetext", clock.textContent);
  };

  const first = [];
  for (const event of events) if (event[1] === 1) first[event[2]] ??= event;

  const set = (wanted) => {
    playing = wanted;
    button.textContent = wanted ? button.dataset.pause : button.dataset.play;
    button.setAttribute("aria-pressed", String(wanted));
    if (wanted) {
      if (now >= end) show(0);
      last = performance.now();
      tick();
    }
  };

  const tick = () => {
    if (!playing) return;
    const present = performance.now();
    const passed = (present - last) / 1000;
    if (!calm.matches || passed >= 1) {
      last = present;
      show(now + passed * Number(speed.value));
    }
    if (now >= end) set(false);
    else if (calm.matches) setTimeout(tick, 1000);
    else requestAnimationFrame(tick);
  };

  button.addEventListener("click", () => set(!playing));
  slider.addEventListener("input", () => show(Number(slider.value)));
  slider.max = String(end);
  controls.hidden = events.length === 0;
  show(0);
}

if (document.querySelector("[data-reading]")) setTimeout(() => location.reload(), 900);
