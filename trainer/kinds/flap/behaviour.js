// Dragging a card to a group, for those who like that better than the menu beside the card.
const watched = new WeakSet();

/** @type {(event: Event, selector: string) => HTMLElement | null} */
const around = ({ target }, selector) => (target instanceof Element ? target.closest(selector) : null);
/** @param {Event} event */
const zoneOf = (event) => around(event, ".k-flap [data-drop-group]");

/** @param {HTMLElement | null} zone */
function mark(zone) {
  for (const other of document.querySelectorAll(".k-flap .is-over")) if (other !== zone) other.classList.remove("is-over");
  zone?.classList.add("is-over");
}

/** @type {Enhance} */
export function enhance(root, { command }) {
  if (!command || watched.has(root)) return;
  watched.add(root);
  let dragged = "";

  root.addEventListener("dragstart", (event) => {
    const card = around(event, ".k-flap [data-drag-card]");
    if (!card?.dataset.dragCard || !event.dataTransfer) return;
    dragged = card.dataset.dragCard;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
  });
  root.addEventListener("dragover", (event) => {
    const zone = dragged && zoneOf(event);
    if (!zone) return;
    event.preventDefault();
    mark(zone);
  });
  root.addEventListener("drop", (event) => {
    const zone = dragged && zoneOf(event);
    if (!zone) return;
    event.preventDefault();
    command("do:move", { id: [dragged], group: [zone.dataset.dropGroup ?? ""] });
  });
  root.addEventListener("dragend", () => {
    dragged = "";
    mark(null);
  });
}
