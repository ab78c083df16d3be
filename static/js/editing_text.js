// The whole text of a part in an editor: line numbers, colours, searching, and what is wrong with it as one types.
// The text area stays what the form sends; without this script it is where one writes.
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { HighlightStyle, Language, defineLanguageFacet, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { Table, parser } from "@lezer/markdown";
import { PHRASES } from "./editing_phrases.js";

/** @typedef {{ line: number, message: string }} Problem */

const PAUSE = 700;
const markdown = new Language(defineLanguageFacet(), parser.configure([Table]), [], "markdown");
const colours = HighlightStyle.define([
  { tag: tags.heading, fontWeight: "700", color: "var(--accent)" },
  { tag: tags.strong, fontWeight: "700" },
  { tag: tags.emphasis, fontStyle: "italic" },
  { tag: [tags.link, tags.url], color: "var(--blue-text, var(--accent))" },
  { tag: [tags.processingInstruction, tags.contentSeparator], color: "var(--ink-soft)" },
]);
const looks = EditorView.theme({
  "&": { border: "2px solid var(--line)", borderRadius: "var(--radius)", background: "var(--raised)", color: "var(--ink)", height: "70vh", minHeight: "20rem" },
  "&.cm-focused": { outline: "3px solid var(--focus)", outlineOffset: "2px" },
  ".cm-scroller": { font: "400 0.875rem / 1.5 ui-monospace, monospace" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  ".cm-gutters": { background: "var(--paper)", color: "var(--ink-soft)", borderRight: "1px solid var(--line)" },
  ".cm-activeLine": { background: "color-mix(in srgb, var(--accent-soft) 45%, transparent)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { background: "color-mix(in srgb, var(--blue) 30%, transparent)" },
  ".cm-searchMatch": { background: "var(--yellow)", color: "var(--yellow-ink)" },
  ".cm-panels, .cm-tooltip": { background: "var(--raised)", color: "var(--ink)", borderColor: "var(--line)", font: "400 1rem / 1.4 var(--font)" },
  ".cm-textfield, .cm-button, .cm-panel.cm-search [name=close]": { fontFamily: "inherit" },
  ".cm-panel.cm-search": { padding: "var(--space-2) 2.75rem var(--space-2) var(--space-2)" },
  ".cm-panel.cm-search label": { fontSize: "1rem", display: "inline-flex", alignItems: "center", gap: "0.4rem", margin: "0.2rem 0.6rem 0.2rem 0" },
  ".cm-panel.cm-search input[type=checkbox]": { width: "1.5rem", height: "1.5rem", margin: "0" },
  ".cm-textfield": { minHeight: "2.5rem", padding: "0.3rem 0.6rem", border: "2px solid var(--ink-soft)", borderRadius: "0.4rem", background: "var(--raised)", color: "var(--ink)", fontSize: "1rem" },
  ".cm-button, .cm-panel.cm-search [name=close]": { minWidth: "2.5rem", minHeight: "2.5rem", padding: "0.3rem 0.7rem", border: "2px solid var(--ink-soft)", borderRadius: "0.4rem", background: "var(--raised)", color: "var(--ink)", fontSize: "1rem", cursor: "pointer" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--danger) 2px", textUnderlineOffset: "3px" },
  ".cm-diagnostic": { padding: "var(--space-2) var(--space-3)", borderLeft: "0.35rem solid var(--danger)" },
});

/** @param {HTMLTextAreaElement} field @param {HTMLLabelElement} label */
function editorFor(field, label) {
  const place = document.createElement("div");
  field.before(place);
  // The styles that the editor makes go to this root by the DOM, where the policy of the page forbids <style>.
  const root = place.attachShadow({ mode: "open" });
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: field.value,
      extensions: [
        lineNumbers(), lintGutter(), history(), drawSelection(), highlightActiveLine(), highlightSelectionMatches(),
        search({ top: true }), keymap.of([...searchKeymap, ...historyKeymap, ...defaultKeymap]),
        markdown, syntaxHighlighting(colours), looks, EditorState.phrases.of(PHRASES), EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": label.textContent ?? "", tabindex: "0", lang: document.documentElement.lang }),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          field.value = update.state.doc.toString();
          field.dispatchEvent(new Event("input", { bubbles: true }));
        }),
      ],
    }),
  });
  field.hidden = true;
  label.removeAttribute("for");
  label.addEventListener("click", () => view.focus());
  return view;
}

/** @param {EditorView} view @param {Problem[]} problems */
function mark(view, problems) {
  const { doc } = view.state;
  const found = problems.map(({ line, message }) => {
    const { from, to } = doc.line(Math.min(Math.max(line, 1), doc.lines));
    return { from, to, message, severity: /** @type {const} */ ("error") };
  });
  view.dispatch(setDiagnostics(view.state, found));
}

/** @param {EditorView} view @param {number} line */
function goTo(view, line) {
  const { from, to } = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
  view.dispatch({ selection: { anchor: from, head: to }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
  view.focus();
}

/** @param {HTMLElement} place @param {Problem[]} problems */
function tell(place, problems) {
  place.classList.toggle("notice--warn", problems.length > 0);
  const head = document.createElement("p");
  head.textContent = problems.length ? `${problems.length} ${problems.length === 1 ? "fout" : "fouten"}` : "Er zitten geen fouten in.";
  const list = document.createElement("ul");
  for (const { line, message } of problems) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = "#tekst";
    link.dataset.line = String(line);
    link.textContent = `Regel ${line}`;
    item.append(link, `: ${message}`);
    list.append(item);
  }
  place.replaceChildren(head, ...(problems.length ? [list] : []));
}

/** What the page said when it came. @param {HTMLElement} place @returns {Problem[]} */
function told(place) {
  return [...place.querySelectorAll("a[data-line]")].map((link) => ({
    line: Number(link instanceof HTMLElement && link.dataset.line),
    message: link.parentElement?.textContent ?? "",
  }));
}

/** @param {string} address @param {HTMLFormElement} form @returns {Promise<{ problems: Problem[], minutes: number } | null>} */
async function ask(address, form) {
  const typed = new FormData(form);
  const body = new URLSearchParams();
  for (const name of ["csrf_token", "tekst"]) body.set(name, String(typed.get(name) ?? ""));
  try {
    const answer = await fetch(address, { method: "POST", body });
    return answer.ok ? await answer.json() : null;
  } catch {
    // No network: the button 'Kijk na' tells it.
    return null;
  }
}

const around = document.querySelector("[data-written]");
const field = around?.querySelector("textarea");
const label = document.querySelector("label[for='tekst']");
const place = document.querySelector("[data-faults]");
const total = document.querySelector("[data-total-minutes]");

if (around instanceof HTMLElement && field?.form && label instanceof HTMLLabelElement && place instanceof HTMLElement) {
  const { form } = field;
  const view = editorFor(field, label);
  mark(view, told(place));
  let waiting = 0;
  let asked = 0;
  const check = async () => {
    const turn = ++asked;
    const answer = await ask(around.dataset.check ?? "", form);
    if (!answer || turn !== asked) return;
    tell(place, answer.problems);
    mark(view, answer.problems);
    if (total) total.textContent = String(answer.minutes);
  };
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(check, PAUSE);
  });
  place.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-line]") : null;
    if (!(link instanceof HTMLElement)) return;
    event.preventDefault();
    goTo(view, Number(link.dataset.line));
  });
}

export {};
