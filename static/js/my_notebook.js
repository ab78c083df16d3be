// The page of the notebook itself: every book on this phone, without any meeting.
import { the } from "./elements.js";
import { onWiped, readBooks, wipeBooks } from "./notebook.js";
import { inWords, print, save, showNotes, wipeAsked } from "./notebook_view.js";

const place = the("[data-books]");
const form = the("template#book");

async function show() {
  const books = await readBooks();
  place.replaceChildren(
    ...books.map(({ book, notes }) => {
      const shown = document.importNode(form.content, true);
      the("[data-title]", shown).textContent = book.title;
      the("[data-until]", shown).textContent = inWords(book.until);
      showNotes(the("[data-notes]", shown), notes);
      the("[data-save]", shown).addEventListener("click", () => save(book.title, notes));
      return shown;
    }),
  );
  the("[data-empty]").hidden = books.length > 0;
  the("[data-tools]").hidden = books.length === 0;
}

the("[data-host]").textContent = location.host;
the("[data-print]").addEventListener("click", () => print(place));
the("[data-wipe]").addEventListener("click", () => wipeAsked("mine", () => wipeBooks()).then(show));
onWiped(show);
addEventListener("pageshow", ({ persisted }) => persisted && show());
show();
