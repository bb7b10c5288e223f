import { follow, atMostEvery, say, time } from "./live.js";

const live = document.getElementById("live");
const online = () => document.getElementById("online");
const mine = live.dataset.number;
const body = () => document.getElementById("ticket");
const offset = Number(body().dataset.now) - Date.now();
let awaySince = null;

const fetchPart = () => {
  // A question on the screen is not taken away under the finger.
  if (document.querySelector(".ask") === null) htmx.trigger(document.body, "hall-changed");
};
const soon = atMostEvery(3_000, fetchPart);

follow({
  grace: 4_000,
  event(name, data) {
    // The own call at once; what only moves the queue, every few seconds, for there are many phones.
    if (name === "call" && data.number === mine) {
      fetchPart();
      navigator.vibrate?.([300, 150, 300]);
    } else {
      soon();
    }
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

document.body.addEventListener("htmx:afterSettle", () => {
  if (awaySince !== null) tellAway();
  if (body().classList.contains("is-called")) document.title = body().querySelector(".call small").textContent;
});

function tellAway() {
  online().classList.add("away");
  online().textContent = say("offline", time(awaySince.getTime() + offset));
}
