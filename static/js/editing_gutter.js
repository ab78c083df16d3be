// Line numbers beside a text, and what is wrong with it as one types.
const PAUSE = 700;

/** @param {HTMLElement} around @param {HTMLTextAreaElement} text */
function number(around, text) {
  const gutter = document.createElement("pre");
  gutter.className = "gutter";
  gutter.setAttribute("aria-hidden", "true");
  around.prepend(gutter);
  around.classList.add("has-gutter");
  let faulty = new Set();
  let drawn = 0;
  function draw() {
    const count = text.value.split("\n").length;
    if (count === drawn) return;
    drawn = count;
    const lines = Array.from({ length: count }, (_, at) => {
      const line = document.createElement("span");
      line.textContent = String(at + 1);
      if (faulty.has(at + 1)) line.className = "is-faulty";
      return line;
    });
    gutter.replaceChildren(...lines.flatMap((line, at) => (at ? ["\n", line] : [line])));
    follow();
  }
  function follow() {
    gutter.style.height = `${text.clientHeight}px`;
    gutter.scrollTop = text.scrollTop;
  }
  text.addEventListener("scroll", follow);
  new ResizeObserver(follow).observe(text);
  draw();
  return {
    draw,
    /** @param {number[]} lines */
    mark(lines) {
      faulty = new Set(lines);
      drawn = 0;
      draw();
    },
  };
}

/** @param {HTMLTextAreaElement} text @param {number} line */
function goTo(text, line) {
  const before = text.value.split("\n").slice(0, line - 1);
  const start = before.reduce((sum, each) => sum + each.length + 1, 0);
  const end = text.value.indexOf("\n", start);
  text.focus();
  text.setSelectionRange(start, end < 0 ? text.value.length : end);
  const height = Number.parseFloat(getComputedStyle(text).lineHeight) || 20;
  text.scrollTop = Math.max(0, (line - 4) * height);
}

/** @param {HTMLElement} place @param {{ line: number, message: string }[]} problems */
function tell(place, problems) {
  place.classList.toggle("notice--warn", problems.length > 0);
  const head = document.createElement("p");
  head.textContent = problems.length ? `${problems.length} ${problems.length === 1 ? "fout" : "fouten"}` : "Er zitten geen fouten in.";
  const list = document.createElement("ul");
  for (const { line, message } of problems) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = "#tekst";
    link.dataset.line = String(line);
    link.textContent = `Regel ${line}`;
    item.append(link, `: ${message}`);
    list.append(item);
  }
  place.replaceChildren(head, ...(problems.length ? [list] : []));
}

const around = document.querySelector("[data-written]");
const text = around?.querySelector("textarea");
const place = document.querySelector("[data-faults]");
const total = document.querySelector("[data-total-minutes]");

if (around instanceof HTMLElement && text && place instanceof HTMLElement) {
  const gutter = number(around, text);
  gutter.mark([...place.querySelectorAll("a[data-line]")].map((link) => Number(link instanceof HTMLElement && link.dataset.line)));
  let waiting = 0;
  let asked = 0;
  async function check() {
    const turn = ++asked;
    const body = new URLSearchParams();
    for (const name of ["csrf_token", "tekst"]) body.set(name, String(new FormData(text?.form ?? undefined).get(name) ?? ""));
    try {
      const answer = await fetch(around instanceof HTMLElement ? (around.dataset.check ?? "") : "", { method: "POST", body });
      if (!answer.ok || turn !== asked || !(place instanceof HTMLElement)) return;
      const { problems, minutes } = await answer.json();
      tell(place, problems);
      gutter.mark(problems.map((/** @type {{ line: number }} */ { line }) => line));
      if (total) total.textContent = String(minutes);
    } catch {
      // No network: the button 'Kijk na' tells it.
    }
  }
  text.addEventListener("input", () => {
    gutter.draw();
    clearTimeout(waiting);
    waiting = setTimeout(check, PAUSE);
  });
  place.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-line]") : null;
    if (!(link instanceof HTMLElement)) return;
    event.preventDefault();
    goTo(text, Number(link.dataset.line));
  });
}

export {};
