// The participant's view.
import { boldFrom } from "./bold.js";
import { watchChoices } from "./choices.js";
import { Drafts } from "./drafts.js";
import { around, the } from "./elements.js";
import { TYPED, fieldsOf, submitForm, typedText } from "./forms.js";
import { watchGroup } from "./group.js";
import { LOST, letGo } from "./letting_go.js";
import { isChanged, isWriting, release } from "./morph.js";
import { watchRole } from "./my_role.js";
import { makeNews } from "./news.js";
import { startNotebook } from "./notebook_start.js";
import { INSTEAD } from "./out_of_reach.js";
import { Outbox } from "./outbox.js";
import { showOutbox } from "./outbox_view.js";
import { startPage } from "./page.js";
import { REFUSALS } from "./protocol.gen.js";
import { watchPresses } from "./pressing.js";
import { keepSign, openPresence } from "./presence.js";
import { watchReach } from "./reach.js";
import { openStorage } from "./storage.js";
import { watchSharing } from "./sharing.js";
import { takeForms } from "./takeover.js";
import { ask } from "./confirm.js";
import { say } from "./toast.js";
import { showUnsent } from "./unsent.js";

const main = the("#view");
const { meeting = "" } = document.documentElement.dataset;
const { lock = "" } = main.dataset;
/** @type {Outbox | null} */
let outbox = null;
/** @type {Drafts | null} */
let drafts = null;
/** The table that this phone is at: nobody keeps it, so a page that is loaded again asks for it again. */
let place = "";
let shownKey = main.querySelector("[data-fresh]")?.dataset.fresh;
/** Once there is something that reads aloud. */
let beQuiet = () => {};
const bold = boldFrom(main.dataset.bold ?? "");

// What everybody sees alike: what a group did is told under a heading of its own. The headings of other groups lie hidden
// in the same view: what those do is no news here.
const tellNews = makeNews(the("#announce"), ".phone > .notice, .phone-kind h3:not([hidden] *)");

/**
 * Another question, slide or round: begin at the top, and say what it is to those who listen instead of look.
 * @param {HTMLElement} root
 */
function announce(root) {
  const key = root.querySelector("[data-fresh]")?.dataset.fresh;
  const isOther = key !== shownKey;
  shownKey = key;
  if (isOther) {
    beQuiet();
    bold.use();
  }
  if (isOther && !isWriting()) scrollTo(0, 0);
  tellNews(root, isOther, () => {
    // Who had the focus in what was there has it in what came, and hears that already.
    if (document.activeElement?.matches("[data-focus]")) return "";
    const title = root.querySelector(".phone-kind h2") ?? root.querySelector("h1");
    return title?.textContent.trim() ?? "";
  });
}

/** What the page is about: a step that is given again is the same. */
const topicNow = () => (main.querySelector("#own")?.dataset.key ?? "").replace(/#\d+$/, "");

/** Texts that were not sent: in their forms, or where they can be copied. */
function showTyped() {
  if (!outbox || !drafts) return;
  const box = outbox;
  const drop = (/** @type {string} */ id) => box.remove(id);
  drafts.look(main, topicNow());
  showUnsent(main, topicNow(), { late: box.late, drafts, drop });
}

const presence = openPresence(meeting, lock);
const ready = openStorage(meeting, lock, presence.isOver).then((storage) => {
  drafts = new Drafts({ storage, isFleeting });
  const box = new Outbox({
    storage,
    send,
    onChange(news) {
      showOutbox(news);
      if (news.sent && news.entry) settle(news.entry, box);
      showTyped();
    },
  });
  outbox = box;
  box.tell();
  box.flush();
  return box;
});

const VOICE_LATER = 1500;
/** @type {Promise<void> | null} */
let voice = null;

/** What reads aloud comes when the phone takes part, where a browser can speak. */
function bringVoice() {
  if (!("speechSynthesis" in window)) return;
  const button = the("button[data-aloud]");
  /** @param {typeof import("./aloud.js")} part */
  const begin = ({ watchAloud }) => void (beQuiet = watchAloud(main, button));
  // Perhaps there was no network: it is tried again when there is.
  voice ??= import(button.dataset.aloud ?? "").then(begin, () => void (voice = null));
}

// Who goes on to another meeting has left the one before.
if (lock) keepSign(meeting);
const phone = letGo(() => ready, () => notebook.here(), presence);
const notebook = startNotebook(main, { share, hasLeft: phone.hasLeft });

const showGroup = watchGroup(main, meeting);
const showRole = watchRole(main);

const choices = watchChoices("form[data-post][data-auto]", {
  send: submitForm,
  hold: (form) => post(form, null, { held: true }),
  release: () => (outbox ? outbox.release() : ready.then((box) => box.release())),
});

const heard = watchReach((over) => {
  if (over === "meeting") {
    phone.lose(INSTEAD[over]);
    announce(main);
    return;
  }
  const lost = [drafts?.dropFleeting(), outbox?.fleeting.length].some(Boolean);
  if (main.querySelector("[data-fleeting]")) link.clear(INSTEAD[over]);
  else if (lost) say(LOST, { lasting: true });
  outbox?.dropFleeting();
  showTyped();
});

const link = startPage({
  place: () => place,
  onShown(root) {
    if (phone.hasLeft()) root.replaceChildren();
    showGroup();
    showRole();
    choices.look();
    showTyped();
    notebook.look();
    announce(root);
    if (root.querySelector("[data-over]")) phone.over();
  },
  onOnline() {
    notebook.fetchLater();
    bold.fetchLater();
    setTimeout(bringVoice, VOICE_LATER * (1 + Math.random()));
    return phone.hasLeft() ? phone.leave() : outbox?.flush();
  },
  onRefused: (reason) => Object.values(REFUSALS).some((each) => each === reason) && phone.gone(),
  onEnded: () => phone.gone(),
  onHeard: heard,
  holds: () => !outbox || outbox.storage.all().length > 0 || Boolean(drafts?.all.length) || notebook.holds(),
});

/** How many bytes all messages of this exercise have. */
const sizeNow = () => main.querySelector("#own")?.dataset.size;

/**
 * A phone that has left says nothing any more: what waited here is about to be gone.
 * @type {Send}
 */
async function send(event, data, size = sizeNow()) {
  return phone.hasLeft() ? { ok: false, retry: true, message: "" } : link.send(event, data, size);
}

/** @param {Entry} entry */
const formFor = ({ step, item }) =>
  [...main.querySelectorAll("form[data-post]")].find((form) => form.dataset.step === step && (form.dataset.item ?? "") === item);

/**
 * Saved: the server's version of a single-post form counts again, unless more waits for it.
 * @param {Entry} entry @param {Outbox} box
 */
function settle(entry, box) {
  const form = formFor(entry);
  if (!form || form.hasAttribute("data-clear") || box.waiting.some(({ step }) => step === entry.step)) return;
  // What was changed since is not sent yet.
  if (!drafts?.of(form)) release(form);
}

/** What is deleted right after the exercise is never written on this phone's disk. @param {HTMLFormElement} form */
function isFleeting(form) {
  return Boolean(form.closest("[data-fleeting]"));
}

/** @param {Event} event */
function noteTyped(event) {
  const form = around(event, "form[data-post]");
  if (!form || !drafts || phone.hasLeft()) return;
  drafts.note(form, topicNow());
  showTyped();
}

document.addEventListener("input", noteTyped);
// A browser says of a text that it changed when its field is taken away, too: what was just wiped would be back.
document.addEventListener("change", (event) => around(event, TYPED) || noteTyped(event));
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && drafts?.write());
addEventListener("pagehide", () => drafts?.write());

addEventListener("beforeunload", (event) => {
  // When the page really goes it may be too late: what the disk is still busy with comes first.
  drafts?.write();
  /** @param {HTMLFormElement} form */
  const unsent = (form) => isFleeting(form) && typedText(form) && [...form.elements].some(isChanged);
  if (!outbox?.fleeting.length && ![...main.querySelectorAll("form[data-post]")].some(unsent)) return;
  event.preventDefault();
  event.returnValue = true; // what older browsers look at
});

/** Forms of which a text is being stored: a second press is the same one. @type {WeakSet<HTMLFormElement>} */
const storing = new WeakSet();

/** @param {HTMLFormElement} form @param {HTMLElement | null} submitter @param {{held?: boolean}} [how] */
async function post(form, submitter, how) {
  const { step = "", item = "" } = form.dataset;
  const clears = form.hasAttribute("data-clear");
  if (storing.has(form)) return;
  const entry = {
    step,
    item,
    form: fieldsOf(form, submitter),
    text: typedText(form),
    single: !clears,
    fleeting: isFleeting(form),
    size: sizeNow(),
  };
  if (clears) storing.add(form);
  const box = await ready;
  await box.add(entry, { ...how, draft: drafts?.of(form)?.id });
  storing.delete(form);
  // Emptied once it is stored, and not of what was typed meanwhile.
  if (!clears || JSON.stringify(fieldsOf(form, submitter)) !== JSON.stringify(entry.form)) return;
  release(form);
  form.reset();
  form.querySelector("textarea, input:not([type='hidden'])")?.focus();
}

/** What somebody picked from their notebook is a post as any other. @param {string[]} texts */
async function share(texts) {
  const { shares: step = "", fleeting, size } = the("#own", main).dataset;
  const item = topicNow().slice(step.length + 1);
  const entry = { step, item, form: { shared: texts }, text: texts.join("\n"), fleeting: fleeting !== undefined, size };
  await (await ready).add({ ...entry, single: false });
}

document.addEventListener("submit", async (event) => {
  const form = around(event, "form[data-post]");
  if (!form) return;
  event.preventDefault();
  const { confirm } = form.dataset;
  if (!confirm || (await ask(confirm))) post(form, event.submitter);
});

document.addEventListener("click", (event) => {
  const seat = around(event, "button[data-place]");
  if (!seat) return;
  place = seat.dataset.place ?? "";
  link.renew();
});

watchPresses(main, send, ready);
watchSharing(send, sizeNow);

// A post can wait for the server by itself: it need not wait for the connection, when another step may be shown.
takeForms(main);
