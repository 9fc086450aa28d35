// The people that were found, the open questions, and the counts of every page.

import type { CaseFile } from "./casefile.js";
import type { Desk } from "./desk.js";
import { ask, noteField, reasonField } from "./dialog.js";
import { $, el, button, plural } from "./dom.js";
import type { PersonView, Question, Mention } from "./views.js";

/** Draws who is who and asks about it. */
export class People {
  constructor(private readonly desk: Desk) {}

  private get file(): CaseFile { return this.desk.file; }

  drawState(): void {
    const s = this.file.state;
    ($("undo") as HTMLButtonElement).disabled = !s.undo;
    ($("redo") as HTMLButtonElement).disabled = !s.redo;
    $("n-questions").textContent = String(s.questions.length);
    $("n-people").textContent = String(s.people.length);
    $("questions").replaceChildren(...(s.questions.length ? s.questions.map((q) => this.question(q)) : [el("li", { class: "hint" }, "None is open.")]));
    const order = [...s.people].sort((a, b) => Number(b.shielded) - Number(a.shielded) || b.mentions - a.mentions);
    const open = new Set([...document.querySelectorAll<HTMLDetailsElement>("#people details[open]")].map((d) => d.dataset["person"]));
    $("people").replaceChildren(...order.map((p) => this.person(p, open.has(p.id))));
    const release = $("release");
    release.textContent = s.questions.length ? `Release (${s.questions.length} open)` : "Release";
    for (const sheet of this.file.sheets) {
      const c = s.pages[String(sheet.n)] ?? {};
      const thumb = $(`thumb-${sheet.n}`);
      const hidden = c["redact"] ?? 0, held = c["hold"] ?? 0;
      (thumb.querySelector(".label") as HTMLElement).textContent = `${sheet.n + 1}${held ? ` ?${held}` : ""}`;
      thumb.setAttribute("aria-label", `Page ${sheet.n + 1}: ${hidden} hidden${held ? `, ${plural(held, "question")}` : ""}`);
      thumb.classList.toggle("held", held > 0);
    }
    this.desk.pages.markThumb();
  }

  private question(q: Question): HTMLElement {
    const show = q.id.startsWith("page:") ? "I have read it: show it" : q.id.startsWith("region:") ? "Clear it" : "Show it";
    return el("li", { class: "card question-card", "data-question": q.id },
      el("h3", {}, el("span", { class: "mini hold", "aria-hidden": "true" }), ` ${q.title}`), el("p", {}, q.text),
      el("p", { class: "hint" }, q.citations.join(", ")),
      el("div", { class: "row" },
        button("Hide it", () => { void this.file.take({ do: "answer_hold", hold: q.id, action: "redact", reason: "law_closes" }, `${q.title}: hidden.`); }),
        button(show, () => { void this.file.take({ do: "answer_hold", hold: q.id, action: "keep", reason: "law_opens" }, `${q.title}: shown.`); }, "small outline"),
        button("Look", () => { this.lookAt(q); }, "small plain")));
  }

  private lookAt(q: Question): void {
    this.desk.pages.goTo(q.page);
    void this.file.fetchBoxes([q.page]).then(() => {
      const v = (this.file.boxes.get(q.page) ?? []).find((b) => b.hold === q.id || b.id === q.id);
      if (v) this.desk.chosen.choose(v.id, q.page, true);
    });
  }

  private person(p: PersonView, open: boolean): HTMLElement {
    const hidden = (p.counts["redact"] ?? 0) + (p.counts["hold"] ?? 0), shown = p.counts["keep"] ?? 0;
    const roles = p.roles.length ? p.roles.map((r) => `${r.name}${r.sure ? "" : "?"}`).join(", ") : "role not known";
    const head = el("summary", {}, el("span", { class: "strong" }, p.name), p.shielded ? el("span", { class: "tag shield" }, "◆ shielded") : "",
      el("span", { class: "roles" }, roles), el("span", { class: "hint" }, `${plural(p.mentions, "mention")}: ${hidden} hidden, ${shown} readable`));
    const body = el("div", { class: "person-body" });
    const made = el("details", { class: "person", "data-person": p.id }, head, body);
    const fill = (): void => { if (!body.childElementCount) body.append(...this.personBody(p)); };
    made.addEventListener("toggle", () => { if (made.open) fill(); });
    if (open) { made.open = true; fill(); }
    return el("li", {}, made);
  }

  private personBody(p: PersonView): (Node | string)[] {
    const parts: Node[] = [];
    if (p.names.length) parts.push(el("p", {}, `Also written: ${p.names.join("; ")}`));
    parts.push(el("p", { class: "hint" }, `Why: ${p.why.join("; ") || "no clue in the file"}. ${p.roles.map((r) => `${r.name} ${Math.round(r.confidence * 100)} %`).join(", ")}`));
    const decide = (action: string, said: string, reason: string) => () => { void this.file.take({ do: "decide_person", person: p.id, action, reason }, said); };
    const row = el("div", { class: "row" });
    if (!p.fixed) {
      row.append(button("Change role", () => { this.askRoles(p); }), button("This is the requester", () => {
        void this.file.take({ do: "mark_requester", person: p.id, reason: "wrong_role" }, `${p.name} is the requester.`);
      }, "small outline"));
    }
    row.append(button("Hide everywhere", decide("redact", `${p.name} is hidden everywhere.`, "law_closes"), "small outline"),
      button("Show the name", decide("keep", `The name of ${p.name} is shown; contacts and numbers stay as the rules say.`, "law_opens"), "small outline"));
    if (!p.fixed) row.append(button("Same person as …", () => { this.askMerge(p); }, "small outline"), button("Two people …", () => { void this.askSplit(p); }, "small outline"));
    parts.push(row);
    return parts;
  }

  private askRoles(p: PersonView): void {
    const now = new Set(p.roles.filter((r) => r.confidence >= 0.5).map((r) => r.id));
    const list = el("div", { class: "ticks" });
    for (const [name, id] of this.file.choices.roles) {
      const tick = el("input", { type: "checkbox", id: `role-${id}`, value: id });
      tick.checked = now.has(id);
      list.append(el("div", { class: "tickline" }, tick, el("label", { for: `role-${id}` }, name)));
    }
    const reason = reasonField(this.file.choices.reasons, [], "wrong_role"), note = noteField();
    ask(`Who is ${p.name} in this case?`, [el("p", { class: "hint" }, "Tick every role that is true. The policy then decides every mention again."), list, ...reason.parts, ...note.parts], "Change the role", () => {
      const roles = [...list.querySelectorAll<HTMLInputElement>("input:checked")].map((i) => i.value);
      void this.file.take({ do: "set_roles", person: p.id, roles, reason: reason.value(), note: note.value() }, `The role of ${p.name} was changed; every box followed.`);
    });
  }

  private askMerge(p: PersonView): void {
    const pick = el("select", { id: "into" });
    for (const other of this.file.state.people) if (other.id !== p.id && !other.fixed) pick.append(el("option", { value: other.id }, `${other.name} (${other.roles.map((r) => r.name).join(", ") || "role not known"})`));
    const note = noteField();
    ask(`${p.name} is the same person as …`, [el("label", { for: "into" }, "Who"), pick, el("p", { class: "hint" }, "The two share their names and all their roles from now on."), ...note.parts], "They are one person", () => {
      void this.file.take({ do: "merge", person: p.id, into: pick.value, reason: "same_person", note: note.value() }, "The two are one person now.");
    });
  }

  private async askSplit(p: PersonView): Promise<void> {
    const answer = await fetch(`${this.file.base}/people/${p.id}`, { headers: { Accept: "application/json" } });
    if (!answer.ok) return this.file.trouble(answer);
    const { mentions } = (await answer.json()) as { mentions: Mention[] };
    const list = el("div", { class: "ticks tall" });
    mentions.forEach((m, n) => {
      const tick = el("input", { type: "checkbox", id: `m-${n}`, value: m.span.join(",") });
      list.append(el("div", { class: "tickline" }, tick, el("label", { for: `m-${n}` }, `Page ${m.page + 1}: … ${m.before} `, el("b", {}, m.text), ` ${m.after} …`)));
    });
    const note = noteField();
    ask(`Which of these mean somebody else than ${p.name}?`, [list, el("p", { class: "hint" }, "What you split off is hidden until you say who it is."), ...note.parts], "Split them off", () => {
      const spans = [...list.querySelectorAll<HTMLInputElement>("input:checked")].map((i) => i.value.split(",").map(Number));
      if (spans.length) void this.file.take({ do: "split", person: p.id, spans, reason: "two_people", note: note.value() }, "Split off; say now who it is.");
    });
  }
}
