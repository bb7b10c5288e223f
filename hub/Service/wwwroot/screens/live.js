// Follows the hall's events. Read with fetch and not with EventSource, which hides the heartbeats: only they tell a silent hub
// from a quiet hall.
const SILENCE = 20_000;
const LONGEST_PAUSE = 5_000;

/**
 * @param {{ event?: (name: string, data: any) => void, away?: (since: Date) => void, back?: () => void, grace?: number }} on
 *   event: each event; away: nothing was heard for `grace` ms beyond a lost connection; back: heard again after away.
 */
export function follow({ event = () => {}, away = () => {}, back = () => {}, grace = 2_000 }) {
  let heardAt = new Date();
  let isAway = false;
  let alarm = null;
  let pause = 250;

  function hear() {
    heardAt = new Date();
    pause = 250;
    clearTimeout(alarm);
    alarm = null;
    if (isAway) {
      isAway = false;
      back();
    }
  }

  function lose() {
    alarm ??= setTimeout(() => {
      isAway = true;
      away(heardAt);
    }, grace);
  }

  async function read() {
    const connection = new AbortController();
    let watchdog = setTimeout(() => connection.abort(), SILENCE);
    try {
      const response = await fetch("/api/v1/hall/events", { signal: connection.signal, cache: "no-store" });
      if (!response.ok) throw new Error(`the events answer ${response.status}`);
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      let rest = "";
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        clearTimeout(watchdog);
        watchdog = setTimeout(() => connection.abort(), SILENCE);
        hear();
        const messages = (rest + part.value).split(/\r?\n\r?\n/);
        rest = messages.pop();
        messages.forEach(tell);
      }
    } finally {
      clearTimeout(watchdog);
    }
  }

  function tell(message) {
    let name = "message";
    const data = [];
    for (const line of message.split(/\r?\n/)) {
      if (line.startsWith("event:")) name = line.slice(6).trim();
      else if (line.startsWith("data:")) data.push(line.slice(5).trimStart());
    }
    if (data.length > 0) event(name, JSON.parse(data.join("\n")));
  }

  async function run() {
    for (;;) {
      try {
        await read();
      } catch (lost) {
        console.debug("the hall's events were lost:", lost.message);
      }
      lose();
      await new Promise(resolve => setTimeout(resolve, pause * (0.8 + 0.4 * Math.random())));
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    }
  }

  run();
}

/** Runs at once, and again after `ms` where it was asked for meanwhile: never more often. */
export function atMostEvery(ms, run) {
  let waiting = false;
  let timer = null;
  return () => {
    if (timer !== null) {
      waiting = true;
      return;
    }
    run();
    timer = setTimeout(function next() {
      timer = waiting ? setTimeout(next, ms) : null;
      if (waiting) {
        waiting = false;
        run();
      }
    }, ms);
  };
}

/** The strings that a page hands to its script. */
export const words = JSON.parse(document.getElementById("words")?.textContent ?? "{}");

export function say(key, ...values) {
  return words[key].replace(/\{(\d)\}/g, (_, index) => values[index]);
}

/** The time of day in the hall's zone, which the page names: a screen's own clock may be set to another. */
export function time(instant) {
  const zone = document.getElementById("live").dataset.zone;
  return new Intl.DateTimeFormat("vi-VN", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone }).format(instant);
}
