import { follow, atMostEvery, now, setNow } from "/_content/Reception.Theme/live.js";
import { refusal } from "./command.js";
import { say, time } from "./words.js";

const LONGEST_PIN = 12;
const SHORTEST_PIN = 4;
const LAST_COUNTER = "reception-counter";

const live = document.getElementById("live");
setNow(Number(live.dataset.now));
const go = document.getElementById("go");
const fault = document.getElementById("fault");
const dots = document.getElementById("dots");
let officer = null;
let counter = null;
let pin = "";
let busy = false;
/** The number of the counter that the focus came to by keys. */
let offered;
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
  placeTabStops();
}

/** Each list is one stop of the Tab key: what has the focus in it, else what is chosen, else the first. */
function placeTabStops() {
  for (const list of ["names", "counters"]) {
    const open = picks(list);
    const stop = open.find(pick => pick === document.activeElement) ?? open.find(pick => pick.matches("[aria-pressed=true]")) ?? open[0];
    for (const pick of document.querySelectorAll(`#${list} .pick`)) pick.tabIndex = pick === stop ? 0 : -1;
  }
}
document.addEventListener("focusin", placeTabStops);

function type(digit) {
  if (pin.length < LONGEST_PIN) pin += digit;
  fault.textContent = "";
  draw();
}

async function enter() {
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
  pin = "";
  if (response?.ok) {
    if (needsCounter()) localStorage.setItem(LAST_COUNTER, counter.number);
    location.assign(needsCounter() ? "/console" : asked ?? "/dashboard");
    return;
  }
  busy = false;
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

const picks = list => [...document.querySelectorAll(`#${list} .pick:enabled`)].filter(pick => !pick.closest("[hidden]"));
const fieldOf = list => document.querySelector(`[data-search=${list}]`);
const listOf = element => element.closest("#names, #counters")?.id ?? element.dataset.search;

/** The counter where the officer sits already, else where somebody last signed in on this computer, else a free one. */
function likelyCounter() {
  const open = picks("counters");
  return open.find(pick => pick.dataset.held === officer.code)
    ?? open.find(pick => pick.dataset.counter === localStorage.getItem(LAST_COUNTER) && pick.dataset.held === undefined)
    ?? open.find(pick => pick.dataset.held === undefined)
    ?? open[0];
}

/** Puts the focus on what is missing. A counter that it comes to by keys is taken by the first digit of the PIN. */
function moveOn(byKeys) {
  const missing = officer === null ? fieldOf("names") ?? picks("names")[0]
    : needsCounter() && counter === null ? likelyCounter()
    : document.getElementById("pin");
  missing?.focus();
  offered = byKeys ? missing?.dataset.counter : undefined;
}

function select(pick) {
  const { officer: code, name, role, counter: number } = pick.dataset;
  if (code === undefined) counter = { number, name };
  else if (code !== officer?.code) {
    pin = "";
    officer = { code, name, role };
  }
  fault.textContent = "";
  draw();
}

function choose(pick, byKeys) {
  const field = fieldOf(listOf(pick));
  if (field !== null && field.value !== "") {
    field.value = "";
    search(listOf(pick));
    pick.scrollIntoView({ block: "nearest" });
  }
  select(pick);
  moveOn(byKeys);
}

document.addEventListener("click", event => {
  const button = event.target.closest("button");
  if (button === null || button.disabled || busy) return;
  if (button.classList.contains("pick")) return choose(button, event.detail === 0);
  if (button === go) return enter();
  if (button.dataset.digit !== undefined) return type(button.dataset.digit);
  pin = button.dataset.back !== undefined ? pin.slice(0, -1) : "";
  draw();
});

// Arrow keys choose within a list, as among radio buttons; Enter goes on to what is missing, and enters when nothing is.
document.addEventListener("keydown", event => {
  const { key, target } = event;
  if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
  if (key === "Enter" && !target.matches("a")) {
    event.preventDefault();
    if (!event.repeat && !busy) pressEnter(target);
  } else if (["ArrowDown", "ArrowUp", "Home", "End"].includes(key)) {
    step(event);
  } else if (target.matches("input")) {
    return;
  } else if (key === "Backspace") {
    pin = pin.slice(0, -1);
    draw();
  } else if (officer !== null && /^\d$/.test(key)) {
    if (counter === null && offered !== undefined && target.dataset.counter === offered) select(target);
    type(key);
  } else if (key.length === 1 && key !== " ") {
    find(event);
  }
});

function pressEnter(target) {
  if (target.dataset.search !== undefined && target.value !== "") {
    const found = best(target.dataset.search, target.value);
    if (found) choose(found, true);
  } else if (!go.disabled) enter();
  else if (target.matches(".pick, [data-digit], [data-back], [data-clear]")) target.click();
  else moveOn(true);
}

function step(event) {
  const { key, target } = event;
  const field = target.matches("input");
  if (field && ["Home", "End"].includes(key)) return;
  const list = picks(listOf(target) ?? (officer === null ? "names" : "counters"));
  if (list.length === 0) return;
  event.preventDefault();
  const from = list.indexOf(target);
  const to = key === "Home" || (from < 0 && key === "ArrowDown") ? 0
    : key === "End" || from < 0 ? list.length - 1
    : (from + (key === "ArrowDown" ? 1 : -1) + list.length) % list.length;
  list[to].focus();
  select(list[to]);
}

/** A letter typed outside a search field goes into the field, or where there is none, to the names that have a word with it. */
function find(event) {
  const list = listOf(event.target) ?? (officer === null ? "names" : "counters");
  const field = fieldOf(list);
  if (field !== null) return field.focus();
  if (list !== "names") return;
  const found = picks("names").filter(pick => rank(`${pick.dataset.name} ${pick.dataset.officer}`, fold(event.key)) < 2);
  if (found.length === 1) return choose(found[0], true);
  found[(found.indexOf(document.activeElement) + 1) % found.length]?.focus();
}

// Search folds diacritics and đ: "do" finds "Đỗ".
const fold = text => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

const words = text => fold(text).split(/\s+/).filter(word => word !== "");

/** 0 where a text has a whole word, 1 where one begins with it, 2 where it is within one, 3 where it is not in the text. */
const rank = (text, word) => Math.min(
  ...words(text).map(other => other === word ? 0 : other.startsWith(word) ? 1 : other.includes(word) ? 2 : 3));

/** Of the names or counters found, the one that was meant: whole words before beginnings, these before the rest. */
function best(list, value) {
  const worst = pick => words(value).reduce((sum, word) => sum + rank(pick.closest("[data-words]").dataset.words, word), 0);
  return picks(list).sort((left, right) => worst(left) - worst(right))[0];
}

function search(list) {
  const wanted = words(fieldOf(list)?.value ?? "");
  let found = 0;
  for (const item of document.querySelectorAll(`#${list} [data-words]`)) {
    const text = fold(item.dataset.words);
    item.hidden = !wanted.every(word => text.includes(word));
    if (!item.hidden) found++;
  }
  document.getElementById(`${list}-none`).hidden = found > 0;
  for (const group of document.querySelectorAll(`#${list} .group`)) group.hidden = wanted.length > 0;
}

document.addEventListener("input", event => {
  if (event.target.dataset.search === undefined) return;
  search(event.target.dataset.search);
  draw();
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
// On a touch screen the focus would call up its keyboard.
if (matchMedia("(hover)").matches) moveOn(true);
if (new URLSearchParams(location.search).has("ended")) fault.textContent = say("ended");
