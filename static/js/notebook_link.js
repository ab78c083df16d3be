// A page on which no meeting is open says that there is still a notebook on this phone, when there is.
const link = document.querySelector("[data-notebook]");

if (link) {
  import("./notebook.js")
    .then(({ readBooks }) => readBooks())
    .then((books) => (link.hidden = books.length === 0));
}
