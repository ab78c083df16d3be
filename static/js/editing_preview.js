// The preview is drawn again when somebody stops typing, and in the size of what it shows.
const PAUSE = 900;
const SOON = 250;
const SCREEN = { width: 1280, height: 800 };
const frame = document.querySelector("iframe[name='voorbeeld']");
/** @type {HTMLButtonElement | null} */
let shown = document.querySelector("button[data-preview]");
let waiting = 0;

/** @param {HTMLButtonElement} button */
function press(button) {
  shown = button;
  if (frame instanceof HTMLElement) frame.dataset.view = button.dataset.preview ?? "";
  for (const each of document.querySelectorAll("button[data-preview]")) each.setAttribute("aria-pressed", String(each === button));
  fit();
}

/** The screen of a projector, in the width that there is. */
function fit() {
  if (!(frame instanceof HTMLElement) || !frame.parentElement) return;
  const wide = frame.dataset.view === "scherm";
  const scale = frame.parentElement.clientWidth / SCREEN.width;
  frame.classList.toggle("is-scaled", wide);
  frame.style.transform = wide ? `scale(${scale})` : "";
  frame.parentElement.style.height = wide ? `${Math.ceil(SCREEN.height * scale)}px` : "";
}

if (frame && shown) {
  new ResizeObserver(fit).observe(document.body);
  press(shown);
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("button[data-preview]") : null;
    if (button instanceof HTMLButtonElement) press(button);
  });
  // What somebody works on is what is shown: this slide, this statement.
  const item = shown.form?.querySelector("input[name='dia']");
  document.addEventListener("focusin", ({ target }) => {
    const about = target instanceof Element ? target.closest("[data-item]") : null;
    if (!(about instanceof HTMLElement) || !(item instanceof HTMLInputElement) || item.value === about.dataset.item) return;
    item.value = about.dataset.item ?? "0";
    clearTimeout(waiting);
    waiting = setTimeout(() => shown?.form?.requestSubmit(shown), SOON);
  });
  shown.form?.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => shown?.form?.requestSubmit(shown), PAUSE);
  });
}

export {};
