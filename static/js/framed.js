// A screen that control shows small, in a frame, is no screen in the room.
export const inside = globalThis.window && window.parent !== window ? { small: "yes" } : {};
