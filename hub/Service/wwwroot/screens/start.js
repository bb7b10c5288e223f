import { say } from "./words.js";

/** Asks each program whether it answers; what it answers does not matter, another origin's is not readable. */
async function probe(state) {
  let runs = true;
  try {
    await fetch(state.dataset.probe, { mode: "no-cors", cache: "no-store", signal: AbortSignal.timeout(3_000) });
  } catch (silent) {
    console.debug(`${state.dataset.probe} does not answer:`, silent.message);
    runs = false;
  }
  state.classList.remove("asked");
  state.classList.toggle("away", !runs);
  const words = say(runs ? "running" : "silent");
  if (state.textContent !== words) state.textContent = words;
}

function probeAll() {
  if (!document.hidden) document.querySelectorAll("[data-probe]").forEach(probe);
}

probeAll();
setInterval(probeAll, 10_000);
