// Drawing with a finger or a mouse.
const watched = new WeakSet();

export function enhance(root) {
  const canvas = root.querySelector("#schrift-lijn");
  if (!canvas || watched.has(canvas)) return;
  watched.add(canvas);
  const pen = canvas.getContext("2d");
  canvas.addEventListener("pointermove", (event) => {
    if (!event.buttons) return;
    pen.fillRect(event.offsetX, event.offsetY, 4, 4);
  });
  canvas.addEventListener("pointerup", () => canvas.dispatchEvent(new Event("input", { bubbles: true })));
}
