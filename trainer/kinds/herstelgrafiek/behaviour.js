// The line follows from the list of points: a tap on the drawing fills in the list, and the list is drawn.
const watched = new WeakSet();
/** Rows that somebody asked for, and did not fill in yet. @type {WeakSet<HTMLElement>} */
const opened = new WeakSet();

// The drawing, on a canvas of 600 by 450; it is black on white, for it goes along as a picture.
const AREA = { left: 40, right: 570, top: 90, bottom: 380 };
const HIGHEST = 10;
// How near to a point a finger takes hold of it.
const NEAR = 34;
// From one line of words to the next.
const LINE = 26;
const FONT = "'Atkinson Hyperlegible', sans-serif";

/** @typedef {{row: HTMLElement, when: number, height: number, word: string, helped: string}} Point */

/** A field of the period, or of a point. @param {HTMLElement} within @param {string} name */
function field(within, name) {
  const found = within.querySelector(`[data-graph="${name}"]`);
  return /** @type {HTMLInputElement | HTMLSelectElement} */ (found);
}

/** @param {HTMLElement} graph */
const rowsOf = (graph) => [...graph.querySelectorAll("[data-graph-point]")];

/** @param {HTMLElement} row */
const fieldsOf = (row) => ["when", "height", "word", "helped"].map((name) => field(row, name));

/** @param {HTMLElement} row */
const isEmpty = (row) => fieldsOf(row).every(({ value }) => !value.trim());

/** The points that can be drawn, from early to late. @param {HTMLElement} graph @returns {Point[]} */
function pointsOf(graph) {
  const points = rowsOf(graph)
    .filter((row) => field(row, "when").value && field(row, "height").value)
    .map((row) => {
      const [when, height, word, helped] = fieldsOf(row).map(({ value }) => value.trim());
      return { row, when: Number(when), height: Number(height), word, helped };
    });
  return points.sort((one, other) => one.when - other.when);
}

/** The period: what its owner chose, and wider where points need that; null while nobody knows. @param {HTMLElement} graph */
function periodOf(graph) {
  const chosen = ["from", "to"].map((name) => field(graph, name).value).filter(Boolean).map(Number);
  const moments = [...chosen, ...pointsOf(graph).map(({ when }) => when)];
  if (!moments.length || (chosen.length < 2 && new Set(moments).size < 2)) return null;
  const from = Math.min(...moments);
  return { from, to: Math.max(...moments, from + 1) };
}

/** @typedef {NonNullable<ReturnType<typeof periodOf>>} Period */

/** @param {Period} period @param {{when: number, height: number}} point */
const spotOf = ({ from, to }, { when, height }) => ({
  x: AREA.left + ((AREA.right - AREA.left) * (when - from)) / (to - from),
  y: AREA.bottom - ((AREA.bottom - AREA.top) * height) / HIGHEST,
});

/** What a spot on the canvas means. @param {Period} period @param {{x: number, y: number}} spot */
function momentOf({ from, to }, { x, y }) {
  const part = (/** @type {number} */ at, /** @type {number} */ first, /** @type {number} */ last) =>
    Math.min(1, Math.max(0, (at - first) / (last - first)));
  return {
    when: Math.round(from + part(x, AREA.left, AREA.right) * (to - from)),
    height: Math.round(part(y, AREA.bottom, AREA.top) * HIGHEST),
  };
}

/** A text as it is written, with the middle of it as near to `x` as the canvas has room for. @param {CanvasRenderingContext2D} pen @param {string} text @param {number} x */
function placed(pen, text, x) {
  const short = text.length > 22 ? `${text.slice(0, 21)}…` : text;
  const half = pen.measureText(short).width / 2;
  return { short, half, middle: Math.min(Math.max(x, AREA.left + half), 596 - half) };
}

/** @param {CanvasRenderingContext2D} pen @param {string} text @param {number} x @param {number} y */
function write(pen, text, x, y) {
  const { short, middle } = placed(pen, text, x);
  pen.fillText(short, middle, y);
}

/** @typedef {{left: number, right: number, y: number}} Written */

/**
 * The lines beside a point: above or below it, where nothing is written yet when there is such a place.
 * @param {CanvasRenderingContext2D} pen @param {string[]} lines @param {{x: number, y: number}} spot @param {boolean} above @param {Written[]} taken
 */
function label(pen, lines, { x, y }, above, taken) {
  const at = (/** @type {boolean} */ isAbove) =>
    lines.map((text, line) => {
      const { half, middle } = placed(pen, text, x);
      return { left: middle - half, right: middle + half, y: isAbove ? y - 22 - LINE * (lines.length - 1 - line) : y + 40 + LINE * line };
    });
  const isFree = (/** @type {Written[]} */ places) =>
    places.every((one) => taken.every((other) => one.right < other.left || other.right < one.left || Math.abs(one.y - other.y) >= LINE));
  const places = [at(above), at(!above)].find(isFree) ?? at(above);
  places.forEach((place, line) => write(pen, lines[line], x, place.y));
  taken.push(...places);
}

/** @param {CanvasRenderingContext2D} pen @param {Period} period */
function drawAxes(pen, { from, to }) {
  pen.fillStyle = "white";
  pen.fillRect(0, 0, pen.canvas.width, pen.canvas.height);
  pen.strokeStyle = "gray";
  pen.lineWidth = 2;
  pen.beginPath();
  pen.moveTo(AREA.left - 18, 16);
  pen.lineTo(AREA.left - 18, AREA.bottom + 20);
  pen.lineTo(594, AREA.bottom + 20);
  pen.stroke();
  pen.fillStyle = "dimgray";
  pen.font = `22px ${FONT}`;
  pen.textAlign = "left";
  pen.fillText("goed", AREA.left - 10, 32);
  pen.fillText("moeilijk", AREA.left - 10, AREA.bottom + 12);
  pen.textAlign = "center";
  write(pen, String(from), AREA.left, AREA.bottom + 48);
  write(pen, String(to), AREA.right, AREA.bottom + 48);
}

/** @param {CanvasRenderingContext2D} pen @param {Period} period @param {Point[]} points */
function drawLine(pen, period, points) {
  const spots = points.map((point) => spotOf(period, point));
  Object.assign(pen, { strokeStyle: "black", fillStyle: "black", lineWidth: 6, lineJoin: "round", lineCap: "round" });
  pen.beginPath();
  for (const { x, y } of spots) pen.lineTo(x, y);
  pen.stroke();
  /** @type {Written[]} */
  const taken = [];
  points.forEach(({ height, word, helped }, place) => {
    const { x, y } = spots[place];
    const beside = [points[place - 1], points[place + 1]].filter(Boolean);
    const isTop = beside.reduce((sum, other) => sum + height - other.height, 0) >= 0;
    pen.font = `44px ${FONT}`;
    if (helped) pen.fillText("★", x, y + 15);
    else {
      pen.beginPath();
      pen.arc(x, y, 10, 0, 2 * Math.PI);
      pen.fill();
    }
    pen.font = `24px ${FONT}`;
    label(pen, [word, helped].filter(Boolean), { x, y }, isTop, taken);
  });
}

/** Draws the list. @param {HTMLElement} graph */
function draw(graph) {
  const canvas = graph.querySelector("canvas");
  const pen = canvas?.getContext("2d");
  if (!canvas || !pen) return;
  const points = pointsOf(graph);
  const period = periodOf(graph);
  pen.clearRect(0, 0, canvas.width, canvas.height);
  if (period) {
    drawAxes(pen, period);
    drawLine(pen, period, points);
  }
  const rows = rowsOf(graph);
  rows.forEach((row, place) => (row.hidden = place > 0 && isEmpty(row) && !opened.has(row)));
}

/** What its owner changed is drawn, and the notebook hears of the drawing. @param {HTMLElement} graph */
function redraw(graph) {
  draw(graph);
  graph.querySelector("canvas")?.dispatchEvent(new Event("input", { bubbles: true }));
}

/** @param {HTMLElement} row @param {{when: number, height: number}} moment */
function put(row, { when, height }) {
  for (const [name, value] of Object.entries({ when, height })) {
    field(row, name).value = String(value);
    field(row, name).dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/** @param {HTMLElement} within */
function empty(within) {
  for (const each of within.querySelectorAll("[data-graph]")) {
    const kept = /** @type {HTMLInputElement | HTMLSelectElement} */ (each);
    kept.value = "";
    kept.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/** A row that is not used yet. @param {HTMLElement} graph */
function freeRow(graph) {
  const row = rowsOf(graph).find((each) => isEmpty(each));
  say(graph, row ? "" : "Meer punten passen er niet bij. Haal er eerst een weg.");
  if (row) opened.add(row);
  return row;
}

/** @param {HTMLElement} graph @param {string} text */
function say(graph, text) {
  const place = graph.querySelector("[data-graph-says]");
  if (place) place.textContent = text;
}

/** Points are put and moved on the drawing. @param {HTMLElement} graph @param {HTMLCanvasElement} canvas */
function takeTaps(graph, canvas) {
  /** @type {HTMLElement | undefined} */
  let held;
  const at = (/** @type {PointerEvent} */ event) => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    return { x: ((event.clientX - left) * canvas.width) / width, y: ((event.clientY - top) * canvas.height) / height };
  };
  canvas.addEventListener("pointerdown", (event) => {
    const period = periodOf(graph);
    if (!period) {
      say(graph, "Kies eerst hierboven van wanneer tot wanneer.");
      return;
    }
    const { x, y } = at(event);
    const far = (/** @type {Point} */ point) => Math.hypot(spotOf(period, point).x - x, spotOf(period, point).y - y);
    const near = pointsOf(graph).filter((point) => far(point) < NEAR).sort((one, other) => far(one) - far(other));
    held = near.length ? near[0].row : freeRow(graph);
    if (!held) return;
    canvas.setPointerCapture(event.pointerId);
    put(held, momentOf(period, { x, y }));
  });
  canvas.addEventListener("pointermove", (event) => {
    const period = periodOf(graph);
    if (held && period) put(held, momentOf(period, at(event)));
  });
  for (const end of /** @type {const} */ (["pointerup", "pointercancel"])) canvas.addEventListener(end, () => (held = undefined));
}

/** @param {HTMLElement} graph */
function savePicture(graph) {
  const canvas = graph.querySelector("canvas");
  if (!canvas || !pointsOf(graph).length) {
    say(graph, "Er staat nog geen punt op de lijn.");
    return;
  }
  // Browsers keep the address of a file in their history: the picture may not be in it.
  canvas.toBlob((picture) => {
    if (!picture) return;
    const href = URL.createObjectURL(picture);
    Object.assign(document.createElement("a"), { href, download: "herstelgrafiek.png" }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
    say(graph, "Het plaatje is bewaard. Wie het heeft, kan het zien.");
  }, "image/png");
}

/** @param {HTMLElement} graph @param {HTMLElement} button */
function press(graph, button) {
  const { graphRemove } = button.dataset;
  const row = graphRemove ? graph.querySelector(`[data-graph-point="${graphRemove}"]`) : null;
  if (row) {
    opened.delete(row);
    empty(row);
    graph.querySelector("[data-graph-more]")?.focus();
  } else if ("graphMore" in button.dataset) {
    const free = rowsOf(graph).find((each) => each.hidden) ?? freeRow(graph);
    if (free) opened.add(free);
    draw(graph);
    if (free) field(free, "when").focus();
  } else if ("graphPicture" in button.dataset) {
    savePicture(graph);
  } else if ("graphWipe" in button.dataset) {
    empty(graph);
    for (const each of rowsOf(graph)) opened.delete(each);
    const fold = button.closest("details");
    fold?.removeAttribute("open");
    fold?.querySelector("summary")?.focus();
    say(graph, "Je grafiek is gewist.");
  } else return;
  redraw(graph);
}

/** @param {HTMLElement} graph */
function begin(graph) {
  const canvas = graph.querySelector("canvas");
  if (canvas) takeTaps(graph, canvas);
  graph.addEventListener("input", ({ target }) => target instanceof HTMLCanvasElement || redraw(graph));
  graph.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("button") : null;
    if (button) press(graph, button);
  });
  // What came back from the notebook, or was wiped.
  for (const each of graph.querySelectorAll("[data-keep]")) each.addEventListener("kept", () => draw(graph));
}

/** @param {HTMLElement} root */
export function enhance(root) {
  for (const graph of root.querySelectorAll(".k-herstelgrafiek--phone")) {
    if (!watched.has(graph)) {
      watched.add(graph);
      begin(graph);
    }
    draw(graph);
  }
}
