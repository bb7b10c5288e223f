// The screen follows the program: it fetches the part again whenever the program says that it changed. A touch is posted at
// once, and only what the program answers is shown: thanks never come before the press is on the disk.
import { Idiomorph } from "/_content/Reception.Theme/lib/idiomorph.esm.js";
import { follow, Newest, now, oneAtATime, setNow } from "/_content/Reception.Theme/live.js";
import { onPress, pressKey } from "/_content/Reception.Theme/press.js";

const POST_FOR = 5_000; // ms: the program that ended is back within this, and the citizen still stands here
const POST_AGAIN = 250;
const screen = document.getElementById("screen");
const down = document.getElementById("down");
const newest = new Newest();

const part = () => screen.firstElementChild;

function show(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector(".screen");
  // The hub has revoked this rater: its page is another one until it is paired again.
  if (fresh?.dataset.pairing !== undefined) return location.replace("/");
  if (!fresh || !newest.accepts(fresh.dataset.run, Number(fresh.dataset.version))) return;
  // In place, so that a face under a finger stays; the bar of the seconds that are left runs on by itself.
  Idiomorph.morph(part(), fresh, { callbacks: { beforeNodeMorphed: old => !old.classList?.contains("run") } });
  dress();
}

// What the program cannot draw: broken photos, the clock, the seconds that are left.
function dress() {
  for (const photo of screen.querySelectorAll(".photo img")) photo.addEventListener("error", () => photo.remove());
  setNow(Number(part().dataset.now));
  part().dataset.ends = performance.now() + Number(part().dataset.left);
  tick();
}

function tick() {
  const clock = screen.querySelector("[data-clock]");
  if (clock) clock.textContent = new Intl.DateTimeFormat("vi", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: part().dataset.zone }).format(now());
  const countdown = screen.querySelector("[data-countdown]");
  if (countdown) {
    const left = Math.max(1, Math.ceil((Number(part().dataset.ends) - performance.now()) / 1000));
    countdown.textContent = countdown.dataset.countdown.replace("{0}", left);
  }
}

const refresh = oneAtATime(async () => {
  try {
    const answer = await fetch("/screen", { cache: "no-store" });
    if (answer.ok) show(await answer.text());
  } catch (unanswered) {
    console.debug("the screen was not fetched, and will be when the program is back:", unanswered.message);
  }
});

async function post(address) {
  for (const until = performance.now() + POST_FOR; performance.now() < until;) {
    try {
      const answer = await fetch(address, { method: "POST", signal: AbortSignal.timeout(POST_FOR) });
      if (answer.ok) show(await answer.text());
      return;
    } catch (unanswered) {
      console.debug(`${address} was not answered:`, unanswered.message);
      down.hidden = false;
      await new Promise(resolve => setTimeout(resolve, POST_AGAIN));
    }
  }
}

// At the finger's first contact, not at its lifting: a slow finger that slides off is a press too, and one that rests elsewhere is none.
onPress(async ({ element, dataset }) => {
  if (dataset.post === undefined) return;
  element.classList.add("pressed");
  await post(dataset.post);
  element.classList.remove("pressed");
}, {
  atContact: true,
  contactStays: () => fetch("/contact", { method: "POST" }).catch(unanswered => console.debug("a contact that stays was not told:", unanswered.message)),
});

document.addEventListener("keydown", event => {
  const plain = !event.ctrlKey && !event.altKey && !event.metaKey;
  if (!plain || /^(F\d+|Escape|BrowserBack|BrowserHome)$/.test(event.key)) event.preventDefault();
  else if (!event.repeat) pressKey(event.key);
});

for (const escape of ["contextmenu", "selectstart", "dragstart", "gesturestart"]) document.addEventListener(escape, event => event.preventDefault());
document.addEventListener("wheel", event => event.preventDefault(), { passive: false });

newest.accepts(part().dataset.run, Number(part().dataset.version));
dress();
follow({
  address: "/live",
  grace: 300,
  event: refresh,
  fresh: refresh,
  away: () => { down.hidden = false; },
  back: () => { down.hidden = true; },
});
setInterval(tick, 250);
