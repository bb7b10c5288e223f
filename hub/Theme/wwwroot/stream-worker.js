// One stream for all pages of a browser: HTTP/1.1 allows six connections to a server, and each page with a stream of its own would hold one.
import { read } from "./stream.js";

/** Each stream by its address: who reads it, whether it stands, for which session it was opened. */
const streams = new Map();

self.onconnect = ({ ports: [port] }) => {
  port.onmessage = ({ data }) => {
    if (data.kind === "join") join(port, data);
    else leave(port, data);
  };
};

function join(port, { address, session }) {
  const stream = streams.get(address);
  // A stream is opened with the cookies of that moment: a page of a later session needs another connection.
  if (stream !== undefined && (session === "" || session === stream.session)) {
    stream.ports.add(port);
    if (stream.isOpen) port.postMessage({ kind: "open" });
    return;
  }
  const ports = new Set(stream?.ports).add(port);
  stream?.close();
  start(address, session, ports);
}

function start(address, session, ports) {
  const stream = { session, ports, isOpen: false };
  const tell = message => ports.forEach(port => port.postMessage(message));
  streams.set(address, stream);
  stream.close = read(address, {
    open() {
      stream.isOpen = true;
      tell({ kind: "open" });
    },
    heard: () => tell({ kind: "heard" }),
    event: (name, data) => tell({ kind: "event", name, data }),
    lost() {
      stream.isOpen = false;
      tell({ kind: "lost" });
    },
  });
}

function leave(port, { address }) {
  const stream = streams.get(address);
  if (!stream?.ports.delete(port) || stream.ports.size > 0) return;
  stream.close();
  streams.delete(address);
}
