// What kinds do in the browser themselves. The script of a kind comes when something of that kind is on the page; those
// of kinds that the meeting still has to come are fetched a while after the page is there, when nothing waits for them.
const LATER = 3000;
const SPREAD = 6000;

/**
 * Behaviours are modules of kinds with `enhance(root, {command})`; one that fails leaves the others alone. `enhance`
 * runs those that are here, `look` fetches those that the page needs and tells whether any came, and `fetchLater` gets
 * the rest into the cache.
 * @param {HTMLElement} main
 */
export function behavioursOf(main) {
  /** The kinds of this meeting that have one. @type {Record<string, string>} */
  const urls = JSON.parse(main.dataset.behaviours || "{}");
  /** @type {Enhance[]} */
  const here = [];
  /** @type {Set<string>} */
  const asked = new Set();

  /** @param {string} name */
  async function bring(name) {
    asked.add(name);
    try {
      const { enhance } = await import(urls[name]);
      here.push(enhance);
      return true;
    } catch (error) {
      // Perhaps there was no network: it is tried again when the page changes.
      asked.delete(name);
      console.error(error);
      return false;
    }
  }

  return {
    /** @param {Tools} tools */
    enhance(tools) {
      for (const enhance of here) {
        try {
          enhance(main, tools);
        } catch (error) {
          console.error(error);
        }
      }
    },
    async look() {
      const wanted = Object.keys(urls).filter((name) => !asked.has(name) && main.querySelector(`[class*="k-${name}"]`));
      return (await Promise.all(wanted.map(bring))).some(Boolean);
    },
    fetchLater() {
      const rest = Object.keys(urls).filter((name) => !asked.has(name));
      // Not all of a room in the same moment.
      setTimeout(() => {
        for (const name of rest) document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href: urls[name] }));
      }, LATER + Math.random() * SPREAD);
    },
  };
}
