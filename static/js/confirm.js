// 'Weet je het zeker?' in a dialog of the page itself.
export function ask(question) {
  const dialog = document.getElementById("confirm");
  if (dialog.open) return Promise.resolve(false);
  dialog.querySelector("[data-question]").textContent = question;
  return new Promise((resolve) => {
    dialog.returnValue = "no";
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
    dialog.showModal();
  });
}
