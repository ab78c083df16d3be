// A short word to the person, read out by screen readers too.
/** @type {number} */
let timer;

/** @param {string} text */
export function say(text, { lasting = false } = {}) {
  const box = document.getElementById("toast");
  if (!box) return;
  clearTimeout(timer);
  box.textContent = text;
  box.classList.toggle("is-shown", Boolean(text));
  if (text && !lasting) timer = setTimeout(() => say(""), Math.max(5000, text.length * 90));
}
