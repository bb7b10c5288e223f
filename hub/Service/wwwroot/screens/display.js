import { follow, atMostEvery, say, time } from "./live.js";

// A call is shown for as long as it is spoken, and at least for this long: calls queue, they never overlap and none vanishes.
const SHORTEST = 3_500;
const BETWEEN = 400;
// A call that is older when it is heard of, after a lost connection, is shown without sound.
const TOO_OLD_TO_SPEAK = 60_000;
const BEFORE = 5;

const live = document.getElementById("live");
const offset = Number(live.dataset.now) - Date.now();
const speaks = live.dataset.sound === "on";
const number = document.getElementById("last-number");
const counter = document.getElementById("last-counter");
const before = document.getElementById("before");
const last = document.getElementById("last");

const others = [...document.querySelectorAll("main [data-other]")].map(head => [head, head.textContent]);

/** Calls on the screen, newest first. */
let shown = JSON.parse(document.getElementById("calls").textContent);
const queue = [];
const seen = new Set(shown.map(key));
let day = live.dataset.day;
let started = false;
let running = false;
let awaySince = null;

function key(call) {
  return `${call.number}/${call.counter}/${call.at}`;
}

function hear(call, speak) {
  const one = { number: call.number, counter: call.counter, times: call.times, booked: call.booked === true, at: Date.parse(call.at) };
  if (seen.has(key(one))) return;
  seen.add(key(one));
  if (seen.size > 500) seen.delete(seen.values().next().value);
  one.speak = speak && Date.now() + offset - one.at < TOO_OLD_TO_SPEAK;
  one.voice = one.speak && speaks ? fetchVoice(one) : null;
  queue.push(one);
  run();
}

async function run() {
  if (running) return;
  running = true;
  for (let call = queue.shift(); call !== undefined; call = queue.shift()) {
    show(call);
    if (!call.speak) continue;
    pulse();
    await Promise.all([rest(SHORTEST), announce(call)]);
    await rest(BETWEEN);
    // Numbers that may be old are not called out; what is left is, when the hub is back.
    while (awaySince !== null) await rest(BETWEEN);
  }
  running = false;
}

function show(call) {
  shown = [call, ...shown.filter(one => one.number !== call.number)].slice(0, 1 + BEFORE);
  draw();
}

function draw() {
  const [now, ...rest] = shown;
  last.classList.toggle("empty", now === undefined);
  number.textContent = now?.number ?? say("none-yet");
  number.style.setProperty("--letters", Math.max(4, now?.number.length ?? 0));
  counter.textContent = now?.counter ?? "";
  document.getElementById("last-booked").hidden = now?.booked !== true;
  if (awaySince === null) last.querySelector(".head b").textContent = now?.times > 1 ? say("again", now.times) : say("now");
  before.replaceChildren(...rest.map(call => {
    const row = document.getElementById("before-row").content.cloneNode(true);
    row.querySelector("b").textContent = call.number;
    row.querySelector("b").style.setProperty("--letters", Math.max(4, call.number.length));
    row.querySelector("i").textContent = call.counter;
    return row;
  }));
}

function pulse() {
  last.classList.remove("pulse");
  void last.offsetWidth;
  last.classList.add("pulse");
}

const rest = ms => new Promise(resolve => setTimeout(resolve, ms));

// Sound. Browsers keep it off until a touch, or start with --autoplay-policy=no-user-gesture-required.
const audio = speaks ? new AudioContext() : null;
const button = document.getElementById("sound");

function tellSound() {
  if (button === null) return;
  const on = audio.state === "running";
  const state = awaySince !== null && on ? "sound-paused" : on ? "sound-on" : "sound-enable";
  button.querySelector("span").textContent = say(state);
  button.querySelector("use").setAttribute("href", `/_content/Reception.Theme/lib/icons.svg#${on && awaySince === null ? "volume-2" : "volume-x"}`);
  button.disabled = on;
}

if (audio !== null) {
  audio.addEventListener("statechange", tellSound);
  document.addEventListener("pointerdown", () => audio.resume());
  button.addEventListener("click", async () => {
    await audio.resume();
    await chime();
  });
  tellSound();
}

async function fetchVoice(call) {
  try {
    const response = await fetch(`/voice/${encodeURIComponent(call.number)}/${call.counter}.wav`, { signal: AbortSignal.timeout(8_000) });
    if (!response.ok) throw new Error(`${response.status}`);
    return await audio.decodeAudioData(await response.arrayBuffer());
  } catch (silent) {
    console.warn(`no voice for ${call.number}:`, silent.message);
    return null;
  }
}

async function announce(call) {
  if (audio === null || audio.state !== "running") return;
  await chime();
  const voice = await call.voice;
  for (let time = 0; time < 2 && voice !== null; time++) {
    await play(voice);
    await rest(BETWEEN);
  }
}

function play(buffer) {
  const source = audio.createBufferSource();
  source.buffer = buffer;
  source.connect(audio.destination);
  source.start();
  // A device that is taken away never ends its source; the queue must go on.
  return Promise.race([new Promise(resolve => source.addEventListener("ended", resolve)), rest(buffer.duration * 1000 + 1_000)]);
}

/** Two soft bells, a fifth apart. */
function chime() {
  for (const [index, hertz] of [784, 523.25].entries()) {
    const start = audio.currentTime + index * 0.45;
    for (const [part, loud] of [[1, 0.3], [2, 0.08], [3, 0.03]]) {
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      tone.frequency.value = hertz * part;
      volume.gain.setValueAtTime(0, start);
      volume.gain.linearRampToValueAtTime(loud, start + 0.015);
      volume.gain.exponentialRampToValueAtTime(0.0001, start + 1.1 / part);
      tone.connect(volume).connect(audio.destination);
      tone.start(start);
      tone.stop(start + 1.2);
    }
  }
  return rest(1_250);
}

const refresh = atMostEvery(500, () => htmx.trigger(document.body, "hall-changed"));

follow({
  grace: 5_000,
  event(name, data) {
    if (name === "call") hear(data, true);
    if (name === "hall") {
      if (data.day !== day) {
        day = data.day;
        shown = [];
        draw();
      }
      // What was called while the connection was lost; at the first event, what happened between the page and the stream.
      for (const call of data.calls.toReversed()) hear(call, started || Date.now() + offset - Date.parse(call.at) < 5_000);
      started = true;
    }
    refresh();
  },
  away(since) {
    awaySince = since;
    const at = time(since.getTime() + offset);
    const line = document.getElementById("away");
    line.querySelector("b").textContent = say("away", at);
    line.hidden = false;
    document.body.classList.add("is-away");
    last.querySelector(".head b").textContent = say("last-known");
    before.closest("section").querySelector("h2 b").textContent = say("before-known");
    heads(at);
    tellSound();
  },
  back() {
    // Not a reload: the browser would keep the sound off until somebody touches the screen.
    awaySince = null;
    document.getElementById("away").hidden = true;
    document.body.classList.remove("is-away");
    before.closest("section").querySelector("h2 b").textContent = say("before");
    for (const [head, words] of others) head.textContent = words;
    draw();
    refresh();
    tellSound();
  },
});

function heads(at) {
  const lastAt = shown[0]?.at;
  last.querySelector(".head [data-other]").textContent = lastAt === undefined ? "" : say("at", time(lastAt));
  before.closest("section").querySelector("[data-other]").textContent = say("until", at);
  for (const other of document.querySelectorAll("#foot [data-other]")) other.textContent = say("at", at);
}

setInterval(() => {
  document.getElementById("clock").textContent = time(Date.now() + offset);
}, 1_000);
