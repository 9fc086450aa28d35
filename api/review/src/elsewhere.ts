// The other pages: they work without this script, and are easier with it.

import { $, button, el } from "./dom.js";

export function watchProgress(): void {
  for (const place of document.querySelectorAll<HTMLElement>("[data-progress]")) {
    const look = async (): Promise<void> => {
      const answer = await fetch(place.dataset["progress"] ?? "", { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const now = (await answer.json()) as { busy: boolean; stage: string; page: number; pages: number };
      if (!now.busy) { location.reload(); return; }
      const pages = now.pages ? `Page ${now.page} of ${now.pages}` : "";
      const stage = place.querySelector("[data-stage]"), count = place.querySelector("[data-pages]"), bar = place.querySelector("progress");
      if (stage) stage.textContent = now.stage;
      else place.textContent = `${now.stage}${pages ? `, ${pages.toLowerCase()}` : ""}`;
      if (count && pages) count.textContent = pages;
      if (bar && now.pages) { bar.max = now.pages; bar.value = now.page; }
      window.setTimeout(() => void look(), 1000);
    };
    window.setTimeout(() => void look(), 700);
  }
}

/** Before a login ends for want of use the officer is asked; when it ends, the page is left. */
export function watchIdle(limit: number): void {
  const warn = Math.min(120, limit / 4);
  let last = Date.now(), pinged = last;
  const dialog = el("dialog", { "aria-labelledby": "idle-title", id: "idle" }, el("h2", { id: "idle-title" }, "Are you still there?"),
    el("p", {}, `For safety you are signed out soon. Nothing is lost: every change was kept when you made it.`));
  const stay = (): void => {
    last = Date.now();
    if (last - pinged > Math.min(300, limit / 4) * 1000 || dialog.open) { pinged = last; void fetch("/review/awake"); }
    dialog.close();
  };
  dialog.append(button("Stay signed in", stay, ""));
  dialog.addEventListener("cancel", stay);
  document.body.append(dialog);
  for (const name of ["keydown", "pointerdown", "wheel"]) document.addEventListener(name, () => { if (!dialog.open) stay(); }, { passive: true });
  window.setInterval(() => {
    const left = limit - (Date.now() - last) / 1000;
    if (left <= 0) location.assign(`/login?next=${encodeURIComponent(location.pathname)}`);
    else if (left <= warn && !dialog.open) dialog.showModal();
  }, 1000);
}

export function newRequest(form: HTMLFormElement): void {
  const state = $("jurisdiction") as HTMLSelectElement, category = $("category") as HTMLSelectElement;
  const fit = (): void => {
    for (const group of category.querySelectorAll("optgroup")) group.hidden = group.disabled = group.dataset["jurisdiction"] !== state.value;
    if (category.selectedOptions[0]?.parentElement instanceof HTMLOptGroupElement && category.selectedOptions[0].parentElement.disabled) category.value = "";
  };
  const ask = async (): Promise<void> => {
    const asked = new URLSearchParams({ jurisdiction: state.value, category: category.value });
    const answer = await fetch(`${form.dataset["questions"]}?${asked}`, { headers: { Accept: "text/html" } });
    if (answer.ok) $("questions").innerHTML = await answer.text();
  };
  state.addEventListener("change", () => { fit(); void ask(); });
  category.addEventListener("change", () => void ask());
  fit();
  const drop = $("drop"), input = $("file") as HTMLInputElement;
  const list = (): void => { $("file-list").replaceChildren(...[...(input.files ?? [])].map((f) => el("li", {}, `${f.name} (${Math.ceil(f.size / 1024)} KB)`))); };
  input.addEventListener("change", list);
  for (const name of ["dragover", "dragenter"]) drop.addEventListener(name, (e) => { e.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => { drop.classList.remove("over"); });
  drop.addEventListener("drop", (e) => {
    e.preventDefault();
    drop.classList.remove("over");
    const both = new DataTransfer();
    for (const f of [...(input.files ?? []), ...(e.dataTransfer?.files ?? [])]) both.items.add(f);
    input.files = both.files;
    list();
  });
  // what was chosen before this script ran, or comes back with the browser's way back
  list();
  if (category.value && !$("questions").querySelector(".question")) void ask();
}
