// The total of the minutes follows what is typed.
const total = document.querySelector("[data-total-minutes]");
const counted = () => [...document.querySelectorAll("input[data-counts]")].filter((field) => field instanceof HTMLInputElement);

if (total && counted().length) {
  document.addEventListener("input", () => {
    total.textContent = String(counted().reduce((sum, { value }) => sum + (Number.parseInt(value, 10) || 0), 0));
  });
}

export {};
