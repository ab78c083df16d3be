// What a live page does before there is a form to send. From here on no form is ever sent by the browser itself: what
// was typed would leave the page, or stand in its address. What is pressed before the other scripts are there, waits
// for them.
export function holdPresses() {
  // The sentence for browsers without scripts need not be read.
  document.documentElement.classList.add("has-script");
  document.documentElement.classList.toggle("has-speech", "speechSynthesis" in window);
  const LOADING = "De pagina laadt nog. Wat je invult, gaat zo vanzelf mee.";
  const FAILED = "De pagina is niet goed geladen. Kopieer je tekst en laad de pagina opnieuw.";
  /** @type {Map<any, HTMLElement | null>} */
  const presses = new Map(); // a form or a button -> the button that sent the form
  const taken = new Set(); // "form", "button": what the scripts look after by now

  let failed = false;

  /** As in elements.js. @template {string} Selector @param {Event} event @param {Selector} selector */
  const around = ({ target }, selector) => (target instanceof Element ? target.closest(selector) : null);

  function tell() {
    const [line, words, reload] = document.querySelectorAll("#connection, #connection > span, #connection > [data-reload]");
    words.textContent = failed ? FAILED : LOADING;
    reload.hidden = !failed;
    line.classList.add("is-shown");
  }

  /** @type {(event: Event, kind: "form" | "button", element: HTMLElement, by?: HTMLElement | null) => void} */
  function wait(event, kind, element, by = null) {
    event.preventDefault();
    if (taken.has(kind)) return;
    event.stopImmediatePropagation();
    presses.set(element, by);
    tell();
  }

  /** @type {(form: HTMLFormElement, submitter: HTMLElement | null) => boolean} */
  function closesDialog(form, submitter) {
    const method = submitter?.getAttribute("formmethod") ?? form.getAttribute("method");
    return method === "dialog" && form.closest("dialog") !== null;
  }

  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (!(form instanceof HTMLFormElement) || closesDialog(form, event.submitter)) return;
      wait(event, "form", form, event.submitter);
    },
    true,
  );
  document.addEventListener(
    "click",
    (event) => {
      const button = around(event, "button[type='button']:not([data-reload]):not([data-retry])");
      if (button && !button.disabled && !taken.has("button")) wait(event, "button", button);
    },
    true,
  );
  // A script that does not come, or one that it needs: nothing will listen any more.
  addEventListener(
    "error",
    ({ target }) => {
      if (!(target instanceof HTMLScriptElement)) return;
      failed = true;
      tell();
    },
    true,
  );
  addEventListener("click", (event) => around(event, "[data-reload]") && location.reload());

  /** From now on scripts look after all forms, or all buttons: gives the [element, submitter] that wait. */
  window.takePresses = (kind) => {
    taken.add(kind);
    const waiting = [...presses].filter(([element]) => element.localName === kind && element.isConnected);
    for (const [element] of waiting) presses.delete(element);
    return waiting;
  };
}
