// The stream says that something arrived; the page then fetches the part that a reload would show.
const main = document.getElementById("arrivals");
const line = document.getElementById("line");
let busy = false;
let again = false;

async function refresh() {
  if (busy) {
    again = true;
    return;
  }
  busy = true;
  try {
    do {
      again = false;
      const answer = await fetch("/arrivals");
      if (answer.ok) {
        show(await answer.text());
      }
    } while (again);
  } catch (problem) {
    // The stream notices the same loss, says so, and comes back with an event.
    console.warn(problem);
  } finally {
    busy = false;
  }
}

function show(html) {
  const open = new Set([...main.querySelectorAll("details[open]")].map(one => one.id));
  const newest = Number(main.querySelector("details")?.dataset.index ?? 0);
  const focused = document.activeElement?.closest("details")?.id;
  main.innerHTML = html;
  for (const one of main.querySelectorAll("details")) {
    one.open = open.has(one.id);
    one.classList.toggle("fresh", Number(one.dataset.index) > newest);
  }
  if (focused) {
    document.getElementById(focused)?.querySelector("summary").focus({ preventScroll: true });
  }
}

function state(live) {
  line.classList.toggle("away", !live);
  line.textContent = live ? line.dataset.live : line.dataset.lost;
}

const stream = new EventSource("/live");
stream.onopen = () => state(true);
stream.onerror = () => state(false);
// An older page does not change.
if (!main.dataset.before) {
  stream.addEventListener("arrived", refresh);
}
