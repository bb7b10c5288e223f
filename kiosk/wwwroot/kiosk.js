// What the browser alone can do: answer a finger at once, keep the page fresh, go home, and keep people on the page.
const screenNow = () => document.querySelector(".screen");
const home = "/?lang=vi";

// --- touches ---------------------------------------------------------------------------------------------------------
// Every page takes the last one's place: there is no page to go back to.
const go = address => {
  for (const button of document.querySelectorAll("button")) button.disabled = true;
  location.replace(address);
};

const post = async (button, address, body) => {
  for (const other of document.querySelectorAll("button")) other.disabled = true;
  button.classList.add("pressed");
  try {
    const answer = await fetch(address, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
    location.replace(answer.ok ? (await answer.json()).screen : home);
  } catch {
    // The kiosk's own program is being restarted: it comes back within seconds, and the page with it.
    location.replace(location.href);
  }
};

// A page opens to touches a moment after it is first seen: the second tap of a double tap belongs to the page before.
requestAnimationFrame(() => setTimeout(() => { screenNow().inert = false; }, 350));

document.addEventListener("click", event => {
  const button = event.target.closest("button");
  if (!button || button.disabled) return;
  const { take, service, then, copy, digit } = button.dataset;
  if (digit) type(digit);
  else if ("erase" in button.dataset) show(typed().slice(0, -1));
  else if ("checkin" in button.dataset) checkIn(typed(), button);
  else if (take) post(button, "/tickets", { service, then: then?.split(" "), lane: take, language: document.documentElement.lang });
  else if (copy) post(button, copy, {});
  else if (button.dataset.go) { button.classList.add("pressed"); go(button.dataset.go); }
});

// --- the code of an appointment, typed on the screen, on a keyboard, or by a reader that types what it reads ------------
const field = () => document.querySelector("[data-code]");
const typed = () => field()?.textContent ?? "";
const isCode = code => /^[0-9]{4,12}$/.test(code);
const checkIn = (code, button) => post(button, "/appointment", { code, language: document.documentElement.lang });
const type = digit => { if (typed().length < Number(field().dataset.most)) show(typed() + digit); };
const show = code => {
  field().textContent = code;
  document.querySelector("[data-checkin]").disabled = !isCode(code);
};

// A reader types faster than anybody: what comes slower begins anew. It works on the first screen too.
let read = "", readAt = 0;
addEventListener("keydown", event => {
  if (!["idle", "appointment"].includes(screenNow().dataset.screen) || screenNow().inert) return;
  if (/^[0-9]$/.test(event.key)) {
    if (event.timeStamp - readAt > 100) read = "";
    [read, readAt] = [read + event.key, event.timeStamp];
    if (field() && !event.repeat) type(event.key);
  } else if (event.key === "Enter" && isCode(read) && event.timeStamp - readAt < 100 && document.querySelector(".booked, [data-checkin]")) {
    event.preventDefault();
    checkIn(read, document.querySelector("[data-checkin], .booked"));
  } else if (event.key === "Enter" && field() && document.activeElement === document.body && isCode(typed())) {
    checkIn(typed(), document.querySelector("[data-checkin]"));
  } else if (event.key === "Backspace" && field()) {
    show(typed().slice(0, -1));
  }
}, { capture: true });

// --- fresh parts -----------------------------------------------------------------------------------------------------
let touching = false, refreshing = false, stale = false;

// What a button does is what it is, in the page before and after.
const name = element => element?.dataset.go ?? element?.dataset.take ?? element?.dataset.copy ?? element?.dataset.digit;

const place = next => {
  const [mine, fresh] = [screenNow(), next.querySelector(".screen")];
  if (!fresh) return location.reload();
  fresh.inert = mine.inert;
  const keys = root => [...root.querySelectorAll("[data-live]")].map(part => part.dataset.live).join();
  const focused = name(document.activeElement);
  if (mine.dataset.screen !== fresh.dataset.screen || keys(mine) !== keys(fresh)) {
    document.body.className = next.body.className;
    mine.replaceWith(fresh);
    quiet = 0;
  } else {
    const parts = [...fresh.querySelectorAll("[data-live]")];
    [...mine.querySelectorAll("[data-live]")].forEach((part, index) => {
      if (part.outerHTML !== parts[index].outerHTML) part.replaceWith(parts[index]);
    });
  }
  if (focused && document.activeElement === document.body) [...document.querySelectorAll("button")].find(button => name(button) === focused)?.focus();
  count();
};

const refresh = async () => {
  // A tile that is replaced under a finger loses the touch.
  if (touching || refreshing) { stale = true; return; }
  refreshing = true;
  stale = false;
  try {
    const answer = await fetch(location.href);
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (answer.redirected) location.replace(answer.url);
    else if (touching) stale = true;
    else place(next);
  } catch {
    stale = true;
  } finally {
    refreshing = false;
  }
};

const changes = new EventSource("/changes");
changes.onmessage = refresh;
changes.onopen = () => { if (stale) refresh(); };

// A press lasts from its beginning to its end, by finger or by key: Space acts when it is let go, on the button it went down on.
const begin = () => { touching = true; quiet = 0; count(); };
const end = () => setTimeout(() => { touching = false; if (stale) refresh(); }, 60);
for (const way of ["pointerdown", "keydown"]) addEventListener(way, begin, true);
for (const way of ["pointerup", "pointercancel", "keyup"]) addEventListener(way, end, true);
addEventListener("blur", end);

// --- home after a while without a touch ------------------------------------------------------------------------------
let quiet = 0;
const count = () => {
  const left = Math.max(0, Number(screenNow().dataset.homeAfter) - quiet);
  const shown = document.querySelector("[data-countdown]");
  if (shown) shown.textContent = left;
  return left;
};
count();
setInterval(() => {
  quiet++;
  const atHome = location.pathname === "/" && document.documentElement.lang === "vi";
  if (count() === 0) {
    quiet = 0;
    if (!atHome) location.replace(home);
  }
}, 1000);

// --- nowhere else to go ----------------------------------------------------------------------------------------------
for (const way of ["contextmenu", "selectstart", "dragstart", "drop", "dragover", "gesturestart", "auxclick"]) {
  addEventListener(way, event => event.preventDefault(), { capture: true, passive: false });
}
addEventListener("wheel", event => { if (event.ctrlKey) event.preventDefault(); }, { capture: true, passive: false });
addEventListener("touchmove", event => { if (event.touches.length > 1) event.preventDefault(); }, { capture: true, passive: false });
addEventListener("keydown", event => {
  const walking = ["Tab", "Enter", " ", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "PageUp", "PageDown", "Home", "End", "Shift"];
  if (event.repeat && (event.key === "Enter" || event.key === " ")) event.preventDefault();
  if (!walking.includes(event.key) || event.ctrlKey || event.altKey || event.metaKey) event.preventDefault();
}, { capture: true });
