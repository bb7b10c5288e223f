import { follow } from "/_content/Reception.Theme/live.js";
import { onPress } from "/_content/Reception.Theme/press.js";
import { send, refusal } from "./command.js";

// The live part of a leader's page: an event from the hub is the signal to fetch what a reload would show.
const live = document.getElementById("live");
const main = document.querySelector("main[data-live]");

if (main) {
  const parts = ["clock", "alert", "now", "papers", "devices", "province", "metrics"].filter(id => document.getElementById(id));
  const quietly = 15_000;   // waiting times grow without an event, and an answer proves that the hub is there
  const gather = 150;       // a call and its counter come as two events: one fetch for both
  let due = 0;
  let timer;

  const show = away => {
    if (!live) return;
    live.classList.toggle("away", away);
    const at = document.querySelector("[data-at]")?.dataset.at ?? "";
    const text = live.dataset[away ? "away" : "live"].replace("{0}", at);
    if (live.firstElementChild.textContent !== text) live.firstElementChild.textContent = text;
  };

  const refresh = () => {
    clearTimeout(timer);
    due = 0;
    for (const id of parts) htmx.trigger(`#${id}`, "refresh");
    timer = setTimeout(refresh, quietly);
  };

  const soon = () => { due ||= setTimeout(refresh, gather); };

  document.body.addEventListener("htmx:beforeSwap", event => {
    const { status } = event.detail.xhr;
    if (status === 401 || status === 403) location.reload();
  });
  document.body.addEventListener("htmx:afterRequest", event => { if (event.detail.successful) show(false); });
  for (const failure of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) document.body.addEventListener(failure, () => show(true));

  htmx.config.timeout = 10_000;
  timer = setTimeout(refresh, quietly);
  follow({ address: main.dataset.live, session: live?.dataset.session, event: soon, fresh: soon, away: () => show(true), back: soon });
}

// How long a device still waits to be paired.
setInterval(() => {
  for (const place of document.querySelectorAll("[data-seconds-left]")) {
    place.dataset.until ??= performance.now() + 1_000 * place.dataset.secondsLeft;
    const left = Math.max(0, Math.round((place.dataset.until - performance.now()) / 1_000));
    const clock = [Math.floor(left / 60), left % 60].map(part => String(part).padStart(2, "0")).join(":");
    place.textContent = place.dataset.words.replace("{0}", clock);
  }
}, 1_000);

// A copy of a slip. The button rests for a moment: whoever presses twice in haste means one.
onPress(async ({ element, dataset: { print: ticket, device, told, unanswered } }) => {
  if (ticket === undefined || element.disabled) return;
  const line = document.getElementById("told");
  element.disabled = true;
  const response = await send("POST", `/api/v1/tickets/${ticket}/reprint`, { device });
  if (response?.status === 401) return location.reload();
  line.textContent = response === null ? unanswered : response.ok ? told : (await refusal(response)).words;
  line.classList.toggle("bad", !response?.ok);
  setTimeout(() => { element.disabled = false; }, 3_000);
});

document.getElementById("print")?.addEventListener("click", () => print());
document.getElementById("sign-out")?.addEventListener("click", async event => {
  event.target.disabled = true;
  await fetch("/api/v1/session", { method: "DELETE" }).catch(() => null);
  location.assign("/signin");
});
