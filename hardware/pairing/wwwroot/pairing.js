// The page of a device that waits to be paired. It asks its program every second; once that shows the device's own screen, so does the browser.
import { Idiomorph } from "/_content/Reception.Theme/lib/idiomorph.esm.js";

const EVERY = 1_000; // ms
const field = () => document.querySelector("input[name=hub]");

async function refresh() {
  // What somebody types is not replaced.
  if (field()) return;
  try {
    const answer = await fetch("/", { cache: "no-store" });
    const next = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".screen");
    if (next === null || next.dataset.pairing === undefined) location.replace("/");
    else Idiomorph.morph(document.querySelector(".screen"), next);
  } catch (unanswered) {
    console.debug("the program is being started anew:", unanswered.message);
  }
}

setInterval(refresh, EVERY);
// From now on no press of a key is lost.
for (const key of document.querySelectorAll("[data-type], [data-erase]")) key.disabled = false;
document.addEventListener("click", event => {
  const key = event.target.closest("[data-type], [data-erase]");
  if (key === null) return;
  field().value = "erase" in key.dataset ? field().value.slice(0, -1) : field().value + key.dataset.type;
});
