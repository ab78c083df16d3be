// A short word to the person, read out by screen readers too.
/** @param {string} text */
export function say(text, { lasting = false } = {}) {
  const box = document.getElementById("toast");
  if (!box) return;
  clearTimeout(Number(box.dataset.timer));
  box.textContent = text;
  box.classList.toggle("is-shown", Boolean(text));
  // On the page, for there may be two of this: see notebook_part.js.
  if (text && !lasting) box.dataset.timer = String(setTimeout(() => say(""), Math.max(5000, text.length * 90)));
}
