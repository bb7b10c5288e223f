import { follow, atMostEvery, now, setNow } from "/_content/Reception.Theme/live.js";
import { refusal } from "./command.js";
import { say, time } from "./words.js";

const LONGEST_PIN = 12;
const SHORTEST_PIN = 4;

const live = document.getElementById("live");
setNow(Number(live.dataset.now));
const go = document.getElementById("go");
const fault = document.getElementById("fault");
const dots = document.getElementById("dots");
let officer = null;
let counter = null;
let pin = "";
let busy = false;
/** Until when an account must wait after too many wrong PINs. */
const waits = new Map();

/** The leader's page that was asked for; an address of this hub alone, or a link could lead a person elsewhere. */
const next = new URLSearchParams(location.search).get("next");
const asked = next !== null && URL.canParse(next, location.origin) && new URL(next, location.origin).origin === location.origin ? next : null;

const needsCounter = () => officer?.role === "officer";

function draw() {
  for (const button of document.querySelectorAll("[data-officer]")) button.setAttribute("aria-pressed", String(button.dataset.officer === officer?.code));
  for (const button of document.querySelectorAll("[data-counter]")) {
    // The officer who sits there already goes on in the same duty.
    button.disabled = button.dataset.inHand !== undefined && button.dataset.held !== officer?.code;
    if (button.disabled && counter?.number === button.dataset.counter) counter = null;
    button.setAttribute("aria-pressed", String(button.dataset.counter === counter?.number));
  }
  const leads = officer !== null && !needsCounter();
  document.getElementById("places").hidden = leads;
  document.getElementById("no-place").hidden = !leads;
  document.getElementById("pin-step").textContent = leads ? "2" : "3";
  document.getElementById("who").textContent = officer === null ? say("choose")
    : !needsCounter() ? officer.name
    : counter === null ? say("choose-counter", officer.name)
    : `${officer.name}, ${counter.name}`;
  dots.replaceChildren(...Array.from({ length: Math.max(SHORTEST_PIN, pin.length) }, (_, index) => {
    const dot = document.createElement("span");
    dot.classList.toggle("on", index < pin.length);
    return dot;
  }));
  dots.setAttribute("aria-label", say("typed", pin.length));
  const left = Math.ceil(((waits.get(officer?.code) ?? 0) - performance.now()) / 1000);
  if (left > 0) fault.textContent = say("wait", left);
  go.textContent = busy ? say("checking") : leads ? say("go-dashboard") : counter !== null ? say("go-counter", counter.name) : say("go");
  go.disabled = busy || left > 0 || officer === null || (needsCounter() && counter === null) || pin.length < SHORTEST_PIN;
}

function type(digit) {
  if (pin.length < LONGEST_PIN) pin += digit;
  fault.textContent = "";
  draw();
}

async function enter() {
  if (go.disabled) return;
  busy = true;
  fault.textContent = "";
  draw();
  let response = null;
  try {
    response = await fetch("/api/v1/session", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ officer: officer.code, pin, ...(needsCounter() ? { counter: Number(counter.number) } : {}) }),
      signal: AbortSignal.timeout(10_000),
    });
  } catch (unanswered) {
    console.debug("signing in was not answered:", unanswered.message);
  }
  busy = false;
  pin = "";
  if (response?.ok) {
    location.assign(needsCounter() ? "/console" : asked ?? "/dashboard");
    return;
  }
  if (response === null) {
    fault.textContent = say("unanswered");
  } else if (response.status === 429) {
    waits.set(officer.code, performance.now() + 1000 * Number(response.headers.get("Retry-After") ?? 30));
  } else {
    const { code, words } = await refusal(response);
    fault.textContent = code === "wrong-pin" ? say("wrong-pin") : words;
    if (code === "counter-taken") refresh();
  }
  draw();
}

document.addEventListener("click", event => {
  const button = event.target.closest("button");
  if (button === null || button.disabled) return;
  const { officer: code, name, role, counter: number, digit } = button.dataset;
  if (code !== undefined) {
    if (code !== officer?.code) pin = "";
    officer = { code, name, role };
    fault.textContent = "";
  } else if (number !== undefined) counter = { number, name };
  else if (digit !== undefined) return type(digit);
  else if (button.dataset.clear !== undefined) pin = "";
  else if (button.dataset.back !== undefined) pin = pin.slice(0, -1);
  else if (button === go) return enter();
  draw();
});

document.addEventListener("keydown", event => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.matches("input")) return;
  if (/^\d$/.test(event.key)) type(event.key);
  else if (event.key === "Backspace") {
    pin = pin.slice(0, -1);
    draw();
  } else if (event.key === "Enter" && !event.target.matches("button, a")) enter();
});

// Search folds diacritics and đ: "do" finds "Đỗ".
const fold = text => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

function search(list) {
  const wanted = fold(document.querySelector(`[data-search=${list}]`)?.value ?? "").split(/\s+/).filter(word => word !== "");
  let found = 0;
  for (const item of document.querySelectorAll(`#${list} [data-words]`)) {
    const words = fold(item.dataset.words);
    item.hidden = !wanted.every(word => words.includes(word));
    if (!item.hidden) found++;
  }
  document.getElementById(`${list}-none`).hidden = found > 0;
  for (const group of document.querySelectorAll(`#${list} .group`)) group.hidden = wanted.length > 0;
}

document.addEventListener("input", event => {
  if (event.target.dataset.search !== undefined) search(event.target.dataset.search);
});

const refresh = atMostEvery(500, () => htmx.trigger(document.body, "hall-changed"));
document.body.addEventListener("htmx:afterSettle", () => {
  search("counters");
  draw();
});

const hub = document.getElementById("hub");
follow({
  event: refresh,
  fresh: refresh,
  away() {
    hub.classList.add("away");
    hub.textContent = say("hub-off");
  },
  back() {
    hub.classList.remove("away");
    hub.textContent = say("hub-on");
    refresh();
  },
});

setInterval(() => {
  document.getElementById("clock").textContent = time(now());
  if (waits.has(officer?.code)) {
    if (waits.get(officer.code) <= performance.now()) {
      waits.delete(officer.code);
      fault.textContent = "";
    }
    draw();
  }
}, 1_000);

draw();
if (new URLSearchParams(location.search).has("ended")) fault.textContent = say("ended");
