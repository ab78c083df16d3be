// What `tsc` must know of our pages besides the scripts; browsers never see this.

/** What a selector finds, by the tag of its last part. All that we look for is HTML. */
type Found<Selector extends string> =
  Selector extends `${infer One}, ${infer Other}` ? Found<One> | Found<Other>
  : Selector extends `${string} ${infer Last}` ? Found<Last>
  : Selector extends `${infer Tag}[${string}` ? Found<Tag>
  : Selector extends `${infer Tag}#${string}` ? Found<Tag>
  : Selector extends `${infer Tag}:${string}` ? Found<Tag>
  : Selector extends keyof HTMLElementTagNameMap ? HTMLElementTagNameMap[Selector]
  : HTMLElement;

interface ParentNode {
  querySelector<Selector extends string>(selector: Selector): Found<Selector> | null;
  querySelectorAll<Selector extends string>(selector: Selector): NodeListOf<Found<Selector>>;
}

interface Element {
  closest<Selector extends string>(selector: Selector): Found<Selector> | null;
}

/** What our forms consist of. */
type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement | HTMLButtonElement | HTMLFieldSetElement;

interface HTMLFormControlsCollection {
  [Symbol.iterator](): ArrayIterator<Field>;
}

/** What a template says: see `tools/markup.mjs`. */
declare module "*.html" {
  const markup: string;
  export default markup;
}

interface Window {
  /** From early.js: what was pressed before the scripts were there, each with the button that sent the form. */
  takePresses<Tag extends "form" | "button">(tag: Tag): [HTMLElementTagNameMap[Tag], HTMLElement | null][];
  /** From first_socket.js: the socket of the page, and what came by it until now. Only who asks first gets it. */
  takeSocket?(): [WebSocket, MessageEvent[]];
}
