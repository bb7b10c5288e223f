// A device by MQTT.js: node device.mjs MODULES URL VERSION USER SECRET [AUTHORITY]
// Says the hall once it comes, then sends a report that is none, says its answer, and ends.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [modules, url, version, username, password, authority] = process.argv.slice(2);
const mqtt = createRequire(`${modules}/`)("mqtt");
const client = mqtt.connect(url, {
  username,
  password,
  protocolVersion: Number(version),
  ca: authority && readFileSync(authority),
  reconnectPeriod: 0,
});
client.on("error", (error) => {
  console.error(error.message);
  process.exit(1);
});
client.on("connect", () => client.subscribe(["reception/v1/hall", `reception/v1/device/${username}/answer`], { qos: 1 }));
client.on("message", (topic, payload) => {
  console.log(`${topic} ${payload}`);
  if (topic.endsWith("/hall")) {
    client.publish(`reception/v1/device/${username}/report`, '{"id":"01a22707-3e4c-71ab-bd95-023cfcc2c2f9"}', { qos: 1 });
  } else {
    client.end(false, () => process.exit(0));
  }
});
