// One case file on the server: read from it, and changed by one step after another.

import { ask, noteField, reasonField, say, tell } from "./dialog.js";
import { el, plural } from "./dom.js";
import type { Sheet, BoxView, State, Choices, Step, WordRow } from "./views.js";

/** What the server says of the file; ``changed`` is called with the boxes that came with a change. */
export class CaseFile {
  state!: State;
  sheets: Sheet[] = [];
  readonly boxes = new Map<number, BoxView[]>();
  readonly words = new Map<number, WordRow[]>();
  readonly near = new Set<number>();
  private waiting: Promise<void> = Promise.resolve();

  constructor(readonly base: string, readonly choices: Choices, private readonly changed: (boxes?: Record<string, BoxView[]>) => Promise<void>) {}

  async trouble(answer: Response): Promise<void> {
    const problem = (await answer.json().catch(() => ({}))) as Record<string, string>;
    if (answer.status === 401 || answer.redirected) {
      await tell("You have been signed out", ["For safety the desk signs you out after a while. Nothing is lost: every change was kept when you made it."], "Sign in again");
      location.assign(`/login?next=${encodeURIComponent(location.pathname)}`);
    } else if (answer.status === 412) {
      await tell("Somebody else changed this file", ["Another officer works on this file too. Your last change was not made, and nothing of theirs is lost. The page now shows the file as it stands."], "Show the file as it stands");
      await this.reload();
    } else if (answer.status === 409 && problem["code"] !== "override_needed") {
      location.assign(this.base);
    } else {
      say(`${problem["detail"] ?? "The change was not made."} ${problem["advice"] ?? ""}`, true);
    }
  }

  async reload(): Promise<void> {
    const answer = await fetch(`${this.base}/state`, { headers: { Accept: "application/json" } });
    if (!answer.ok) return this.trouble(answer);
    this.state = (await answer.json()) as State;
    await this.changed();
  }

  /** Send one change; steps wait for one another, so that none overtakes the one before. */
  take(step: Step, said: string): Promise<void> {
    this.waiting = this.waiting.then(() => this.send(step, said)).catch(() => {
      say("The service did not answer. The change was not made; try again.", true);
    });
    return this.waiting;
  }

  private async send(step: Step, said: string): Promise<void> {
    const began = performance.now();
    const answer = await fetch(`${this.base}/steps?pages=${[...this.near].join(",")}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "If-Match": `"${this.state.revision}"` },
      body: JSON.stringify(step),
    });
    if (!answer.ok) {
      const problem = (await answer.clone().json().catch(() => ({}))) as Record<string, unknown>;
      if (problem["code"] === "override_needed") return this.override(step, said, Number(problem["places"] ?? 1));
      return this.trouble(answer);
    }
    this.state = (await answer.json()) as State;
    await this.changed(this.state.boxes);
    document.documentElement.dataset["took"] = String(Math.round(performance.now() - began));
    say(said);
  }

  private override(step: Step, said: string, places: number): void {
    const allowed = ["law_opens", "court_order", "consent"];
    const reason = reasonField(this.choices.reasons, allowed, "law_opens");
    const note = noteField();
    const sure = el("input", { type: "checkbox", id: "sure", required: "" });
    ask("This is shielded", [
      el("p", {}, `It would show ${plural(places, "place")} that the law shields: a reporter, a Social Security number, or words that point at a reporter. The identity of a reporter is confidential (RSMo 210.109.3(3); Miss. Code 43-21-353).`),
      el("div", { class: "tickline" }, sure, el("label", { for: "sure" }, "I know this, and the law allows it for this requester. It is logged under my name.")),
      ...reason.parts, ...note.parts,
    ], "Show it", () => {
      void this.take({ ...step, override: true, reason: reason.value(), note: note.value() }, said);
    });
  }

  async fetchBoxes(pages: number[]): Promise<void> {
    const wanted = pages.filter((n) => !this.boxes.has(n));
    if (!wanted.length) return;
    const answer = await fetch(`${this.base}/boxes?pages=${wanted.join(",")}`, { headers: { Accept: "application/json" } });
    if (!answer.ok) return this.trouble(answer);
    const found = ((await answer.json()) as { boxes: Record<string, BoxView[]> }).boxes;
    for (const [n, views] of Object.entries(found)) this.boxes.set(Number(n), views);
  }

  async loadWords(n: number): Promise<void> {
    if (this.words.has(n)) return;
    const answer = await fetch(`${this.base}/words/${n}`, { headers: { Accept: "application/json" } });
    if (answer.ok) this.words.set(n, ((await answer.json()) as { words: WordRow[] }).words);
  }
}
