// The first name goes along with the button, and not as a post: so it is stored nowhere beside a card.
function carry(box) {
  const name = box.querySelector("input")?.value ?? "";
  for (const button of box.querySelectorAll("button[data-act]")) button.setAttribute("data-arg-name", name);
}

export function enhance(root) {
  for (const box of root.querySelectorAll(".k-diagnose-me [data-name-box]")) carry(box);
}

document.addEventListener("input", (event) => {
  const box = event.target.closest?.(".k-diagnose-me [data-name-box]");
  if (box) carry(box);
});
