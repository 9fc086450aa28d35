// The script of the review desk. It draws what the server says and sends every change at once;
// nothing is decided here. Compiled by `make review-js` into static/review.js, which is committed.

type Span = [number, number];
interface Sheet { n: number; w: number; h: number; kind: string; file: string }
interface Cite { id: string; what: string; date: string }
interface BoxView {
  id: string; n: number; box: [number, number, number, number]; state: "redact" | "hold" | "keep";
  kind: string; text: string; span: Span | null; person: string; who: string; prints: string;
  rule: string; rule_text: string; cites: Cite[]; why: string; recognizer: string; score: number; hold: string;
  confirmed: boolean; officer: boolean; drawn: boolean;
}
interface RoleView { id: string; name: string; confidence: number; sure: boolean }
interface PersonView {
  id: string; name: string; names: string[]; roles: RoleView[]; why: string[]; mentions: number;
  counts: Record<string, number>; shielded: boolean; fixed: boolean;
}
interface Question {
  id: string; title: string; text: string; citations: string[]; rules: string[]; person: string;
  page: number; places: Span[];
}
interface State {
  revision: number; undo: number; redo: number; people: PersonView[]; questions: Question[];
  pages: Record<string, Record<string, number>>; totals: Record<string, number>; sheets?: Sheet[];
  boxes?: Record<string, BoxView[]>;
}
interface Mention {
  span: Span; page: number; kind: string; text: string; before: string; after: string; state: string;
}
interface Choices {
  roles: [string, string][]; kinds: [string, string][]; labels: [string, string, string][];
  reasons: Record<string, string>;
}
type Step = Record<string, unknown>;
type WordRow = [number, number, number, number, number, number, string];

const $ = <T extends HTMLElement = HTMLElement>(id: string): T => document.getElementById(id) as T;

function el<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Record<string, string> = {}, ...inside: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...inside);
  return made;
}

function button(text: string, act: () => void, kind = "small"): HTMLButtonElement {
  const made = el("button", { type: "button", class: `button ${kind}` }, text);
  made.addEventListener("click", act);
  return made;
}

const plural = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;
const STATE = { redact: "hidden", hold: "waits for your answer", keep: "stays readable" };
const ICON = { redact: "×", hold: "?", keep: "○" };

class Desk {
  private readonly base: string;
  private readonly choices: Choices;
  private state!: State;
  private sheets: Sheet[] = [];
  private boxes = new Map<number, BoxView[]>();
  private words = new Map<number, WordRow[]>();
  private near = new Set<number>();
  private current = "";
  private page = 0;
  private zoom = 1;
  private view = "behind";
  private tool: "" | "draw" | "select" = "";
  private draft: HTMLElement | null = null;
  private sizing: { page: number; keep: (box: Step) => void } | null = null;
  private watcher!: IntersectionObserver;
  private waiting: Promise<void> = Promise.resolve();

  constructor(root: HTMLElement) {
    this.base = root.dataset["base"] ?? "";
    this.choices = JSON.parse($("choices").textContent ?? "{}") as Choices;
  }

  // ---- loading and changing

  async start(): Promise<void> {
    await this.firstPicture();
    const answer = await fetch(`${this.base}/state`, { headers: { Accept: "application/json" } });
    if (!answer.ok) return this.trouble(answer);
    this.state = (await answer.json()) as State;
    this.sheets = this.state.sheets ?? [];
    $("loading").remove();
    this.layOut();
    this.bind();
    this.drawState();
    document.documentElement.dataset["ready"] = "yes";
  }

  /** The first page is asked for at once and alone, before the people and boxes are made ready. */
  private firstPicture(): Promise<void> {
    const image = el("img", { alt: "", class: "first" });
    image.src = this.picture(0, "behind");
    $("loading").after(image);
    return new Promise((done) => {
      image.addEventListener("load", () => { performance.mark("first-page"); done(); });
      image.addEventListener("error", () => { done(); });
    });
  }

  private async trouble(answer: Response): Promise<void> {
    const problem = (await answer.json().catch(() => ({}))) as Record<string, string>;
    if (answer.status === 401 || answer.redirected) {
      await this.tell("You have been signed out", ["For safety the desk signs you out after a while. Nothing is lost: every change was kept when you made it."], "Sign in again");
      location.assign(`/login?next=${encodeURIComponent(location.pathname)}`);
    } else if (answer.status === 412) {
      await this.tell("Somebody else changed this file", ["Another officer works on this file too. Your last change was not made, and nothing of theirs is lost. The page now shows the file as it stands."], "Show the file as it stands");
      await this.reload();
    } else if (answer.status === 409 && problem["code"] !== "override_needed") {
      location.assign(this.base);
    } else {
      this.say(`${problem["detail"] ?? "The change was not made."} ${problem["advice"] ?? ""}`, true);
    }
  }

  private async reload(): Promise<void> {
    const answer = await fetch(`${this.base}/state`, { headers: { Accept: "application/json" } });
    if (!answer.ok) return this.trouble(answer);
    this.state = (await answer.json()) as State;
    await this.refresh();
  }

  /** Send one change; steps wait for one another, so that none overtakes the one before. */
  private take(step: Step, said: string): Promise<void> {
    this.waiting = this.waiting.then(() => this.send(step, said)).catch(() => {
      this.say("The service did not answer. The change was not made; try again.", true);
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
    await this.refresh(this.state.boxes);
    document.documentElement.dataset["took"] = String(Math.round(performance.now() - began));
    this.say(said);
  }

  private override(step: Step, said: string, places: number): void {
    const allowed = ["law_opens", "court_order", "consent"];
    const reason = this.reasonField(allowed, "law_opens");
    const note = this.noteField();
    const sure = el("input", { type: "checkbox", id: "sure", required: "" });
    this.ask("This is shielded", [
      el("p", {}, `It would show ${plural(places, "place")} that the law shields: a reporter, a Social Security number, or words that point at a reporter. The identity of a reporter is confidential (RSMo 210.109.3(3); Miss. Code 43-21-353).`),
      el("div", { class: "tickline" }, sure, el("label", { for: "sure" }, "I know this, and the law allows it for this requester. It is logged under my name.")),
      ...reason.parts, ...note.parts,
    ], "Show it", () => {
      void this.take({ ...step, override: true, reason: reason.value(), note: note.value() }, said);
    });
  }

  private async refresh(boxes: Record<string, BoxView[]> = {}): Promise<void> {
    this.boxes.clear();
    for (const [n, views] of Object.entries(boxes)) this.boxes.set(Number(n), views);
    await this.fetchBoxes([...this.near]);
    this.drawState();
    for (const n of this.near) this.drawPage(n, true);
  }

  private async fetchBoxes(pages: number[]): Promise<void> {
    const wanted = pages.filter((n) => !this.boxes.has(n));
    if (!wanted.length) return;
    const answer = await fetch(`${this.base}/boxes?pages=${wanted.join(",")}`, { headers: { Accept: "application/json" } });
    if (!answer.ok) return this.trouble(answer);
    const found = ((await answer.json()) as { boxes: Record<string, BoxView[]> }).boxes;
    for (const [n, views] of Object.entries(found)) this.boxes.set(Number(n), views);
  }

  // ---- pages

  /** Every page gets an empty sheet of its size; only those near the window are filled. */
  private layOut(): void {
    const main = $("main");
    main.querySelector("img.first")?.remove();
    this.watcher = new IntersectionObserver((seen) => { this.scrolled(seen); }, { root: main, rootMargin: "120% 0px" });
    for (const sheet of this.sheets) {
      const file = sheet.file ? ` · ${sheet.file}` : "";
      const frame = el("section", { class: "sheet", id: `page-${sheet.n}`, "aria-label": `Page ${sheet.n + 1} of ${this.sheets.length}${file}` });
      frame.append(el("h3", {}, `Page ${sheet.n + 1}${file}`), el("div", { class: "panes" }));
      main.append(frame);
      this.watcher.observe(frame);
      const thumb = el("button", { type: "button", class: "thumb", id: `thumb-${sheet.n}` });
      thumb.append(el("img", { loading: "lazy", alt: "", src: `${this.base}/pages/${sheet.n}.png?dpi=24`, width: "54", height: String(Math.round((54 * sheet.h) / sheet.w)) }), el("span", { class: "label" }));
      thumb.addEventListener("click", () => { this.goTo(sheet.n); });
      $("thumbs").append(thumb);
    }
    this.resize();
    main.addEventListener("scroll", () => { this.whichPage(); }, { passive: true });
  }

  private resize(): void {
    const room = $("main").clientWidth - 48;
    const both = this.view === "both";
    for (const sheet of this.sheets) {
      const width = Math.round(Math.min(both ? (room - 12) / 2 : room, 820) * this.zoom);
      const frame = $(`page-${sheet.n}`);
      frame.style.setProperty("--w", `${width}px`);
      frame.style.setProperty("--h", `${Math.round((width * sheet.h) / sheet.w)}px`);
    }
    $("zoom").textContent = `${Math.round(this.zoom * 100)} %`;
  }

  private scrolled(seen: IntersectionObserverEntry[]): void {
    const entered: number[] = [];
    for (const entry of seen) {
      const n = Number(entry.target.id.slice(5));
      if (entry.isIntersecting) { this.near.add(n); entered.push(n); }
      else if (this.near.delete(n)) entry.target.querySelector(".panes")?.replaceChildren();
    }
    if (!entered.length) return;
    for (const n of entered) this.drawPage(n, false);
    void this.fetchBoxes(entered).then(() => { for (const n of entered) if (this.near.has(n)) this.drawPage(n, false); });
  }

  private picture(n: number, as: string): string {
    const dpi = this.zoom * (window.devicePixelRatio || 1) > 1.4 ? 150 : 100;
    const revision = as === "requester" ? `&as=requester&rev=${this.state.revision}` : "";
    return `${this.base}/pages/${n}.png?dpi=${dpi}${revision}`;
  }

  private drawPage(n: number, changed: boolean): void {
    const panes = $(`page-${n}`).querySelector(".panes") as HTMLElement;
    const wanted = this.view === "both" ? ["behind", "requester"] : [this.view];
    const held = document.activeElement instanceof HTMLElement ? document.activeElement.dataset["box"] : undefined;
    if (panes.dataset["view"] !== this.view || !panes.childElementCount) {
      panes.dataset["view"] = this.view;
      panes.replaceChildren(...wanted.map((as) => this.pane(n, as)));
    }
    for (const pane of panes.querySelectorAll<HTMLElement>(".pane")) {
      const as = pane.dataset["as"] ?? "behind";
      const image = pane.querySelector("img") as HTMLImageElement;
      const source = this.picture(n, as);
      if (image.getAttribute("src") !== source) image.src = source;
      if (as === "requester" && wanted.length > 1) continue;
      const layer = pane.querySelector(".layer") as HTMLElement;
      layer.replaceChildren(...(this.boxes.get(n) ?? []).map((v) => this.boxButton(n, v)));
    }
    if (held && changed) panes.querySelector<HTMLElement>(`[data-box="${CSS.escape(held)}"]`)?.focus();
    this.markCurrent();
  }

  private pane(n: number, as: string): HTMLElement {
    const image = el("img", { alt: as === "behind" ? `Page ${n + 1} of the case file` : `Page ${n + 1} as the requester will see it`, draggable: "false" });
    const pane = el("div", { class: `pane ${as}`, "data-as": as }, image, el("div", { class: "layer" }));
    if (as === "behind") this.pointer(pane, n);
    return pane;
  }

  private boxButton(n: number, v: BoxView): HTMLElement {
    const sheet = this.sheets[n] as Sheet;
    const made = el("button", { type: "button", class: `box ${v.state}${v.confirmed ? " seen" : ""}`, "data-box": v.id });
    const [x0, y0, x1, y1] = v.box;
    Object.assign(made.style, { left: `${(100 * x0) / sheet.w}%`, top: `${(100 * y0) / sheet.h}%`, width: `${(100 * (x1 - x0)) / sheet.w}%`, height: `${(100 * (y1 - y0)) / sheet.h}%` });
    made.append(el("span", { class: "mark", "aria-hidden": "true" }, v.confirmed ? "✓" : ICON[v.state]));
    made.setAttribute("aria-label", `${v.kind}${v.text ? ` "${v.text}"` : ""}${v.who ? ` of ${v.who}` : ""}: ${STATE[v.state]}${v.prints ? `, ${v.prints}` : ""}${v.confirmed ? ", looked at" : ""}. Box ${v.n} on page ${n + 1}.`);
    made.addEventListener("click", () => { this.choose(v.id, n); });
    made.addEventListener("focus", () => { if (this.current !== v.id) this.choose(v.id, n); });
    return made;
  }

  private goTo(n: number): void {
    $(`page-${n}`).scrollIntoView({ block: "start" });
    this.page = n;
    this.markThumb();
  }

  private whichPage(): void {
    const main = $("main");
    const middle = main.getBoundingClientRect().top + main.clientHeight / 3;
    const at = this.sheets.find((s) => $(`page-${s.n}`).getBoundingClientRect().bottom > middle);
    if (at && at.n !== this.page) { this.page = at.n; this.markThumb(); }
  }

  private markThumb(): void {
    for (const thumb of $("thumbs").querySelectorAll("[aria-current]")) thumb.removeAttribute("aria-current");
    const now = document.getElementById(`thumb-${this.page}`);
    now?.setAttribute("aria-current", "true");
    now?.scrollIntoView({ block: "nearest" });
  }

  // ---- people, questions, counts

  private drawState(): void {
    const s = this.state;
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
    for (const sheet of this.sheets) {
      const c = s.pages[String(sheet.n)] ?? {};
      const thumb = $(`thumb-${sheet.n}`);
      const hidden = c["redact"] ?? 0, held = c["hold"] ?? 0;
      (thumb.querySelector(".label") as HTMLElement).textContent = `${sheet.n + 1}${held ? ` ?${held}` : ""}`;
      thumb.setAttribute("aria-label", `Page ${sheet.n + 1}: ${hidden} hidden${held ? `, ${plural(held, "question")}` : ""}`);
      thumb.classList.toggle("held", held > 0);
    }
    this.markThumb();
  }

  private question(q: Question): HTMLElement {
    const show = q.id.startsWith("page:") ? "I have read it: show it" : q.id.startsWith("region:") ? "Clear it" : "Show it";
    return el("li", { class: "card question-card", "data-question": q.id },
      el("h3", {}, el("span", { class: "mini hold", "aria-hidden": "true" }), ` ${q.title}`), el("p", {}, q.text),
      el("p", { class: "hint" }, q.citations.join(", ")),
      el("div", { class: "row" },
        button("Hide it", () => { void this.take({ do: "answer_hold", hold: q.id, action: "redact", reason: "law_closes" }, `${q.title}: hidden.`); }),
        button(show, () => { void this.take({ do: "answer_hold", hold: q.id, action: "keep", reason: "law_opens" }, `${q.title}: shown.`); }, "small outline"),
        button("Look", () => { this.lookAt(q); }, "small plain")));
  }

  private lookAt(q: Question): void {
    this.goTo(q.page);
    void this.fetchBoxes([q.page]).then(() => {
      const v = (this.boxes.get(q.page) ?? []).find((b) => b.hold === q.id || b.id === q.id);
      if (v) this.choose(v.id, q.page, true);
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
    const decide = (action: string, said: string, reason: string) => () => { void this.take({ do: "decide_person", person: p.id, action, reason }, said); };
    const row = el("div", { class: "row" });
    if (!p.fixed) {
      row.append(button("Change role", () => { this.askRoles(p); }), button("This is the requester", () => {
        void this.take({ do: "mark_requester", person: p.id, reason: "wrong_role" }, `${p.name} is the requester.`);
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
    for (const [name, id] of this.choices.roles) {
      const tick = el("input", { type: "checkbox", id: `role-${id}`, value: id });
      tick.checked = now.has(id);
      list.append(el("div", { class: "tickline" }, tick, el("label", { for: `role-${id}` }, name)));
    }
    const reason = this.reasonField([], "wrong_role"), note = this.noteField();
    this.ask(`Who is ${p.name} in this case?`, [el("p", { class: "hint" }, "Tick every role that is true. The policy then decides every mention again."), list, ...reason.parts, ...note.parts], "Change the role", () => {
      const roles = [...list.querySelectorAll<HTMLInputElement>("input:checked")].map((i) => i.value);
      void this.take({ do: "set_roles", person: p.id, roles, reason: reason.value(), note: note.value() }, `The role of ${p.name} was changed; every box followed.`);
    });
  }

  private askMerge(p: PersonView): void {
    const pick = el("select", { id: "into" });
    for (const other of this.state.people) if (other.id !== p.id && !other.fixed) pick.append(el("option", { value: other.id }, `${other.name} (${other.roles.map((r) => r.name).join(", ") || "role not known"})`));
    const note = this.noteField();
    this.ask(`${p.name} is the same person as …`, [el("label", { for: "into" }, "Who"), pick, el("p", { class: "hint" }, "The two share their names and all their roles from now on."), ...note.parts], "They are one person", () => {
      void this.take({ do: "merge", person: p.id, into: pick.value, reason: "same_person", note: note.value() }, "The two are one person now.");
    });
  }

  private async askSplit(p: PersonView): Promise<void> {
    const answer = await fetch(`${this.base}/people/${p.id}`, { headers: { Accept: "application/json" } });
    if (!answer.ok) return this.trouble(answer);
    const { mentions } = (await answer.json()) as { mentions: Mention[] };
    const list = el("div", { class: "ticks tall" });
    mentions.forEach((m, n) => {
      const tick = el("input", { type: "checkbox", id: `m-${n}`, value: m.span.join(",") });
      list.append(el("div", { class: "tickline" }, tick, el("label", { for: `m-${n}` }, `Page ${m.page + 1}: … ${m.before} `, el("b", {}, m.text), ` ${m.after} …`)));
    });
    const note = this.noteField();
    this.ask(`Which of these mean somebody else than ${p.name}?`, [list, el("p", { class: "hint" }, "What you split off is hidden until you say who it is."), ...note.parts], "Split them off", () => {
      const spans = [...list.querySelectorAll<HTMLInputElement>("input:checked")].map((i) => i.value.split(",").map(Number));
      if (spans.length) void this.take({ do: "split", person: p.id, spans, reason: "two_people", note: note.value() }, "Split off; say now who it is.");
    });
  }

  // ---- one box

  private choose(id: string, n: number, focus = false): void {
    this.current = id;
    this.page = n;
    this.markCurrent();
    const v = (this.boxes.get(n) ?? []).find((b) => b.id === id);
    if (v) this.detail(v, n);
    if (focus) {
      const made = document.querySelector<HTMLElement>(`#page-${n} [data-box="${CSS.escape(id)}"]`);
      made?.scrollIntoView({ block: "center" });
      made?.focus({ preventScroll: true });
    }
  }

  private markCurrent(): void {
    for (const b of document.querySelectorAll<HTMLElement>(".box")) b.classList.toggle("current", b.dataset["box"] === this.current);
  }

  private detail(v: BoxView, n: number): void {
    const facts = el("dl", {});
    const fact = (name: string, ...value: (Node | string)[]): void => { facts.append(el("dt", {}, name), el("dd", {}, ...value)); };
    if (v.text) fact("Words", el("q", {}, v.text));
    fact("What", v.kind);
    if (v.who) fact("Whose", v.who);
    if (v.prints && v.state !== "keep") fact("Printed on the box", v.prints);
    fact("Why", v.why || (v.state === "keep" ? "a rule opens it for this requester" : "a rule hides it from this requester"));
    fact("Rule", v.rule === "officer" ? "decided by an officer" : v.rule_text ? `${v.rule_text} (${v.rule})` : v.rule.replaceAll("_", " "));
    fact("Law", ...v.cites.map((c) => el("span", { class: "cite" }, el("b", {}, c.id), ` ${c.what} `, el("span", { class: "hint" }, `(text: ${c.date})`))));
    if (v.recognizer) fact("Found by", `${v.recognizer.replace("Recognizer", "")}, ${Math.round(v.score * 100)} % sure`);
    $("detail").replaceChildren(el("h2", {}, "This box"), el("p", {}, el("span", { class: `mini ${v.state}`, "aria-hidden": "true" }), ` Page ${n + 1}, box ${v.n}: ${STATE[v.state]}`), this.actions(v, n), facts);
  }

  private actions(v: BoxView, n: number): HTMLElement {
    const row = el("div", { class: "row" });
    const span = v.span;
    if (v.drawn) {
      row.append(button("Move or size (m)", () => { this.moveBox(v, n); }), button("Delete (r)", () => { this.reject(); }, "small outline"));
    } else if (v.hold && !span) {
      row.append(button("Hide it (a)", () => { this.accept(); }), button("Clear it (r)", () => { this.reject(); }, "small outline"));
    } else if (span && v.state === "keep") {
      row.append(button("Hide these words", () => { void this.take({ do: "mark", spans: [span], kind: "name", reason: "missed" }, "Hidden."); }));
    } else if (span) {
      row.append(button("Accept (a)", () => { this.accept(); }), button("Show these words (r)", () => { this.reject(); }, "small outline"), button("Size (m)", () => { this.moveBox(v, n); }, "small outline"));
    }
    if (span && v.text) row.append(button("Hide every place", () => { void this.search(v.text); }, "small outline"));
    return row;
  }

  private chosen(): { v: BoxView; n: number } | null {
    for (const [n, views] of this.boxes) {
      const v = views.find((b) => b.id === this.current);
      if (v) return { v, n };
    }
    return null;
  }

  private accept(): void {
    const at = this.chosen();
    if (!at) return this.say("Choose a box first: j goes to the next one.");
    const { v } = at;
    if (v.hold && v.state === "hold") void this.take({ do: "answer_hold", hold: v.hold, action: "redact", reason: "law_closes" }, "Hidden, and asked no more.").then(() => { this.move(1); });
    else if (v.span) void this.take({ do: "confirm", span: v.span, reason: "looked" }, "Accepted.").then(() => { this.move(1); });
  }

  private reject(): void {
    const at = this.chosen();
    if (!at) return this.say("Choose a box first: j goes to the next one.");
    const { v } = at;
    if (v.drawn) void this.take({ do: "delete_box", id: v.id, reason: "correction" }, "The box is gone.");
    else if (v.hold && !v.span) void this.take({ do: "answer_hold", hold: v.hold, action: "keep", reason: "looked" }, "Cleared.");
    else if (v.span && v.state !== "keep") void this.take({ do: "open", span: v.span, reason: v.officer ? "correction" : "wrong_find" }, "These words are shown wherever they stand.");
  }

  /** To the next or previous box in the file that is hidden or waits, over pages not yet drawn. */
  private async move(by: 1 | -1): Promise<void> {
    const at = this.chosen();
    let n = at?.n ?? this.page;
    const of = (page: number): BoxView[] => (this.boxes.get(page) ?? []).filter((b) => b.state !== "keep");
    await this.fetchBoxes([n]);
    let list = of(n);
    let place = at ? list.findIndex((b) => b.id === at.v.id) + by : by > 0 ? 0 : list.length - 1;
    while (place < 0 || place >= list.length) {
      n += by;
      if (n < 0 || n >= this.sheets.length) return this.say(by > 0 ? "That was the last box." : "That was the first box.");
      await this.fetchBoxes([n]);
      list = of(n);
      place = by > 0 ? 0 : list.length - 1;
    }
    const v = list[place] as BoxView;
    if (!document.querySelector(`#page-${n} [data-box="${CSS.escape(v.id)}"]`)) { this.near.add(n); this.goTo(n); this.drawPage(n, false); }
    this.choose(v.id, n, true);
  }

  // ---- drawing and selecting

  private pointer(pane: HTMLElement, n: number): void {
    let from: { x: number; y: number } | null = null;
    const where = (e: PointerEvent): { x: number; y: number } => {
      const r = pane.getBoundingClientRect(), s = this.sheets[n] as Sheet;
      return { x: ((e.clientX - r.left) / r.width) * s.w, y: ((e.clientY - r.top) / r.height) * s.h };
    };
    pane.addEventListener("pointerdown", (e) => {
      if (!this.tool || e.button !== 0) return;
      e.preventDefault();
      pane.setPointerCapture(e.pointerId);
      from = where(e);
      if (this.tool === "draw") this.draft = this.outline(pane, n, [from.x, from.y, from.x, from.y]);
      else void this.loadWords(n);
    });
    pane.addEventListener("pointermove", (e) => {
      if (!from) return;
      const to = where(e);
      if (this.tool === "draw" && this.draft) this.place(this.draft, n, [Math.min(from.x, to.x), Math.min(from.y, to.y), Math.max(from.x, to.x), Math.max(from.y, to.y)]);
      if (this.tool === "select") this.highlight(pane, n, this.between(n, from, to));
    });
    pane.addEventListener("pointerup", (e) => {
      if (!from) return;
      const start = from, to = where(e);
      from = null;
      if (this.tool === "draw") { this.draft?.remove(); this.draft = null; this.addBox(n, [Math.min(start.x, to.x), Math.min(start.y, to.y), Math.max(start.x, to.x), Math.max(start.y, to.y)]); }
      else void this.loadWords(n).then(() => { const words = this.between(n, start, to); this.highlight(pane, n, []); if (words.length) this.askWords(words); });
    });
  }

  private async loadWords(n: number): Promise<void> {
    if (this.words.has(n)) return;
    const answer = await fetch(`${this.base}/words/${n}`, { headers: { Accept: "application/json" } });
    if (answer.ok) this.words.set(n, ((await answer.json()) as { words: WordRow[] }).words);
  }

  /** The words from the one under the first point to the one under the last, in reading order. */
  private between(n: number, a: { x: number; y: number }, b: { x: number; y: number }): WordRow[] {
    const words = this.words.get(n) ?? [];
    const distance = (w: WordRow, p: { x: number; y: number }): number => Math.hypot(Math.max(w[2] - p.x, 0, p.x - w[4]), 2 * Math.max(w[3] - p.y, 0, p.y - w[5]));
    const nearest = (p: { x: number; y: number }): number => words.reduce((best, w, i) => (distance(w, p) < distance(words[best] as WordRow, p) ? i : best), 0);
    if (!words.length) return [];
    const [first, last] = [nearest(a), nearest(b)].sort((x, y) => x - y) as [number, number];
    return words.slice(first, last + 1);
  }

  private highlight(pane: HTMLElement, n: number, words: WordRow[]): void {
    for (const old of pane.querySelectorAll(".picked")) old.remove();
    for (const w of words) this.place(pane.appendChild(el("span", { class: "picked" })), n, [w[2], w[3], w[4], w[5]]);
  }

  private place(node: HTMLElement, n: number, b: [number, number, number, number]): void {
    const s = this.sheets[n] as Sheet;
    Object.assign(node.style, { left: `${(100 * b[0]) / s.w}%`, top: `${(100 * b[1]) / s.h}%`, width: `${(100 * (b[2] - b[0])) / s.w}%`, height: `${(100 * (b[3] - b[1])) / s.h}%` });
    node.dataset["at"] = b.map((x) => x.toFixed(1)).join(",");
  }

  private outline(pane: Element, n: number, b: [number, number, number, number]): HTMLElement {
    const made = el("div", { class: "draft", tabindex: "0", role: "application", "aria-label": "New box. Arrow keys move it, Shift with arrows sizes it, Enter keeps it, Escape drops it." });
    pane.append(made);
    this.place(made, n, b);
    return made;
  }

  private rectangle(n: number, b: number[]): Step {
    return { page: n, x0: b[0], y0: b[1], x1: b[2], y1: b[3] };
  }

  private addBox(n: number, b: number[]): void {
    if ((b[2] as number) - (b[0] as number) < 4 || (b[3] as number) - (b[1] as number) < 4) return;
    void this.take({ do: "add_box", box: this.rectangle(n, b), reason: "missed" }, `A box was added on page ${n + 1}.`);
  }

  private askWords(words: WordRow[]): void {
    const first = words[0] as WordRow, last = words[words.length - 1] as WordRow;
    this.askHide([[first[0], last[1]]], words.map((w) => w[6]).join(" "), [this.page]);
  }

  private askHide(spans: Span[], text: string, pages: number[]): void {
    const kind = el("select", { id: "kind" });
    for (const [name, id] of this.choices.kinds) kind.append(el("option", id === "name" ? { value: id, selected: "" } : { value: id }, name));
    const label = el("select", { id: "label" }, el("option", { value: "" }, "as the policy prints it"));
    for (const [id, prints, meaning] of this.choices.labels) label.append(el("option", { value: id }, `${prints} (${meaning})`));
    const reason = this.reasonField([], "missed"), note = this.noteField();
    const count = spans.length > 1 ? `${plural(spans.length, "place")} on ${plural(new Set(pages).size, "page")}` : "these words";
    this.ask(`Hide ${count}?`, [el("p", {}, el("q", {}, text)), el("label", { for: "kind" }, "What it is"), kind, el("label", { for: "label" }, "What the box says"), label, ...reason.parts, ...note.parts], `Hide ${count}`, () => {
      void this.take({ do: "mark", spans, kind: kind.value, label: label.value, reason: reason.value(), note: note.value() }, `${spans.length > 1 ? plural(spans.length, "place") : "The words"} hidden.`);
    });
  }

  private async search(term: string): Promise<void> {
    const answer = await fetch(`${this.base}/find`, { method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json" }, body: JSON.stringify({ term }) });
    if (!answer.ok) return this.trouble(answer);
    const { spans, pages } = (await answer.json()) as { spans: Span[]; pages: number[] };
    if (!spans.length) return this.say("These words stand nowhere in the file.");
    this.askHide(spans, term, pages);
  }

  /** A new box, moved and sized with the keys. */
  private newBox(): void {
    const s = this.sheets[this.page] as Sheet;
    this.byKeys(this.page, [s.w * 0.35, s.h * 0.45, s.w * 0.65, s.h * 0.5], (box) => {
      void this.take({ do: "add_box", box, reason: "missed" }, `A box was added on page ${this.page + 1}.`);
    });
  }

  private moveBox(v: BoxView, n: number): void {
    const [, , , piece] = v.id.split(":");
    this.byKeys(n, v.box, (box) => {
      if (v.drawn) void this.take({ do: "move_box", id: v.id, box, reason: "wrong_extent" }, "The box was moved.");
      else void this.take({ do: "resize", span: v.span, piece: Number(piece), box, reason: "wrong_extent" }, "The box has its new extent.");
    });
  }

  private byKeys(n: number, b: [number, number, number, number], keep: (box: Step) => void): void {
    if (this.view === "requester") this.show("behind");
    const pane = document.querySelector(`#page-${n} .pane.behind`);
    if (!pane) return;
    this.draft?.remove();
    this.draft = this.outline(pane, n, b);
    this.sizing = { page: n, keep };
    this.draft.scrollIntoView({ block: "nearest" });
    this.draft.focus();
    this.say("Arrow keys move the box, Shift with arrows sizes it, Enter keeps it, Escape drops it.");
    this.draft.addEventListener("keydown", (e) => { this.nudge(e); });
    this.dragHandle(this.draft, n);
  }

  private dragHandle(node: HTMLElement, n: number): void {
    let from: { x: number; y: number; b: number[]; corner: boolean } | null = null;
    node.addEventListener("pointerdown", (e) => {
      e.stopPropagation();
      e.preventDefault();
      node.setPointerCapture(e.pointerId);
      node.focus();
      const r = node.getBoundingClientRect();
      from = { x: e.clientX, y: e.clientY, b: this.at(node), corner: r.right - e.clientX < 14 && r.bottom - e.clientY < 14 };
    });
    node.addEventListener("pointermove", (e) => {
      if (!from) return;
      e.stopPropagation();
      const r = (node.parentElement as HTMLElement).getBoundingClientRect(), s = this.sheets[n] as Sheet;
      const dx = ((e.clientX - from.x) / r.width) * s.w, dy = ((e.clientY - from.y) / r.height) * s.h;
      const [x0, y0, x1, y1] = from.b as [number, number, number, number];
      this.place(node, n, from.corner ? [x0, y0, Math.max(x1 + dx, x0 + 4), Math.max(y1 + dy, y0 + 4)] : [x0 + dx, y0 + dy, x1 + dx, y1 + dy]);
    });
    node.addEventListener("pointerup", (e) => { e.stopPropagation(); from = null; });
  }

  private at(node: HTMLElement): number[] {
    return (node.dataset["at"] ?? "0,0,0,0").split(",").map(Number);
  }

  private nudge(e: KeyboardEvent): void {
    const now = this.sizing;
    if (!now || !this.draft) return;
    const by = e.altKey ? 1 : 6;
    const [x0, y0, x1, y1] = this.at(this.draft) as [number, number, number, number];
    const dx = e.key === "ArrowRight" ? by : e.key === "ArrowLeft" ? -by : 0, dy = e.key === "ArrowDown" ? by : e.key === "ArrowUp" ? -by : 0;
    e.stopPropagation();
    if (e.key === "Enter" || e.key === "Escape") {
      e.preventDefault();
      const box = this.rectangle(now.page, [x0, y0, x1, y1]);
      this.draft.remove();
      this.draft = null;
      this.sizing = null;
      if (e.key === "Enter") now.keep(box);
      else this.say("No box was changed.");
    } else if (dx || dy) {
      e.preventDefault();
      this.place(this.draft, now.page, e.shiftKey ? [x0, y0, Math.max(x1 + dx, x0 + 4), Math.max(y1 + dy, y0 + 4)] : [x0 + dx, y0 + dy, x1 + dx, y1 + dy]);
    }
  }

  // ---- dialogs and words to the officer

  private reasonField(only: string[], first: string): { parts: Node[]; value: () => string } {
    const pick = el("select", { id: "reason" });
    for (const [id, text] of Object.entries(this.choices.reasons)) if (!only.length || only.includes(id)) pick.append(el("option", id === first ? { value: id, selected: "" } : { value: id }, text));
    return { parts: [el("label", { for: "reason" }, "Reason, for the internal log"), pick], value: () => pick.value };
  }

  private noteField(): { parts: Node[]; value: () => string } {
    const field = el("input", { id: "note", maxlength: "300", "aria-describedby": "note-hint", autocomplete: "off" });
    return { parts: [el("label", { for: "note" }, "Note (optional)"), el("p", { class: "hint", id: "note-hint" }, "Names nobody: write \"the mother\", not her name."), field], value: () => field.value };
  }

  private ask(title: string, body: Node[], yes: string, done: () => void): void {
    const dialog = $("ask") as HTMLDialogElement;
    $("ask-title").textContent = title;
    $("ask-body").replaceChildren(...body);
    $("ask-yes").textContent = yes;
    dialog.returnValue = "no";
    if (document.activeElement === $("term")) $("main").focus();
    dialog.onclose = () => { if (dialog.returnValue === "yes") done(); };
    dialog.showModal();
  }

  private tell(title: string, lines: string[], yes: string): Promise<void> {
    return new Promise((resolve) => {
      this.ask(title, lines.map((l) => el("p", {}, l)), yes, () => undefined);
      ($("ask") as HTMLDialogElement).onclose = () => { resolve(); };
    });
  }

  private say(text: string, loud = false): void {
    const place = $("say");
    place.textContent = text;
    place.classList.toggle("loud", loud);
    place.classList.add("on");
    if (!loud) window.setTimeout(() => { if (place.textContent === text) place.classList.remove("on"); }, 6000);
  }

  // ---- tools and keys

  private show(view: string): void {
    this.view = view;
    const radio = document.querySelector<HTMLInputElement>(`input[name=view][value=${view}]`);
    if (radio) radio.checked = true;
    this.resize();
    for (const n of this.near) this.drawPage(n, false);
  }

  private setTool(tool: "" | "draw" | "select"): void {
    this.tool = this.tool === tool ? "" : tool;
    if (this.tool && this.view === "requester") this.show("behind");
    for (const name of ["draw", "select"]) $(name).setAttribute("aria-pressed", String(this.tool === name));
    $("main").dataset["tool"] = this.tool;
    if (this.tool) this.say(this.tool === "draw" ? "Drag on a page to draw a box." : "Drag over the words to hide.");
  }

  private setZoom(by: number): void {
    this.zoom = Math.min(3, Math.max(0.5, Math.round((this.zoom + by) * 100) / 100));
    this.resize();
    for (const n of this.near) this.drawPage(n, false);
  }

  private bind(): void {
    const on = (id: string, act: () => void): void => { $(id).addEventListener("click", act); };
    on("undo", () => { void this.take({ do: "undo" }, "Taken back."); });
    on("redo", () => { void this.take({ do: "redo" }, "Brought back."); });
    on("draw", () => { this.setTool("draw"); });
    on("select", () => { this.setTool("select"); });
    on("zoom-in", () => { this.setZoom(0.25); });
    on("zoom-out", () => { this.setZoom(-0.25); });
    on("keys", () => { ($("help") as HTMLDialogElement).showModal(); });
    for (const radio of document.querySelectorAll<HTMLInputElement>("input[name=view]")) radio.addEventListener("change", () => { this.show(radio.value); });
    $("find").addEventListener("submit", (e) => {
      e.preventDefault();
      const field = $("term") as HTMLInputElement, term = field.value.trim();
      if (term) void this.search(term);
      field.value = "";
    });
    window.addEventListener("resize", () => { this.resize(); });
    document.addEventListener("keydown", (e) => { this.key(e); });
  }

  private key(e: KeyboardEvent): void {
    const target = e.target as HTMLElement;
    const typing = target.matches("input:not([type=radio]):not([type=checkbox]), select, textarea") || document.querySelector("dialog[open]");
    if (typing || e.ctrlKey || e.metaKey || e.altKey) return;
    const acts: Record<string, () => void> = {
      j: () => { void this.move(1); }, k: () => { void this.move(-1); }, a: () => { this.accept(); }, r: () => { this.reject(); },
      u: () => { $("undo").click(); }, U: () => { $("redo").click(); }, n: () => { this.newBox(); }, w: () => { this.setTool("select"); },
      m: () => { const at = this.chosen(); if (at && (at.v.span || at.v.drawn)) this.moveBox(at.v, at.n); },
      "/": () => { $("term").focus(); }, "?": () => { $("keys").click(); },
      1: () => { this.show("behind"); }, 2: () => { this.show("requester"); }, 3: () => { this.show("both"); },
      Escape: () => { if (this.tool) this.setTool(this.tool); },
    };
    const act = acts[e.key];
    if (act) { e.preventDefault(); act(); }
  }
}

// ---- the other pages: they work without this script, and are easier with it

function watchProgress(): void {
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
function watchIdle(limit: number): void {
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

function newRequest(form: HTMLFormElement): void {
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

for (const asking of document.querySelectorAll<HTMLElement>("[data-confirm]")) {
  asking.addEventListener("click", (e) => { if (!window.confirm(asking.dataset["confirm"])) e.preventDefault(); });
}
watchProgress();
if (document.body.dataset["idle"]) watchIdle(Number(document.body.dataset["idle"]));
const form = document.getElementById("new-request");
if (form instanceof HTMLFormElement) newRequest(form);
const desk = document.getElementById("desk");
if (desk) void new Desk(desk).start();
