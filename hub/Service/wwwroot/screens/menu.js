// The tabs of the bar: those that have no room go into the last one, from the end.
const bar = document.querySelector(".leader");
const nav = bar.querySelector("nav");
const more = nav.querySelector("details");
const tabs = [...nav.querySelectorAll(":scope > a")];

const isFull = () => nav.scrollWidth > nav.clientWidth;

function fit() {
  const focused = document.activeElement;
  nav.prepend(...tabs);
  more.hidden = true;
  for (const tab of tabs.toReversed()) {
    if (!isFull()) break;
    more.hidden = false;
    more.lastElementChild.prepend(tab);
  }
  if (more.hidden) more.open = false;
  // At the left end of a narrow screen it opens to the right.
  more.classList.toggle("first", more.getBoundingClientRect().right < 200);
  if (nav.contains(focused) && document.activeElement !== focused) focused.focus();
}

nav.classList.add("fitted");
fit();
const room = new ResizeObserver(fit);
for (const part of [bar, ...bar.querySelectorAll(".right > *")]) room.observe(part);
document.fonts.ready.then(fit);

addEventListener("click", event => { if (!more.contains(event.target)) more.open = false; });
addEventListener("keydown", event => {
  if (event.key !== "Escape" || !more.open) return;
  more.open = false;
  more.firstElementChild.focus();
});
