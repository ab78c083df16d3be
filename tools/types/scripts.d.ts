// The words that our scripts have in common; for `tsc`, browsers never see this.

/** What a form or a button says: names with their values. */
type Fields = Record<string, string[]>;

/** What the server answers. With `retry` the same message may be sent again as it is. */
type Answer = { ok: true } | { ok: false; message: string; retry: boolean; over?: boolean };

/** Sends a message, filled up to `size` bytes. */
type Send = (event: string, data: object, size?: number | string) => Promise<Answer>;

interface Link {
  send: Send;
  renew(): void;
}

/** The link of a live page, on which everything can be dropped. */
interface PageLink extends Link {
  clear(html: string): void;
}

/** What all phones see, or all screens. */
interface View {
  version: number;
  key: string;
  /** The version of the scripts that belong to it. */
  build: string;
  html: string;
}

/** As the server says it: without the HTML that the page has already, and with what its countdowns have left. */
type SaidView = Omit<View, "html"> & { html?: string; lefts?: string[] };

/** What one phone sees besides, when the view has the same `key`. */
interface Own {
  key?: string;
  html: string;
}

type ConnectionState = "connecting" | "online" | "offline" | "refused" | "old";

/** What `connect` wants; connection.js says when it calls what. */
interface Connecting {
  meeting?: string;
  role: string;
  place?(): string;
  has?(): string;
  onView(view: SaidView): void;
  onOwn?(own: Own): void;
  onState?(state: ConnectionState): void;
  onOnline?(): void;
  onRefused?(reason: string): void;
  onEnded?(html: string): void;
  onHeard?(): void;
}

/** What `startPage` wants; page.js says when it calls what. */
interface Page {
  place?(): string;
  tools?(): Tools;
  onShown?(root: HTMLElement): void;
  onOnline?(): void;
  onRefused?(reason: string): void;
  onEnded?(): void;
  onHeard?(): void;
  holds?(): boolean;
  onOld?(): void;
}

/** Has a trainer's command done; false when it was not. */
type Command = (name: string, args?: Fields) => Promise<boolean>;

/** What behaviours of kinds may use: only trainers and screens have commands. */
interface Tools {
  command?: Command;
}

type Enhance = (root: HTMLElement, tools: Tools) => void;

/** What a phone sends: `text` is what was typed of it. A `fleeting` one is gone with the page. */
interface Post {
  step: string;
  item: string;
  form: Fields;
  text: string;
  fleeting: boolean;
  size?: number | string;
}

/** A post that waits, or that came too late: then `refusal` says why. */
interface Entry extends Post {
  id: string;
  order: number;
  refusal: string;
}

/**
 * What was typed or chosen in a form, and not sent. `about` says in which form, `topic` what the page was about, and
 * `text` is what was typed of it.
 */
interface Draft {
  id: string;
  about: string;
  topic: string;
  fields: Fields;
  text: string;
  /** What was ticked, in words; a draft of an older version has none. */
  ticks?: string;
  fleeting: boolean;
  order: number;
}

/** Where entries and drafts are, in their order. */
interface EntryStorage {
  all(): Entry[];
  drafts(): Draft[];
  /** In the memory only. */
  hold(record: Draft): void;
  /** In the place of those with the ids that are `gone`: never both, and never neither. */
  put(record: Entry | Draft, gone?: string[]): Promise<void>;
  remove(...ids: string[]): Promise<void>;
  /** Forgets the meeting; nothing can be kept any more. */
  wipe(): Promise<void>;
}

/** What there is to tell of an outbox; `entry` is the one that was `sent` or `refused`. */
interface News {
  waiting: Entry[];
  late: Entry[];
  sent: boolean;
  entry: Entry | null;
  refused?: string;
}

/** The notebook of one course: `until` is the last day on which it is kept, as 2027-01-31. */
interface Book {
  id: string;
  title: string;
  until: string;
}

/** What is in a field or drawing of a notebook; a drawing is a picture as a data URL. */
interface Note {
  book: string;
  name: string;
  heading: string;
  label: string;
  drawn: boolean;
  value: string;
  order: number;
}

/** What two people agreed: the book and the list it belongs to, and its parts in their order. */
interface Agreement {
  book: string;
  list: string;
  heading: string;
  values: string[];
}

/** Whose phone it is, as its holder said. */
type Whose = "" | "mine" | "guest" | "unkept";
