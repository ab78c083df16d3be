// What the code is answered with comes into the page on which it was typed: to begin a page takes a slow phone longer
// than the network does. Both have the same headers.
import { around, the } from "./elements.js";

const PAGES = [200, 422]; // the meeting, or that the code is wrong

/** @param {HTMLFormElement} form */
async function answerOf(form) {
  const body = new URLSearchParams(/** @type {any} */ (new FormData(form)));
  const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" });
  if (!PAGES.includes(answer.status)) throw new Error(String(answer.status));
  return { html: await answer.text(), address: answer.headers.get("Content-Location") };
}

/** `onCame()` is called when there is something else on the page. @param {() => void} onCame */
export function stayHere(onCame) {
  document.addEventListener("submit", async (event) => {
    const form = around(event, "form[data-stay]");
    if (!form) return;
    event.preventDefault();
    if (form.ariaBusy) return;
    form.ariaBusy = "true";
    try {
      const { html, address } = await answerOf(form);
      const { body, title } = new DOMParser().parseFromString(html, "text/html");
      if (address) {
        history.replaceState(true, "");
        history.pushState(true, "", address);
      }
      document.title = title;
      document.body.replaceWith(body);
      scrollTo(0, 0);
      const first = document.querySelector("[aria-invalid]") ?? the("h1");
      if (first.localName === "h1") first.tabIndex = -1;
      first.focus();
      onCame();
    } catch {
      // It leads elsewhere, or does not come: the browser knows what to do.
      form.submit();
    }
  });
  // The other of two addresses that were on one page: what was there is not kept.
  addEventListener("popstate", ({ state }) => state && location.reload());
}
