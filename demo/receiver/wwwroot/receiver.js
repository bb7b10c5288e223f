// The stream says that something arrived; the page then fetches the part that a reload would show.
import { Idiomorph } from "/_content/Reception.Theme/lib/idiomorph.esm.js";
import { atMostEvery, follow, oneAtATime } from "/_content/Reception.Theme/live.js";

const main = document.getElementById("arrivals");
const line = document.getElementById("line");

const refresh = oneAtATime(async () => {
  try {
    const answer = await fetch("/arrivals", { cache: "no-store" });
    if (answer.ok) show(await answer.text());
  } catch (problem) {
    // The stream notices the same loss, says so, and comes back with an event.
    console.warn(problem);
  }
});

function show(html) {
  const before = Number(main.querySelector("details")?.dataset.index ?? 0);
  // What a person has opened stays open.
  Idiomorph.morph(main, html, { morphStyle: "innerHTML", callbacks: { beforeAttributeUpdated: attribute => attribute !== "open" } });
  for (const one of main.querySelectorAll("details")) one.classList.toggle("fresh", Number(one.dataset.index) > before);
}

function state(live) {
  line.classList.toggle("away", !live);
  line.textContent = live ? line.dataset.live : line.dataset.lost;
}

const soon = atMostEvery(250, refresh);
// An older page does not change.
const changes = main.dataset.before ? () => {} : soon;
follow({ address: "/live", event: changes, fresh: changes, away: () => state(false), back: () => state(true) });
