// built from src/dialog.ts 066ec623c3f0ec178e77c122f2952e782b0d40b11068303ad3ad6f6b3a1c69cb
// Dialogs, and words to the officer.
import { $, el } from "./dom.js";
export function reasonField(reasons, only, first) {
    const pick = el("select", { id: "reason" });
    for (const [id, text] of Object.entries(reasons))
        if (!only.length || only.includes(id))
            pick.append(el("option", id === first ? { value: id, selected: "" } : { value: id }, text));
    return { parts: [el("label", { for: "reason" }, "Reason, for the internal log"), pick], value: () => pick.value };
}
export function noteField() {
    const field = el("input", { id: "note", maxlength: "300", "aria-describedby": "note-hint", autocomplete: "off" });
    return { parts: [el("label", { for: "note" }, "Note (optional)"), el("p", { class: "hint", id: "note-hint" }, "Names nobody: write \"the mother\", not her name."), field], value: () => field.value };
}
export function ask(title, body, yes, done) {
    const dialog = $("ask");
    $("ask-title").textContent = title;
    $("ask-body").replaceChildren(...body);
    $("ask-yes").textContent = yes;
    dialog.returnValue = "no";
    if (document.activeElement === $("term"))
        $("main").focus();
    dialog.onclose = () => { if (dialog.returnValue === "yes")
        done(); };
    dialog.showModal();
}
export function tell(title, lines, yes) {
    return new Promise((resolve) => {
        ask(title, lines.map((l) => el("p", {}, l)), yes, () => undefined);
        $("ask").onclose = () => { resolve(); };
    });
}
export function say(text, loud = false) {
    const place = $("say");
    place.textContent = text;
    place.classList.toggle("loud", loud);
    place.classList.add("on");
    if (!loud)
        window.setTimeout(() => { if (place.textContent === text)
            place.classList.remove("on"); }, 6000);
}
