/** @file What a hand does to a timeline: wheel, drag, pinch and keys become moves of its view. */

const WHEEL = 0.0016;
const CLICK_PX = 4;
const SCROLL_MS = 250;

/**
 * @param {HTMLElement} node
 * @param {object} on `zoom(factor, x)`, `pan(pixels)`, `settle()`, `click(x, y)`, `point(x, y)`, `leave()`, `step(direction)`,
 *   `open()`, `all()`, `glidePan(pixels)` and `glideZoom(factor)` of a key; x and y in pixels of the node
 */
export function listen(node, on) {
  const held = new Map();
  let travelled = 0;
  let timer = 0;
  const settleSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(on.settle, 180);
  };
  const place = (event) => {
    const box = node.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  let elsewhere = -Infinity; // when the wheel last turned beside the timeline: scrolling the page goes on over it
  addEventListener("wheel", (event) => node.contains(event.target) || (elsewhere = event.timeStamp), { passive: true });
  node.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && event.timeStamp - elsewhere < SCROLL_MS) {
        elsewhere = event.timeStamp;
        return;
      }
      event.preventDefault();
      const unit = event.deltaMode === 1 ? 16 : 1;
      if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) on.pan((event.deltaX || event.deltaY) * unit);
      else on.zoom(Math.exp(event.deltaY * unit * WHEEL * (event.ctrlKey ? 4 : 1)), place(event).x);
      settleSoon();
    },
    { passive: false },
  );

  node.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    held.set(event.pointerId, place(event));
    node.setPointerCapture(event.pointerId);
    if (held.size === 1) travelled = 0;
  });

  node.addEventListener("pointermove", (event) => {
    const now = place(event);
    const before = held.get(event.pointerId);
    if (!before) return on.point(now.x, now.y);
    const other = [...held].find(([id]) => id !== event.pointerId)?.[1];
    held.set(event.pointerId, now);
    travelled += Math.abs(now.x - before.x);
    if (other) {
      const [wide, wider] = [Math.abs(before.x - other.x), Math.abs(now.x - other.x)].map((one) => Math.max(12, one));
      on.zoom(wide / wider, (now.x + other.x) / 2);
    }
    if (travelled > CLICK_PX) on.pan((before.x - now.x) / (other ? 2 : 1));
  });

  const release = (event) => {
    if (!held.delete(event.pointerId) || held.size) return;
    const now = place(event);
    if (travelled <= CLICK_PX && event.type === "pointerup") on.click(now.x, now.y);
    else on.settle();
  };
  node.addEventListener("pointerup", release);
  node.addEventListener("pointercancel", release);
  node.addEventListener("pointerleave", () => on.leave());
  node.addEventListener("blur", () => on.leave());

  node.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const keys = {
      ArrowLeft: () => on.glidePan(-node.clientWidth * 0.15),
      ArrowRight: () => on.glidePan(node.clientWidth * 0.15),
      ArrowUp: () => on.glideZoom(0.7),
      ArrowDown: () => on.glideZoom(1 / 0.7),
      "+": () => on.glideZoom(0.7),
      "=": () => on.glideZoom(0.7),
      "-": () => on.glideZoom(1 / 0.7),
      Home: () => on.all(),
      n: () => on.step(1),
      p: () => on.step(-1),
      Enter: () => on.open(),
    };
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
    if (!["Home", "n", "p", "Enter"].includes(event.key)) settleSoon();
  });
}
