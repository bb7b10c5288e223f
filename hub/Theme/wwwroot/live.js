// What every live page stands on: the stream of its program, the program's time, and which of two states is the newer one.
import { read } from "./stream.js";

const WORKER = "/_content/Reception.Theme/stream-worker.js";
// The worker hears something at least every 15 s; one that says nothing for this long has died.
const WORKER_SILENCE = 40_000;

/**
 * Follows a stream of server-sent events. All pages of a browser share one connection where the browser can; elsewhere a page that is
 * hidden lets its own go, and takes it up again when it is seen.
 * @param {{ address?: string, session?: string, event?: (name: string, data: string) => void, fresh?: () => void, away?: (since: number) => void, back?: () => void, grace?: number }} on
 *   address: of the stream; session: what tells one signed-in session from another; event: each event; fresh: what the page shows may be
 *   old (connected, connected anew, seen again after a while): fetch it; away: nothing was heard for `grace` ms after the connection was
 *   lost, with the hub's time when it was heard last; back: heard again after away.
 */
export function follow({ address = "/api/v1/hall/events", session = "", event = () => {}, fresh = () => {}, away = () => {}, back = () => {}, grace = 2_000 }) {
  let heardAt = now();
  let isAway = false;
  let alarm = null;
  let leave = () => {};

  const on = {
    open: () => fresh(),
    heard() {
      heardAt = now();
      clearTimeout(alarm);
      alarm = null;
      if (isAway) {
        isAway = false;
        back();
      }
    },
    event(name, data) {
      on.heard();
      event(name, data);
    },
    lost() {
      alarm ??= setTimeout(() => {
        isAway = true;
        away(heardAt);
      }, grace);
    },
  };

  function join() {
    leave();
    leave = typeof SharedWorker === "function" ? share() : alone();
  }

  function share() {
    let watchdog = null;
    let worker;
    try {
      worker = new SharedWorker(WORKER, { type: "module", name: "stream" });
    } catch (problem) {
      console.debug("no shared worker here:", problem.message);
      return alone();
    }
    const instead = () => {
      stop();
      leave = alone();
    };
    const watch = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(instead, WORKER_SILENCE);
    };
    const stop = () => {
      clearTimeout(watchdog);
      worker.port.postMessage({ kind: "leave", address });
      worker.port.close();
    };
    worker.onerror = instead;
    worker.port.onmessage = ({ data }) => {
      watch();
      on[data.kind](data.name, data.data);
    };
    worker.port.postMessage({ kind: "join", address, session });
    watch();
    return stop;
  }

  function alone() {
    let close = null;
    const look = () => {
      if (document.hidden) {
        close?.();
        close = null;
      } else {
        close ??= read(address, on);
      }
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      close?.();
    };
  }

  join();
  // A page that the browser kept, froze or hid may show the past.
  addEventListener("pagehide", () => leave());
  addEventListener("pageshow", shown => {
    if (shown.persisted) join();
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) fresh();
  });
  document.addEventListener("resume", () => fresh());
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

/** Runs one at a time; where it was asked for meanwhile, once more afterwards. */
export function oneAtATime(run) {
  let running = false;
  let wanted = false;
  return async () => {
    wanted = true;
    if (running) return;
    running = true;
    try {
      while (wanted) {
        wanted = false;
        await run();
      }
    } finally {
      running = false;
    }
  };
}

let hubTime = Date.now();
let readAt = performance.now();

/** The hub's time, in ms since 1970. The screen's own clock may be wrong, and may be set while the page is open. */
export const now = () => hubTime + performance.now() - readAt;

/** A part that was fetched just now carries the hub's time. */
export function setNow(ms) {
  hubTime = ms;
  readAt = performance.now();
}

/** An event was made at this time, and may have been on its way for a while: it moves the time forward alone. */
export function notBefore(ms) {
  if (ms > now()) setNow(ms);
}

/** Tells the newest state from older ones. Versions count within one run of a program; a run that has been left does not come back. */
export class Newest {
  #run = null;
  #version = -Infinity;
  #left = new Set();

  accepts(run, version) {
    if (this.#left.has(run)) return false;
    if (run === this.#run) {
      if (version < this.#version) return false;
    } else if (this.#run !== null) {
      this.#left.add(this.#run);
    }
    this.#run = run;
    this.#version = version;
    return true;
  }
}
