// Dialogs, and words to the officer.

import { $, el } from "./dom.js";

export function reasonField(reasons: Record<string, string>, only: string[], first: string): { parts: Node[]; value: () => string } {
  const pick = el("select", { id: "reason" });
  for (const [id, text] of Object.entries(reasons)) if (!only.length || only.includes(id)) pick.append(el("option", id === first ? { value: id, selected: "" } : { value: id }, text));
  return { parts: [el("label", { for: "reason" }, "Reason, for the internal log"), pick], value: () => pick.value };
}

export function noteField(): { parts: Node[]; value: () => string } {
  const field = el("input", { id: "note", maxlength: "300", "aria-describedby": "note-hint", autocomplete: "off" });
  return { parts: [el("label", { for: "note" }, "Note (optional)"), el("p", { class: "hint", id: "note-hint" }, "Names nobody: write \"the mother\", not her name."), field], value: () => field.value };
}

export function ask(title: string, body: Node[], yes: string, done: () => void): void {
  const dialog = $("ask") as HTMLDialogElement;
  $("ask-title").textContent = title;
  $("ask-body").replaceChildren(...body);
  $("ask-yes").textContent = yes;
  dialog.returnValue = "no";
  if (document.activeElement === $("term")) $("main").focus();
  dialog.onclose = () => { if (dialog.returnValue === "yes") done(); };
  dialog.showModal();
}

export function tell(title: string, lines: string[], yes: string): Promise<void> {
  return new Promise((resolve) => {
    ask(title, lines.map((l) => el("p", {}, l)), yes, () => undefined);
    ($("ask") as HTMLDialogElement).onclose = () => { resolve(); };
  });
}

export function say(text: string, loud = false): void {
  const place = $("say");
  place.textContent = text;
  place.classList.toggle("loud", loud);
  place.classList.add("on");
  if (!loud) window.setTimeout(() => { if (place.textContent === text) place.classList.remove("on"); }, 6000);
}
