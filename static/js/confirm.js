// 'Weet je het zeker?' in a dialog of the page itself.
import { the } from "./elements.js";

/** @param {string} question @returns {Promise<boolean>} */
export function ask(question) {
  const dialog = the("dialog#confirm");
  if (dialog.open) return Promise.resolve(false);
  the("[data-question]", dialog).textContent = question;
  return new Promise((resolve) => {
    dialog.returnValue = "no";
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
    dialog.showModal();
  });
}
