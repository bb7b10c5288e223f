// Reads server-sent events with fetch and not with EventSource, which hides the comments: only they tell a silent server from a quiet one.
const SILENCE = 25_000;
const SHORTEST_PAUSE = 250;
const LONGEST_PAUSE = 5_000;

/**
 * Reads the stream at an address until it is closed, and connects again whenever it is lost.
 * @param {string} address
 * @param {{ open: () => void, heard: () => void, event: (name: string, data: string) => void, lost: () => void }} on
 *   open: a connection stands; heard: anything came, a comment too; lost: a connection ended or could not be made.
 * @returns {() => void} closes it
 */
export function read(address, on) {
  let closed = false;
  let connection = null;
  let pause = SHORTEST_PAUSE;

  async function once() {
    connection = new AbortController();
    let watchdog = null;
    const watch = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => connection.abort(), SILENCE);
    };
    watch();
    try {
      const response = await fetch(address, { signal: connection.signal, cache: "no-store" });
      if (!response.ok) throw new Error(`${address} answers ${response.status}`);
      on.open();
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      let rest = "";
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        watch();
        pause = SHORTEST_PAUSE;
        on.heard();
        const messages = (rest + part.value).split(/\r?\n\r?\n/);
        rest = messages.pop();
        messages.forEach(dispatch);
      }
    } finally {
      clearTimeout(watchdog);
    }
  }

  function dispatch(message) {
    let name = "message";
    const data = [];
    for (const line of message.split(/\r?\n/)) {
      if (line.startsWith("event:")) name = line.slice(6).trim();
      else if (line.startsWith("data:")) data.push(line.slice(5).trimStart());
    }
    if (data.length > 0) on.event(name, data.join("\n"));
  }

  async function run() {
    while (!closed) {
      try {
        await once();
      } catch (problem) {
        if (!closed) console.debug(`${address} was lost:`, problem.message);
      }
      if (closed) return;
      on.lost();
      await new Promise(resolve => setTimeout(resolve, pause * (0.8 + 0.4 * Math.random())));
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    }
  }

  run();
  return () => {
    closed = true;
    connection?.abort();
  };
}
