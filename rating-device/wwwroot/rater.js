// The screen follows the program: it fetches the part again whenever the program says that it changed. A touch is posted at
// once, and only what the program answers is shown: thanks never come before the press is on the disk.
const screen = document.getElementById("screen");
const down = document.getElementById("down");
const deafAfterChange = 350; // ms: a second tap of a double tap must not hit what has come under the finger
let deafUntil = 0;
let busy = false;

const part = () => screen.firstElementChild;
const version = element => Number(element.dataset.version);

function show(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").querySelector(".screen");
  if (!fresh || version(fresh) < version(part())) return;
  const another = fresh.className !== part().className;
  screen.replaceChildren(document.adoptNode(fresh));
  dress();
  if (another) deafUntil = performance.now() + deafAfterChange;
}

// What the program cannot draw: broken photos, the clock, the seconds that are left.
function dress() {
  for (const photo of screen.querySelectorAll(".photo img")) photo.addEventListener("error", () => photo.remove());
  part().dataset.ends = performance.now() + Number(part().dataset.left);
  tick();
}

function tick() {
  const clock = screen.querySelector("[data-clock]");
  if (clock) clock.textContent = new Intl.DateTimeFormat("vi", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: part().dataset.zone }).format();
  const countdown = screen.querySelector("[data-countdown]");
  if (countdown) {
    const left = Math.max(1, Math.ceil((Number(part().dataset.ends) - performance.now()) / 1000));
    countdown.textContent = countdown.dataset.countdown.replace("{0}", left);
  }
}

async function refresh() {
  try {
    const answer = await fetch("/screen");
    if (answer.ok) show(await answer.text());
    down.hidden = answer.ok;
  } catch {
    down.hidden = false; // the event source connects again, and then fetches
  }
}

async function touch(button) {
  if (busy || performance.now() < deafUntil) return;
  busy = true;
  button.classList.add("pressed");
  try {
    const answer = await fetch(button.dataset.post, { method: "POST" });
    if (answer.ok) show(await answer.text());
  } catch {
    down.hidden = false;
  } finally {
    busy = false;
    button.classList.remove("pressed");
  }
}

// At the finger's first contact, not at its lifting: a slow finger that slides off is a press too.
screen.addEventListener("pointerdown", event => {
  const button = event.target.closest("button[data-post]");
  if (button && event.isPrimary && event.button === 0) touch(button);
});
// A click without a pointer is Enter or Space.
screen.addEventListener("click", event => {
  const button = event.target.closest("button[data-post]");
  if (button && event.detail === 0) touch(button);
});
document.addEventListener("keydown", event => {
  const plain = !event.ctrlKey && !event.altKey && !event.metaKey;
  if (!plain || /^(F\d+|Escape|BrowserBack|BrowserHome)$/.test(event.key)) {
    event.preventDefault();
    return;
  }
  const button = !event.repeat && screen.querySelector(`button[data-key="${CSS.escape(event.key)}"]`);
  if (button) touch(button);
});

for (const escape of ["contextmenu", "selectstart", "dragstart", "gesturestart"]) document.addEventListener(escape, event => event.preventDefault());
document.addEventListener("wheel", event => event.preventDefault(), { passive: false });

const live = new EventSource("/live");
live.addEventListener("screen", event => {
  down.hidden = true;
  if (Number(event.data) !== version(part())) refresh();
});
live.addEventListener("error", () => { down.hidden = false; });

dress();
setInterval(tick, 250);
