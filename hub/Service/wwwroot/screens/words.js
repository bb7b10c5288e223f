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
