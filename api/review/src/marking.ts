// Words and areas marked by hand: dragged over, or looked for.

import type { CaseFile } from "./casefile.js";
import type { Desk } from "./desk.js";
import { ask, noteField, reasonField, say } from "./dialog.js";
import { $, el, plural, place, rectangle } from "./dom.js";
import type { Span, Sheet, WordRow } from "./views.js";

/** The tools that add boxes. */
export class Marking {
  tool: "" | "draw" | "select" = "";

  constructor(private readonly desk: Desk) {}

  private get file(): CaseFile { return this.desk.file; }

  pointer(pane: HTMLElement, n: number): void {
    let from: { x: number; y: number } | null = null;
    const where = (e: PointerEvent): { x: number; y: number } => {
      const r = pane.getBoundingClientRect(), s = this.file.sheets[n] as Sheet;
      return { x: ((e.clientX - r.left) / r.width) * s.w, y: ((e.clientY - r.top) / r.height) * s.h };
    };
    pane.addEventListener("pointerdown", (e) => {
      if (!this.tool || e.button !== 0) return;
      e.preventDefault();
      pane.setPointerCapture(e.pointerId);
      from = where(e);
      if (this.tool === "draw") this.desk.sizing.draft = this.desk.sizing.outline(pane, n, [from.x, from.y, from.x, from.y]);
      else void this.file.loadWords(n);
    });
    pane.addEventListener("pointermove", (e) => {
      if (!from) return;
      const to = where(e);
      if (this.tool === "draw" && this.desk.sizing.draft) place(this.desk.sizing.draft, this.file.sheets[n] as Sheet, [Math.min(from.x, to.x), Math.min(from.y, to.y), Math.max(from.x, to.x), Math.max(from.y, to.y)]);
      if (this.tool === "select") this.highlight(pane, n, this.between(n, from, to));
    });
    pane.addEventListener("pointerup", (e) => {
      if (!from) return;
      const start = from, to = where(e);
      from = null;
      if (this.tool === "draw") { this.desk.sizing.draft?.remove(); this.desk.sizing.draft = null; this.addBox(n, [Math.min(start.x, to.x), Math.min(start.y, to.y), Math.max(start.x, to.x), Math.max(start.y, to.y)]); }
      else void this.file.loadWords(n).then(() => { const words = this.between(n, start, to); this.highlight(pane, n, []); if (words.length) this.askWords(words); });
    });
  }


  /** The words from the one under the first point to the one under the last, in reading order. */
  private between(n: number, a: { x: number; y: number }, b: { x: number; y: number }): WordRow[] {
    const words = this.file.words.get(n) ?? [];
    const distance = (w: WordRow, p: { x: number; y: number }): number => Math.hypot(Math.max(w[2] - p.x, 0, p.x - w[4]), 2 * Math.max(w[3] - p.y, 0, p.y - w[5]));
    const nearest = (p: { x: number; y: number }): number => words.reduce((best, w, i) => (distance(w, p) < distance(words[best] as WordRow, p) ? i : best), 0);
    if (!words.length) return [];
    const [first, last] = [nearest(a), nearest(b)].sort((x, y) => x - y) as [number, number];
    return words.slice(first, last + 1);
  }

  private highlight(pane: HTMLElement, n: number, words: WordRow[]): void {
    for (const old of pane.querySelectorAll(".picked")) old.remove();
    for (const w of words) place(pane.appendChild(el("span", { class: "picked" })), this.file.sheets[n] as Sheet, [w[2], w[3], w[4], w[5]]);
  }

  addBox(n: number, b: number[]): void {
    if ((b[2] as number) - (b[0] as number) < 4 || (b[3] as number) - (b[1] as number) < 4) return;
    void this.file.take({ do: "add_box", box: rectangle(n, b), reason: "missed" }, `A box was added on page ${n + 1}.`);
  }

  private askWords(words: WordRow[]): void {
    const first = words[0] as WordRow, last = words[words.length - 1] as WordRow;
    this.askHide([[first[0], last[1]]], words.map((w) => w[6]).join(" "), [this.desk.pages.page]);
  }

  private askHide(spans: Span[], text: string, pages: number[]): void {
    const kind = el("select", { id: "kind" });
    for (const [name, id] of this.file.choices.kinds) kind.append(el("option", id === "name" ? { value: id, selected: "" } : { value: id }, name));
    const label = el("select", { id: "label" }, el("option", { value: "" }, "as the policy prints it"));
    for (const [id, prints, meaning] of this.file.choices.labels) label.append(el("option", { value: id }, `${prints} (${meaning})`));
    const reason = reasonField(this.file.choices.reasons, [], "missed"), note = noteField();
    const count = spans.length > 1 ? `${plural(spans.length, "place")} on ${plural(new Set(pages).size, "page")}` : "these words";
    ask(`Hide ${count}?`, [el("p", {}, el("q", {}, text)), el("label", { for: "kind" }, "What it is"), kind, el("label", { for: "label" }, "What the box says"), label, ...reason.parts, ...note.parts], `Hide ${count}`, () => {
      void this.file.take({ do: "mark", spans, kind: kind.value, label: label.value, reason: reason.value(), note: note.value() }, `${spans.length > 1 ? plural(spans.length, "place") : "The words"} hidden.`);
    });
  }

  async search(term: string): Promise<void> {
    const answer = await fetch(`${this.file.base}/find`, { method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json" }, body: JSON.stringify({ term }) });
    if (!answer.ok) return this.file.trouble(answer);
    const { spans, pages } = (await answer.json()) as { spans: Span[]; pages: number[] };
    if (!spans.length) return say("These words stand nowhere in the file.");
    this.askHide(spans, term, pages);
  }

  setTool(tool: "" | "draw" | "select"): void {
    this.tool = this.tool === tool ? "" : tool;
    if (this.tool && this.desk.pages.view === "requester") this.desk.pages.show("behind");
    for (const name of ["draw", "select"]) $(name).setAttribute("aria-pressed", String(this.tool === name));
    $("main").dataset["tool"] = this.tool;
    if (this.tool) say(this.tool === "draw" ? "Drag on a page to draw a box." : "Drag over the words to hide.");
  }
}
