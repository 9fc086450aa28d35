// The review desk: its parts, and what the keys and buttons do.

import { Chosen } from "./boxes.js";
import { CaseFile } from "./casefile.js";
import { Marking } from "./marking.js";
import { Pages } from "./pages.js";
import { People } from "./people.js";
import { Sizing } from "./sizing.js";
import { $ } from "./dom.js";
import type { BoxView, State, Choices } from "./views.js";

/** Draws what the server says and sends every change at once; nothing is decided here. */
export class Desk {
  readonly file: CaseFile;
  readonly pages = new Pages(this);
  readonly people = new People(this);
  readonly chosen = new Chosen(this);
  readonly marking = new Marking(this);
  readonly sizing = new Sizing(this);

  constructor(root: HTMLElement) {
    const choices = JSON.parse($("choices").textContent ?? "{}") as Choices;
    this.file = new CaseFile(root.dataset["base"] ?? "", choices, (boxes) => this.refresh(boxes));
  }

  async start(): Promise<void> {
    await this.pages.firstPicture();
    const answer = await fetch(`${this.file.base}/state`, { headers: { Accept: "application/json" } });
    if (!answer.ok) return this.file.trouble(answer);
    this.file.state = (await answer.json()) as State;
    this.file.sheets = this.file.state.sheets ?? [];
    $("loading").remove();
    this.pages.layOut();
    this.bind();
    this.people.drawState();
    document.documentElement.dataset["ready"] = "yes";
  }

  private async refresh(boxes: Record<string, BoxView[]> = {}): Promise<void> {
    this.file.boxes.clear();
    for (const [n, views] of Object.entries(boxes)) this.file.boxes.set(Number(n), views);
    await this.file.fetchBoxes([...this.file.near]);
    this.people.drawState();
    for (const n of this.file.near) this.pages.drawPage(n, true);
  }

  private bind(): void {
    const on = (id: string, act: () => void): void => { $(id).addEventListener("click", act); };
    on("undo", () => { void this.file.take({ do: "undo" }, "Taken back."); });
    on("redo", () => { void this.file.take({ do: "redo" }, "Brought back."); });
    on("draw", () => { this.marking.setTool("draw"); });
    on("select", () => { this.marking.setTool("select"); });
    on("zoom-in", () => { this.pages.setZoom(0.25); });
    on("zoom-out", () => { this.pages.setZoom(-0.25); });
    on("keys", () => { ($("help") as HTMLDialogElement).showModal(); });
    for (const radio of document.querySelectorAll<HTMLInputElement>("input[name=view]")) radio.addEventListener("change", () => { this.pages.show(radio.value); });
    $("find").addEventListener("submit", (e) => {
      e.preventDefault();
      const field = $("term") as HTMLInputElement, term = field.value.trim();
      if (term) void this.marking.search(term);
      field.value = "";
    });
    window.addEventListener("resize", () => { this.pages.resize(); });
    document.addEventListener("keydown", (e) => { this.key(e); });
  }

  private key(e: KeyboardEvent): void {
    const target = e.target as HTMLElement;
    const typing = target.matches("input:not([type=radio]):not([type=checkbox]), select, textarea") || document.querySelector("dialog[open]");
    if (typing || e.ctrlKey || e.metaKey || e.altKey) return;
    const acts: Record<string, () => void> = {
      j: () => { void this.chosen.move(1); }, k: () => { void this.chosen.move(-1); }, a: () => { this.chosen.accept(); }, r: () => { this.chosen.reject(); },
      u: () => { $("undo").click(); }, U: () => { $("redo").click(); }, n: () => { this.sizing.newBox(); }, w: () => { this.marking.setTool("select"); },
      m: () => { const at = this.chosen.chosen(); if (at && (at.v.span || at.v.drawn)) this.sizing.moveBox(at.v, at.n); },
      "/": () => { $("term").focus(); }, "?": () => { $("keys").click(); },
      1: () => { this.pages.show("behind"); }, 2: () => { this.pages.show("requester"); }, 3: () => { this.pages.show("both"); },
      Escape: () => { if (this.marking.tool) this.marking.setTool(this.marking.tool); },
    };
    const act = acts[e.key];
    if (act) { e.preventDefault(); act(); }
  }
}
