// Drawing on a sheet, with a finger, a pen or a mouse. The notebook keeps the picture.
const watched = new WeakSet();
// As thick as a felt pen, on a canvas that is 640 wide.
const THICK = 5;

/** The notebook hears of it. @param {HTMLCanvasElement} canvas */
const tell = (canvas) => canvas.dispatchEvent(new Event("input", { bubbles: true }));

/** Where the pointer is, in the canvas's own measure. @param {HTMLCanvasElement} canvas @param {PointerEvent} event */
function spot(canvas, event) {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  return { x: ((event.clientX - left) * canvas.width) / width, y: ((event.clientY - top) * canvas.height) / height };
}

/** @param {HTMLCanvasElement} canvas */
function draw(canvas) {
  const pen = canvas.getContext("2d");
  if (!pen) return;
  Object.assign(pen, { lineWidth: THICK, lineCap: "round", lineJoin: "round" });
  /** @type {number | null} */
  let stroke = null;
  canvas.addEventListener("pointerdown", (event) => {
    stroke = event.pointerId;
    canvas.setPointerCapture(stroke);
    const { x, y } = spot(canvas, event);
    pen.beginPath();
    pen.moveTo(x, y);
    // A tap is a dot.
    pen.lineTo(x, y);
    pen.stroke();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (event.pointerId !== stroke) return;
    const { x, y } = spot(canvas, event);
    pen.lineTo(x, y);
    pen.stroke();
  });
  for (const end of /** @type {const} */ (["pointerup", "pointercancel"])) {
    canvas.addEventListener(end, (event) => {
      if (event.pointerId !== stroke) return;
      stroke = null;
      tell(canvas);
    });
  }
}

/** @param {HTMLElement} root */
export function enhance(root) {
  for (const canvas of root.querySelectorAll(".k-werkblad canvas")) {
    if (!(canvas instanceof HTMLCanvasElement) || watched.has(canvas)) continue;
    watched.add(canvas);
    draw(canvas);
  }
  for (const button of root.querySelectorAll(".k-werkblad [data-draw-again]")) {
    if (watched.has(button)) continue;
    watched.add(button);
    button.addEventListener("click", () => {
      const canvas = document.getElementById(button.dataset.drawAgain ?? "");
      if (!(canvas instanceof HTMLCanvasElement)) return;
      canvas.getContext("2d")?.clearRect(0, 0, canvas.width, canvas.height);
      tell(canvas);
    });
  }
}
