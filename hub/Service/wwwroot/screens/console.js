import { follow, atMostEvery, now, setNow } from "/_content/Reception.Theme/live.js";
import { lock, onPress, pressKey } from "/_content/Reception.Theme/press.js";
import { send, refusal } from "./command.js";
import { say, time } from "./words.js";

const live = document.getElementById("live");
const counter = live.dataset.counter;
const told = document.getElementById("told");
const aside = document.querySelector("aside");
const transfer = document.getElementById("transfer");
const cancel = document.getElementById("cancel");
let hubIsAway = false;
let busy = false;
let outcome = { ticket: null, value: null };
let toldUntil = 0;

const refresh = atMostEvery(150, () => htmx.trigger(document.body, "hall-changed"));

follow({
  session: live.dataset.session,
  event: refresh,
  fresh: refresh,
  away(since) {
    hubIsAway = true;
    const line = document.getElementById("away");
    line.querySelector("span").textContent = say("away", time(since));
    line.hidden = false;
    document.body.classList.add("is-away");
    lockAll();
  },
  back() {
    hubIsAway = false;
    document.getElementById("away").hidden = true;
    document.body.classList.remove("is-away");
    refresh();
  },
});

function tell(words, isRefusal) {
  told.textContent = words;
  told.classList.toggle("refused", isRefusal);
  toldUntil = performance.now() + (isRefusal ? 8_000 : 4_000);
}

/** Nothing can be pressed while a command is under way or the hub is away. */
const lockAll = () => lock(document.querySelectorAll("[data-do], [data-next], [data-call], [data-print], [data-cancel], #leave"));

async function command(method, path, body) {
  if (busy || hubIsAway) return null;
  busy = true;
  told.textContent = "";
  lockAll();
  const response = await send(method, path, body);
  busy = false;
  if (response === null) {
    tell(say("unanswered"), true);
  } else if (response.status === 401) {
    location.assign("/signin?ended");
  } else if (!response.ok) {
    tell((await refusal(response)).words, true);
  }
  refresh();
  return response;
}

const at = action => `/api/v1/counters/${counter}/${action}`;

async function callNext(body) {
  const response = await command("POST", at("call-next"), body);
  if (response?.status === 204) tell(say("no-one"), false);
}

async function act(action) {
  if (action === "transfer") {
    await openTransfer();
  } else if (action === "finish") {
    await command("POST", at("finish"), outcome.value === null ? {} : { outcome: outcome.value });
  } else if (action === "call-next") {
    await callNext({});
  } else {
    await command("POST", at(action), {});
  }
}

async function openTransfer() {
  if (busy || hubIsAway) return;
  await htmx.ajax("GET", "/console/transfer", { target: "#transfer-choices", swap: "innerHTML" });
  transfer.showModal();
}

function openCancel({ cancel: ticket, number }) {
  if (busy || hubIsAway) return;
  cancel.returnValue = "";
  Object.assign(cancel.dataset, { ticket, number });
  document.getElementById("cancel-title").textContent = say("cancel-title", number);
  document.getElementById("cancel-reason").value = "";
  cancel.showModal();
}

cancel.addEventListener("close", async () => {
  if (cancel.returnValue !== "yes") return;
  const reason = document.getElementById("cancel-reason").value.trim();
  const response = await command("POST", `/api/v1/tickets/${cancel.dataset.ticket}/cancel`, reason === "" ? {} : { reason });
  if (response?.ok) tell(say("cancelled", cancel.dataset.number), false);
});

onPress(async button => {
  const { do: action, next, call, print, device, tab, transferService, transferCounter } = button.dataset;
  if (action !== undefined) await act(action);
  else if (next !== undefined) await callNext({ service: next });
  else if (call !== undefined) await command("POST", at("call"), { ticket: call });
  else if (print !== undefined) {
    const response = await command("POST", `/api/v1/tickets/${print}/reprint`, { device });
    if (response?.ok) tell(say("printing", device), false);
  } else if (button.dataset.cancel !== undefined) openCancel(button.dataset);
  else if (tab !== undefined) show(tab);
  else if (button.id === "leave") {
    const response = await command("DELETE", "/api/v1/session");
    if (response?.ok) location.assign("/signin");
  } else if (transferService !== undefined || transferCounter !== undefined) {
    transfer.close();
    await command("POST", at("transfer"), transferService !== undefined ? { service: transferService } : { counter: Number(transferCounter) });
  }
});

document.addEventListener("keydown", event => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.repeat || !/^F([234678]|9)$/.test(event.key)) return;
  event.preventDefault();
  if (document.querySelector("dialog[open]") !== null) return;
  const key = event.shiftKey ? `Shift ${event.key}` : event.key;
  if (key === "Shift F2") goToNextLine();
  else pressKey(key);
});

/** From service to service, by Shift F2; Enter calls. */
function goToNextLine() {
  const lines = [...document.querySelectorAll("[data-next]:not(:disabled)")];
  lines[(lines.indexOf(document.activeElement) + 1) % lines.length]?.focus();
}

document.addEventListener("change", event => {
  if (event.target.name === "outcome") outcome = { ticket: document.getElementById("now").dataset.ticket, value: event.target.value };
});

function show(tab) {
  aside.dataset.list = tab;
  aside.querySelector(".scroll").scrollTop = 0;
  markTab();
}

function markTab() {
  for (const button of document.querySelectorAll("[data-tab]")) button.setAttribute("aria-pressed", String(button.dataset.tab === aside.dataset.list));
}

/** What the server can't know of a fresh part: the chosen outcome, the chosen list, that the hub went away meanwhile. */
function settle() {
  const { ticket, now: hubTime } = document.getElementById("now").dataset;
  setNow(Number(hubTime));
  if (outcome.ticket !== ticket) outcome = { ticket, value: null };
  const chosen = outcome.value === null ? null : document.getElementById(`outcome-${outcome.value}`);
  if (chosen !== null) chosen.checked = true;
  markTab();
  if (busy || hubIsAway) lockAll();
}

document.body.addEventListener("htmx:afterSettle", settle);
document.body.addEventListener("htmx:responseError", event => {
  if (event.detail.xhr.status === 401) location.assign("/signin?ended");
});

setInterval(() => {
  for (const clock of document.querySelectorAll("[data-since]")) {
    const seconds = Math.max(0, Math.floor((now() - Number(clock.dataset.since)) / 1000));
    clock.textContent = `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
  }
  const undo = document.querySelector("[data-until]");
  if (undo !== null) {
    const left = Math.ceil((Number(undo.dataset.until) - now()) / 1000);
    if (left > 0) undo.querySelector("[data-left]").textContent = say("undo-left", left);
    else refresh();
  }
  if (told.textContent !== "" && performance.now() > toldUntil) told.textContent = "";
}, 500);

settle();
