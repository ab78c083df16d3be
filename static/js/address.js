// A page that came as the answer to a form has an address of its own: a reload asks for that one, and sends no form again.
const own = document.querySelector("link[rel='canonical']");
if (own instanceof HTMLLinkElement) history.replaceState(null, "", own.href);
