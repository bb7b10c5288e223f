// Presses by mouse, finger and key, on pages whose parts change while people press. Two rules hold on every page: a press belongs to what
// stood there when it began; and a button that has just taken another's place takes no press for a moment, neither the second half of a
// double press nor one that was aimed at what stood there before. A press elsewhere counts at once.
const MOMENT = 500;
const FORM_RESTS = 1_000;
const CAUSED_WITHIN = 2_000;
const EDGE = 24;
const CONTACT_STAYS = 10_000;
const MEMORY = "reception.press";
const PRESSABLE = "button, a[href], label";

const act = { on: () => {}, atContact: false, contactStays: () => {} };

/**
 * Hands each press to the page, once: the button as it was when the press began.
 * @param {(button: { dataset: DOMStringMap, id: string, element: HTMLElement }) => void} on
 * @param {{ atContact?: boolean, contactStays?: () => void }} options
 *   atContact: a pointer's press counts when it touches and not when it lets go; contactStays: a finger, or something that leans on
 *   the glass, has stayed for 10 s.
 */
export function onPress(on, { atContact = false, contactStays = () => {} } = {}) {
  Object.assign(act, { on, atContact, contactStays });
}

/** Presses the button whose `data-key` this is, where there is one that can be pressed. */
export function pressKey(key) {
  const button = document.querySelector(`[data-key="${CSS.escape(key)}"]:not(:disabled)`);
  if (button !== null && button.dataset.fresh === undefined) {
    pressed = { key, at: performance.now() };
    act.on(snapshot(button));
  }
}

/** Lets these buttons take no press for now; each still means what it meant. */
export function lock(buttons) {
  for (const button of buttons) {
    button.dataset.locked = "";
    button.disabled = true;
  }
}

// --- what stands where, and what stood there a moment ago --------------------------------------------------------------

/** The last press: its point or key, and when. */
let pressed = { at: -Infinity };
let standing = look();
/** What something else has taken the place of, until when that rests, and the press that brought it about, or null. */
let shields = recall();
let ends = null;

/** What a button or link means; one that is locked or rests for a moment means the same. */
function what(element) {
  const { locked, fresh, ...data } = element.dataset;
  return JSON.stringify([element.id, element.getAttribute("href"), element.getAttribute("value"), element.form?.action, data]);
}

/** All that could be pressed now, and where. */
function look() {
  const places = [];
  const open = document.querySelector("dialog[open]") ?? document;
  for (const element of open.querySelectorAll(PRESSABLE)) {
    if (element.disabled && element.dataset.locked === undefined) continue;
    const { left, top, right, bottom } = element.getBoundingClientRect();
    if (right > left && bottom > top) places.push({ element, what: what(element), key: element.dataset.key, left, top, right, bottom });
  }
  return places;
}

const within = (place, x, y, edge) => x >= place.left - edge && x <= place.right + edge && y >= place.top - edge && y <= place.bottom + edge;
const overlap = (one, other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
const stands = (old, places) => places.some(place => place.what === old.what && within(place, (old.left + old.right) / 2, (old.top + old.bottom) / 2, 0));

function compare() {
  const now = performance.now();
  const places = look();
  // What a press has brought about rests where that press was; what came by itself rests everywhere.
  const cause = now - pressed.at < CAUSED_WITHIN ? pressed : null;
  const gone = standing.filter(old => !stands(old, places)).map(({ element, ...place }) => ({ ...place, cause, until: now + MOMENT }));
  shields = [...shields.filter(shield => shield.until > now), ...gone];
  standing = places;
  mark();
}

/**
 * Lets what has just taken another's place rest: no pointer reaches it (theme.css), nor does its own key. Enter and Space go to where the
 * focus is, and are held off only from what the last press has brought about.
 */
function mark() {
  const now = performance.now();
  shields = shields.filter(shield => shield.until > now);
  for (const { element, ...place } of standing) {
    // A link only leads to a page, and that page takes the second half of a double press into account.
    if (element.matches("a")) continue;
    const over = shields.filter(shield => shield.what !== place.what && takesPlaceOf(place, shield));
    const fresh = over.length === 0 ? undefined : over.some(shield => shield.cause !== null) ? "by press" : "by itself";
    if (fresh === element.dataset.fresh) continue;
    if (fresh === undefined) delete element.dataset.fresh;
    else element.dataset.fresh = fresh;
  }
  clearTimeout(ends);
  if (shields.length > 0) ends = setTimeout(mark, Math.min(...shields.map(shield => shield.until)) - now + 1);
}

function takesPlaceOf(place, { cause, ...shield }) {
  const sameKey = place.key !== undefined && place.key === shield.key;
  if (!sameKey && !overlap(place, shield)) return false;
  if (cause === null) return true;
  return cause.key === undefined ? within(place, cause.x, cause.y, EDGE) : sameKey && cause.key === place.key;
}

/** A press that led away from the page before must not go on here. */
function recall() {
  const places = JSON.parse(sessionStorage.getItem(MEMORY) ?? "[]");
  sessionStorage.removeItem(MEMORY);
  return places.map(place => ({ ...place, cause: null, until: performance.now() + MOMENT }));
}

addEventListener("pagehide", () => {
  if (performance.now() - pressed.at > CAUSED_WITHIN || pressed.key !== undefined) return;
  const here = standing.filter(place => within(place, pressed.x, pressed.y, 0)).map(({ element, ...place }) => place);
  sessionStorage.setItem(MEMORY, JSON.stringify(here));
});

new MutationObserver(compare).observe(document.documentElement, { subtree: true, childList: true, attributes: true });
addEventListener("scroll", () => requestAnimationFrame(() => { standing = look(); }), { capture: true, passive: true });
addEventListener("resize", () => { standing = look(); });
mark();

// --- a press, from its beginning to its end ------------------------------------------------------------------------------

/** What is pressed now, by pointer id or key. */
const pressing = new Map();

const snapshot = element => ({ element, id: element.id, dataset: { ...element.dataset } });
const pressable = target => {
  const element = target.closest?.(PRESSABLE);
  return element && !element.disabled ? element : null;
};

addEventListener("pointerdown", event => {
  watchContact(event.pointerId);
  const element = pressable(event.target);
  if (element === null || event.button > 0) return;
  const { clientX: x, clientY: y } = event;
  const { left, top, right, bottom } = element.getBoundingClientRect();
  pressed = { x, y, at: performance.now() };
  if (!element.matches("button")) return;
  const button = snapshot(element);
  if (act.atContact) act.on(button);
  else pressing.set(event.pointerId, { button, left, top, right, bottom });
}, true);

addEventListener("pointerup", event => {
  endContact(event.pointerId);
  const press = pressing.get(event.pointerId);
  pressing.delete(event.pointerId);
  if (press !== undefined && within(press, event.clientX, event.clientY, EDGE)) act.on(press.button);
}, true);

addEventListener("pointercancel", event => {
  endContact(event.pointerId);
  pressing.delete(event.pointerId);
}, true);

// A click without a pointer is a key, or a program that helps a person to press.
addEventListener("click", event => {
  const element = pressable(event.target);
  if (element === null || event.detail > 0) return;
  if (element.dataset.fresh === "by press") {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  const { left, top, right, bottom } = element.getBoundingClientRect();
  pressed = { x: (left + right) / 2, y: (top + bottom) / 2, at: performance.now() };
  if (element.matches("button")) act.on(snapshot(element));
}, true);

addEventListener("keydown", event => {
  // Escape closes a dialog: what then stands there has not come by itself.
  if (event.key === "Escape" && document.querySelector("dialog[open]") !== null) pressed = { key: event.key, at: performance.now() };
  if (event.key !== "Enter" && event.key !== " ") return;
  const element = pressable(event.target);
  if (element === null) return;
  // A key that is held down is one press.
  if (event.repeat) event.preventDefault();
  else if (event.key === " " && element.matches("button")) pressing.set(event.key, snapshot(element));
}, true);

// Space presses when it is let go; where its button was taken away meanwhile, the browser knows nothing of the press, or gives it to another.
addEventListener("keyup", event => {
  const button = pressing.get(event.key);
  pressing.delete(event.key);
  if (button === undefined || button.element.isConnected) return;
  event.preventDefault();
  act.on(button);
}, true);

addEventListener("blur", () => pressing.clear());

// --- forms, and contacts that stay ---------------------------------------------------------------------------------------

const sentAt = new WeakMap();
addEventListener("submit", event => {
  if (event.target.method === "dialog") return;
  if (performance.now() - (sentAt.get(event.target) ?? -Infinity) < FORM_RESTS) {
    event.preventDefault();
    event.stopImmediatePropagation();
  } else {
    sentAt.set(event.target, performance.now());
  }
}, true);

/** The timer of each contact, by pointer id. */
const contacts = new Map();

function watchContact(id) {
  endContact(id);
  contacts.set(id, setTimeout(() => act.contactStays(), CONTACT_STAYS));
}

function endContact(id) {
  clearTimeout(contacts.get(id));
  contacts.delete(id);
}
