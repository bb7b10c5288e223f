import { follow, atMostEvery, setNow } from "/_content/Reception.Theme/live.js";
import { say, time } from "./words.js";

const live = document.getElementById("live");
const online = () => document.getElementById("online");
const mine = live.dataset.number;
const body = () => document.getElementById("ticket");
let awaySince = null;
/** The call that the phone has shaken for. */
let shaken = body().dataset.call;

const fetchPart = () => {
  // A question on the screen is not taken away under the finger.
  if (document.querySelector(".ask") === null) htmx.trigger(document.body, "hall-changed");
};
const soon = atMostEvery(3_000, fetchPart);

follow({
  grace: 4_000,
  fresh: fetchPart,
  event(name, data) {
    // The own call at once; what only moves the queue, every few seconds, for there are many phones.
    if (name === "call" && JSON.parse(data).number === mine) fetchPart();
    else soon();
  },
  away(since) {
    awaySince = since;
    tellAway();
  },
  back() {
    awaySince = null;
    online().classList.remove("away");
    fetchPart();
  },
});

setNow(Number(body().dataset.now));
document.body.addEventListener("htmx:afterSettle", () => {
  const { now: hubTime, call } = body().dataset;
  setNow(Number(hubTime));
  if (call !== shaken && call !== undefined) navigator.vibrate?.([300, 150, 300]);
  shaken = call;
  if (awaySince !== null) tellAway();
  if (body().classList.contains("is-called")) document.title = body().querySelector(".call small").textContent;
});

function tellAway() {
  online().classList.add("away");
  online().textContent = say("offline", time(awaySince));
}
