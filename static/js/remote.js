// On a phone the parts of control lie beside each other: the links to them say which is seen.

/** To be called after every morph. @param {ParentNode} root */
export function markParts(root) {
  const frame = root.querySelector(".c-body")?.getBoundingClientRect();
  if (!frame) return;
  for (const link of root.querySelectorAll(".c-tabs a")) {
    const part = root.querySelector(link.getAttribute("href") ?? "");
    const { left, right } = part?.getBoundingClientRect() ?? frame;
    const middle = (left + right) / 2;
    if (middle > frame.left && middle < frame.right) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

// It does not bubble.
document.addEventListener("scroll", () => markParts(document), { capture: true, passive: true });
addEventListener("resize", () => markParts(document));
