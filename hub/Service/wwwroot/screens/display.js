import { follow, atMostEvery, Newest, notBefore, now, setNow } from "/_content/Reception.Theme/live.js";
import { say, time } from "./words.js";

const BEFORE = 5;
const MOST_KEPT = 60;
// A call that is older than this is shown and not spoken.
const TOO_OLD_TO_SPEAK = 60_000;
// What was called just before the page was opened is still news.
const JUST_BEFORE = 5_000;
const BETWEEN = 400;
const BETWEEN_IN_A_QUEUE = 150;
const CHIME_SECONDS = 1.25;
// The first clip is scheduled so far ahead that it does not begin late.
const AHEAD_SECONDS = 0.05;

const live = document.getElementById("live");
const speaks = live.dataset.sound === "on";
/** A call that nobody waits behind is said in each language, or twice where there is one. */
const languages = live.dataset.voice.split(" ");
const number = document.getElementById("last-number");
const counter = document.getElementById("last-counter");
const before = document.getElementById("before");
const last = document.getElementById("last");

const others = [...document.querySelectorAll("main [data-other]")].map(head => [head, head.textContent]);

setNow(Number(live.dataset.now));
const openedAt = now();
/** Of the halls that one connection brings. */
let newest = new Newest();
let day = live.dataset.day;
let awaySince = null;

// --- what is shown: the newest calls, in whatever order they are heard of ---------------------------------------------

/** The calls of the day that the page has heard of, by what tells one call from another. */
const known = new Map();

function learn(calls) {
  const top = shown()[0];
  for (const call of calls) {
    const one = { ...call, at: Date.parse(call.at) };
    const key = `${one.number}/${one.counter}/${one.at}`;
    if (known.has(key)) continue;
    known.set(key, one);
    if (one.at > openedAt - JUST_BEFORE && now() - one.at < TOO_OLD_TO_SPEAK) speak(one);
  }
  const newestFirst = [...known].sort(([, one], [, other]) => other.at - one.at);
  for (const [key] of newestFirst.slice(MOST_KEPT)) known.delete(key);
  draw();
  if (top !== undefined && shown()[0] !== top) pulse();
}

/** Newest first, each number where it was called last. */
function shown() {
  const numbers = new Set();
  return [...known.values()].sort((one, other) => other.at - one.at).filter(call => !numbers.has(call.number) && numbers.add(call.number)).slice(0, 1 + BEFORE);
}

function forget(newDay) {
  day = newDay;
  known.clear();
}

function draw() {
  const [now, ...rest] = shown();
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

// --- what is spoken: a queue of its own, which the screen does not wait for -----------------------------------------------

/** Calls that are still to be spoken, oldest first. */
const queue = [];
let speaking = false;

function speak(call) {
  if (!speaks) return;
  // The same number called again: once is enough.
  const same = queue.findIndex(one => one.number === call.number);
  if (same >= 0) queue.splice(same, 1);
  queue.push({ ...call, sentences: Promise.all(languages.map(language => fetchSentence(language, call))) });
  queue.sort((one, other) => one.at - other.at);
  if (!speaking) speakQueue();
}

async function speakQueue() {
  speaking = true;
  let first = true;
  while (queue.length > 0) {
    // Numbers that may be old are not called out; what is still young is, when the hub is back.
    if (awaySince !== null) {
      await rest(BETWEEN);
      continue;
    }
    const call = queue.shift();
    if (now() - call.at < TOO_OLD_TO_SPEAK) {
      await announce(call, first);
      first = false;
    }
  }
  speaking = false;
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

/** Clips by their address, fetched and decoded once. */
const clips = new Map();

function fetchClip(address) {
  if (!clips.has(address)) {
    const clip = get(address).then(response => response.arrayBuffer()).then(file => audio.decodeAudioData(file));
    clips.set(address, clip);
    clip.catch(() => clips.delete(address));
  }
  return clips.get(address);
}

async function fetchSentence(language, call) {
  try {
    const response = await get(`/voice/${language}/${encodeURIComponent(call.number)}/${call.counter}`);
    return await Promise.all((await response.json()).map(fetchClip));
  } catch (silent) {
    console.warn(`no voice for ${call.number}:`, silent.message);
    return null;
  }
}

async function get(address) {
  const response = await fetch(address, { signal: AbortSignal.timeout(8_000) });
  if (!response.ok) throw new Error(`${response.status} for ${address}`);
  return response;
}

/** In a queue a call is said once and without a second chime, so that the voice comes after the screen. */
async function announce(call, first) {
  if (audio.state !== "running") return;
  if (first || queue.length === 0) await chime();
  const sentences = (await call.sentences).filter(sentence => sentence !== null);
  if (sentences.length === 0) return;
  await play(sentences[0]);
  if (queue.length === 0) {
    await rest(BETWEEN);
    await play(sentences[1] ?? sentences[0]);
  }
  await rest(queue.length === 0 ? BETWEEN : BETWEEN_IN_A_QUEUE);
}

/** The end of what is scheduled, by the clock of the sound: nothing begins before it. */
let soundEnds = 0;

/** Each clip begins with the sample after the last one of the clip before. */
async function play(sentence) {
  let at = Math.max(audio.currentTime + AHEAD_SECONDS, soundEnds);
  const sources = sentence.map(buffer => {
    const source = audio.createBufferSource();
    source.buffer = buffer;
    source.connect(audio.destination);
    source.start(at);
    at += buffer.duration;
    return source;
  });
  soundEnds = at;
  const end = new Promise(resolve => sources.at(-1).addEventListener("ended", () => resolve(true)));
  // A sound device that is taken away never ends its sources. The queue goes on, and they are not said when it comes back.
  if (await Promise.race([end, rest((at - audio.currentTime) * 1000 + 1_000)])) return;
  for (const source of sources) source.stop();
  soundEnds = audio.currentTime;
}

/** Two soft bells, a fifth apart. */
function chime() {
  const begins = Math.max(audio.currentTime, soundEnds);
  soundEnds = begins + CHIME_SECONDS;
  for (const [index, hertz] of [784, 523.25].entries()) {
    const start = begins + index * 0.45;
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
  return rest((soundEnds - audio.currentTime) * 1000);
}

const refresh = atMostEvery(500, () => htmx.trigger(document.body, "hall-changed"));

/** A part that was fetched just now: the hub's time, its day and its calls. */
function settle() {
  const part = document.getElementById("calls");
  setNow(Number(part.dataset.now));
  if (part.dataset.day !== day) forget(part.dataset.day);
  learn(JSON.parse(part.dataset.calls));
}

document.body.addEventListener("htmx:afterSettle", settle);
settle();

follow({
  grace: 5_000,
  fresh() {
    newest = new Newest();
    refresh();
  },
  event(name, text) {
    const data = JSON.parse(text);
    if (name === "call") {
      notBefore(Date.parse(data.at));
      learn([data]);
    }
    if (name === "hall" && newest.accepts(data.run, data.version)) {
      notBefore(Date.parse(data.at));
      if (data.day !== day) forget(data.day);
      learn(data.calls);
    }
    refresh();
  },
  away(since) {
    awaySince = since;
    const at = time(since);
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
  const lastAt = shown()[0]?.at;
  last.querySelector(".head [data-other]").textContent = lastAt === undefined ? "" : say("at", time(lastAt));
  before.closest("section").querySelector("[data-other]").textContent = say("until", at);
  for (const other of document.querySelectorAll("#foot [data-other]")) other.textContent = say("at", at);
}

setInterval(() => {
  document.getElementById("clock").textContent = time(now());
}, 1_000);
