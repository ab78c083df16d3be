// When a newer Kwartier runs, a page of before goes on as it is, says so, and loads itself anew between two steps; not
// while anything is on it that would be gone then.

/** @param {string} key */
const stepOf = (key) => key.split("/")[0];

/**
 * `build` is the version of the scripts on this page, and `holds()` tells whether something would be lost. `isOld` and
 * `isNow(view, before)` are asked of each view that comes: whether the page is of another version, and whether to load
 * it again now, with the `before` that it shows.
 * @param {string | undefined} build @param {() => boolean} holds
 */
export function renewalOf(build, holds) {
  /** @param {View} view */
  const isOld = (view) => Boolean(build && view.build && view.build !== build);
  return {
    isOld,
    /** @param {View} view @param {View | null} before */
    isNow: (view, before) => isOld(view) && before !== null && stepOf(view.key) !== stepOf(before.key) && !holds(),
  };
}
