// The script of the review desk and of the pages around it. Compiled by `make review-js` into
// static/, file by file; what is compiled is committed.

import { Desk } from "./desk.js";
import { newRequest, watchIdle, watchProgress } from "./elsewhere.js";

for (const asking of document.querySelectorAll<HTMLElement>("[data-confirm]")) {
  asking.addEventListener("click", (e) => { if (!window.confirm(asking.dataset["confirm"])) e.preventDefault(); });
}
watchProgress();
if (document.body.dataset["idle"]) watchIdle(Number(document.body.dataset["idle"]));
const form = document.getElementById("new-request");
if (form instanceof HTMLFormElement) newRequest(form);
const desk = document.getElementById("desk");
if (desk) void new Desk(desk).start();
