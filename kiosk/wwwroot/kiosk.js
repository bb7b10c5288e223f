// What the browser alone can do: answer a finger at once, keep the page fresh, go home, and keep people on the page.
import { Idiomorph } from "/_content/Reception.Theme/lib/idiomorph.esm.js";
import { follow, oneAtATime } from "/_content/Reception.Theme/live.js";
import { lock, onPress } from "/_content/Reception.Theme/press.js";

const home = "/?lang=vi";
const ASK_AGAIN = 500; // ms
const screenNow = () => document.querySelector(".screen");
const down = document.getElementById("down");

// --- pages -----------------------------------------------------------------------------------------------------------
// Each page takes the last one's place in the document: there is no page to go back to, and a program that is being restarted never
// leaves the browser on an error page.

/** Grows when a page is asked for, and when it has come: what was asked for before is no longer shown. */
let turn = 0;

/** Asks the kiosk's program until it answers. */
const fetchPage = async address => {
  for (;;) {
    try {
      const answer = await fetch(address, { cache: "no-store" });
      if (answer.ok) return { address: answer.url, next: new DOMParser().parseFromString(await answer.text(), "text/html") };
      console.warn(`${address} answers ${answer.status}`);
    } catch (unanswered) {
      console.debug(`${address} was not answered:`, unanswered.message);
    }
    await new Promise(resolve => setTimeout(resolve, ASK_AGAIN));
  }
};

const show = ({ address, next }, isAnother) => {
  // The hub has revoked this kiosk: its page is another one until it is paired again.
  if (next.querySelector("[data-pairing]")) return location.replace("/");
  const [mine, fresh] = [screenNow(), document.adoptNode(next.querySelector(".screen"))];
  history.replaceState(null, "", address);
  document.title = next.title;
  document.documentElement.lang = next.documentElement.lang;
  document.body.className = next.body.className;
  if (isAnother || mine.dataset.screen !== fresh.dataset.screen) {
    mine.replaceWith(fresh);
    quiet = 0;
  } else {
    // In place, so that a tile under a finger stays the same; digits that were typed are the page's own.
    Idiomorph.morph(mine, fresh, { callbacks: { beforeNodeMorphed: old => old.dataset?.code === undefined } });
    if (field()) type("");
  }
  count();
};

const go = async address => {
  const mine = ++turn;
  lock(document.querySelectorAll("button"));
  const page = await fetchPage(address);
  if (mine !== turn) return;
  turn++;
  if (isOutdated && address === home) location.replace(home);
  else show(page, true);
};

const post = async (button, address, body) => {
  const mine = ++turn;
  lock(document.querySelectorAll("button"));
  button.classList.add("pressed");
  let then = location.href;
  try {
    const answer = await fetch(address, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
    then = answer.ok ? (await answer.json()).screen : home;
  } catch (unanswered) {
    // The kiosk's own program is being restarted: it comes back within seconds, and this page with it.
    console.debug(`${address} was not answered:`, unanswered.message);
  }
  if (mine === turn) await go(then);
};

/** Shows the same page as it is by now. */
const refresh = oneAtATime(async () => {
  const mine = turn;
  const page = await fetchPage(location.href);
  if (mine === turn) show(page, false);
});

// --- touches ---------------------------------------------------------------------------------------------------------
onPress(({ element, dataset: { take, service, then, copy, digit, go: address, ...data } }) => {
  if (digit) type(digit);
  else if ("erase" in data) write(typed().slice(0, -1));
  else if ("checkin" in data) checkIn(typed(), element);
  else if (take) post(element, "/tickets", { service, then: then?.split(" "), lane: take, language: document.documentElement.lang });
  else if (copy) post(element, copy, {});
  else if (address) {
    element.classList.add("pressed");
    go(address);
  }
}, {
  contactStays: () => fetch("/contact", { method: "POST" }).catch(unanswered => console.debug("a contact that stays was not told:", unanswered.message)),
});

// --- the code of an appointment, typed on the screen, on a keyboard, or by a reader that types what it reads ------------
const field = () => document.querySelector("[data-code]");
const typed = () => field()?.textContent ?? "";
const isCode = code => /^[0-9]{4,12}$/.test(code);
const checkIn = (code, button) => post(button, "/appointment", { code, language: document.documentElement.lang });
const type = digit => { if (typed().length < Number(field().dataset.most)) write(typed() + digit); };
const write = code => {
  field().textContent = code;
  document.querySelector("[data-checkin]").disabled = !isCode(code);
};

// A reader types faster than anybody: what comes slower begins anew. It works on the first screen too.
let read = "", readAt = 0;
addEventListener("keydown", event => {
  if (!["idle", "appointment"].includes(screenNow().dataset.screen)) return;
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
    write(typed().slice(0, -1));
  }
}, { capture: true });

// --- the program -----------------------------------------------------------------------------------------------------
/** The program has been started anew, perhaps another version of it: the next way home loads all of the page. */
let isOutdated = false;

follow({
  address: "/changes",
  event: refresh,
  fresh: refresh,
  away: () => { down.hidden = false; },
  back: () => {
    down.hidden = true;
    isOutdated = true;
  },
});

// --- home after a while without a touch ------------------------------------------------------------------------------
let quiet = 0;
for (const way of ["pointerdown", "keydown"]) addEventListener(way, () => { quiet = 0; count(); }, true);
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
    if (!atHome || isOutdated) go(home);
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
