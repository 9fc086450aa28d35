// built from src/review.ts 37da5231dc7cb85a7ffdbd087dfc08e138ddbdab15c0450c5c7f4acbcd24331c
"use strict";
// The script of the review desk. It draws what the server says and sends every change at once;
// nothing is decided here. Compiled by `make review-js` into static/review.js, which is committed.
const $ = (id) => document.getElementById(id);
function el(tag, attributes = {}, ...inside) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes))
        made.setAttribute(name, value);
    made.append(...inside);
    return made;
}
function button(text, act, kind = "small") {
    const made = el("button", { type: "button", class: `button ${kind}` }, text);
    made.addEventListener("click", act);
    return made;
}
const plural = (n, one, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;
const STATE = { redact: "hidden", hold: "waits for your answer", keep: "stays readable" };
const ICON = { redact: "×", hold: "?", keep: "○" };
class Desk {
    base;
    choices;
    state;
    sheets = [];
    boxes = new Map();
    words = new Map();
    near = new Set();
    current = "";
    page = 0;
    zoom = 1;
    view = "behind";
    tool = "";
    draft = null;
    sizing = null;
    watcher;
    waiting = Promise.resolve();
    constructor(root) {
        this.base = root.dataset["base"] ?? "";
        this.choices = JSON.parse($("choices").textContent ?? "{}");
    }
    // ---- loading and changing
    async start() {
        await this.firstPicture();
        const answer = await fetch(`${this.base}/state`, { headers: { Accept: "application/json" } });
        if (!answer.ok)
            return this.trouble(answer);
        this.state = (await answer.json());
        this.sheets = this.state.sheets ?? [];
        $("loading").remove();
        this.layOut();
        this.bind();
        this.drawState();
        document.documentElement.dataset["ready"] = "yes";
    }
    /** The first page is asked for at once and alone, before the people and boxes are made ready. */
    firstPicture() {
        const image = el("img", { alt: "", class: "first" });
        image.src = this.picture(0, "behind");
        $("loading").after(image);
        return new Promise((done) => {
            image.addEventListener("load", () => { performance.mark("first-page"); done(); });
            image.addEventListener("error", () => { done(); });
        });
    }
    async trouble(answer) {
        const problem = (await answer.json().catch(() => ({})));
        if (answer.status === 401 || answer.redirected) {
            await this.tell("You have been signed out", ["For safety the desk signs you out after a while. Nothing is lost: every change was kept when you made it."], "Sign in again");
            location.assign(`/login?next=${encodeURIComponent(location.pathname)}`);
        }
        else if (answer.status === 412) {
            await this.tell("Somebody else changed this file", ["Another officer works on this file too. Your last change was not made, and nothing of theirs is lost. The page now shows the file as it stands."], "Show the file as it stands");
            await this.reload();
        }
        else if (answer.status === 409 && problem["code"] !== "override_needed") {
            location.assign(this.base);
        }
        else {
            this.say(`${problem["detail"] ?? "The change was not made."} ${problem["advice"] ?? ""}`, true);
        }
    }
    async reload() {
        const answer = await fetch(`${this.base}/state`, { headers: { Accept: "application/json" } });
        if (!answer.ok)
            return this.trouble(answer);
        this.state = (await answer.json());
        await this.refresh();
    }
    /** Send one change; steps wait for one another, so that none overtakes the one before. */
    take(step, said) {
        this.waiting = this.waiting.then(() => this.send(step, said)).catch(() => {
            this.say("The service did not answer. The change was not made; try again.", true);
        });
        return this.waiting;
    }
    async send(step, said) {
        const began = performance.now();
        const answer = await fetch(`${this.base}/steps?pages=${[...this.near].join(",")}`, {
            method: "POST",
            headers: { "Content-Type": "application/json", Accept: "application/json", "If-Match": `"${this.state.revision}"` },
            body: JSON.stringify(step),
        });
        if (!answer.ok) {
            const problem = (await answer.clone().json().catch(() => ({})));
            if (problem["code"] === "override_needed")
                return this.override(step, said, Number(problem["places"] ?? 1));
            return this.trouble(answer);
        }
        this.state = (await answer.json());
        await this.refresh(this.state.boxes);
        document.documentElement.dataset["took"] = String(Math.round(performance.now() - began));
        this.say(said);
    }
    override(step, said, places) {
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
    async refresh(boxes = {}) {
        this.boxes.clear();
        for (const [n, views] of Object.entries(boxes))
            this.boxes.set(Number(n), views);
        await this.fetchBoxes([...this.near]);
        this.drawState();
        for (const n of this.near)
            this.drawPage(n, true);
    }
    async fetchBoxes(pages) {
        const wanted = pages.filter((n) => !this.boxes.has(n));
        if (!wanted.length)
            return;
        const answer = await fetch(`${this.base}/boxes?pages=${wanted.join(",")}`, { headers: { Accept: "application/json" } });
        if (!answer.ok)
            return this.trouble(answer);
        const found = (await answer.json()).boxes;
        for (const [n, views] of Object.entries(found))
            this.boxes.set(Number(n), views);
    }
    // ---- pages
    /** Every page gets an empty sheet of its size; only those near the window are filled. */
    layOut() {
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
    resize() {
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
    scrolled(seen) {
        const entered = [];
        for (const entry of seen) {
            const n = Number(entry.target.id.slice(5));
            if (entry.isIntersecting) {
                this.near.add(n);
                entered.push(n);
            }
            else if (this.near.delete(n))
                entry.target.querySelector(".panes")?.replaceChildren();
        }
        if (!entered.length)
            return;
        for (const n of entered)
            this.drawPage(n, false);
        void this.fetchBoxes(entered).then(() => { for (const n of entered)
            if (this.near.has(n))
                this.drawPage(n, false); });
    }
    picture(n, as) {
        const dpi = this.zoom * (window.devicePixelRatio || 1) > 1.4 ? 150 : 100;
        const revision = as === "requester" ? `&as=requester&rev=${this.state.revision}` : "";
        return `${this.base}/pages/${n}.png?dpi=${dpi}${revision}`;
    }
    drawPage(n, changed) {
        const panes = $(`page-${n}`).querySelector(".panes");
        const wanted = this.view === "both" ? ["behind", "requester"] : [this.view];
        const held = document.activeElement instanceof HTMLElement ? document.activeElement.dataset["box"] : undefined;
        if (panes.dataset["view"] !== this.view || !panes.childElementCount) {
            panes.dataset["view"] = this.view;
            panes.replaceChildren(...wanted.map((as) => this.pane(n, as)));
        }
        for (const pane of panes.querySelectorAll(".pane")) {
            const as = pane.dataset["as"] ?? "behind";
            const image = pane.querySelector("img");
            const source = this.picture(n, as);
            if (image.getAttribute("src") !== source)
                image.src = source;
            if (as === "requester" && wanted.length > 1)
                continue;
            const layer = pane.querySelector(".layer");
            layer.replaceChildren(...(this.boxes.get(n) ?? []).map((v) => this.boxButton(n, v)));
        }
        if (held && changed)
            panes.querySelector(`[data-box="${CSS.escape(held)}"]`)?.focus();
        this.markCurrent();
    }
    pane(n, as) {
        const image = el("img", { alt: as === "behind" ? `Page ${n + 1} of the case file` : `Page ${n + 1} as the requester will see it`, draggable: "false" });
        const pane = el("div", { class: `pane ${as}`, "data-as": as }, image, el("div", { class: "layer" }));
        if (as === "behind")
            this.pointer(pane, n);
        return pane;
    }
    boxButton(n, v) {
        const sheet = this.sheets[n];
        const made = el("button", { type: "button", class: `box ${v.state}${v.confirmed ? " seen" : ""}`, "data-box": v.id });
        const [x0, y0, x1, y1] = v.box;
        Object.assign(made.style, { left: `${(100 * x0) / sheet.w}%`, top: `${(100 * y0) / sheet.h}%`, width: `${(100 * (x1 - x0)) / sheet.w}%`, height: `${(100 * (y1 - y0)) / sheet.h}%` });
        made.append(el("span", { class: "mark", "aria-hidden": "true" }, v.confirmed ? "✓" : ICON[v.state]));
        made.setAttribute("aria-label", `${v.kind}${v.text ? ` "${v.text}"` : ""}${v.who ? ` of ${v.who}` : ""}: ${STATE[v.state]}${v.prints ? `, ${v.prints}` : ""}${v.confirmed ? ", looked at" : ""}. Box ${v.n} on page ${n + 1}.`);
        made.addEventListener("click", () => { this.choose(v.id, n); });
        made.addEventListener("focus", () => { if (this.current !== v.id)
            this.choose(v.id, n); });
        return made;
    }
    goTo(n) {
        $(`page-${n}`).scrollIntoView({ block: "start" });
        this.page = n;
        this.markThumb();
    }
    whichPage() {
        const main = $("main");
        const middle = main.getBoundingClientRect().top + main.clientHeight / 3;
        const at = this.sheets.find((s) => $(`page-${s.n}`).getBoundingClientRect().bottom > middle);
        if (at && at.n !== this.page) {
            this.page = at.n;
            this.markThumb();
        }
    }
    markThumb() {
        for (const thumb of $("thumbs").querySelectorAll("[aria-current]"))
            thumb.removeAttribute("aria-current");
        const now = document.getElementById(`thumb-${this.page}`);
        now?.setAttribute("aria-current", "true");
        now?.scrollIntoView({ block: "nearest" });
    }
    // ---- people, questions, counts
    drawState() {
        const s = this.state;
        $("undo").disabled = !s.undo;
        $("redo").disabled = !s.redo;
        $("n-questions").textContent = String(s.questions.length);
        $("n-people").textContent = String(s.people.length);
        $("questions").replaceChildren(...(s.questions.length ? s.questions.map((q) => this.question(q)) : [el("li", { class: "hint" }, "None is open.")]));
        const order = [...s.people].sort((a, b) => Number(b.shielded) - Number(a.shielded) || b.mentions - a.mentions);
        const open = new Set([...document.querySelectorAll("#people details[open]")].map((d) => d.dataset["person"]));
        $("people").replaceChildren(...order.map((p) => this.person(p, open.has(p.id))));
        const release = $("release");
        release.textContent = s.questions.length ? `Release (${s.questions.length} open)` : "Release";
        for (const sheet of this.sheets) {
            const c = s.pages[String(sheet.n)] ?? {};
            const thumb = $(`thumb-${sheet.n}`);
            const hidden = c["redact"] ?? 0, held = c["hold"] ?? 0;
            thumb.querySelector(".label").textContent = `${sheet.n + 1}${held ? ` ?${held}` : ""}`;
            thumb.setAttribute("aria-label", `Page ${sheet.n + 1}: ${hidden} hidden${held ? `, ${plural(held, "question")}` : ""}`);
            thumb.classList.toggle("held", held > 0);
        }
        this.markThumb();
    }
    question(q) {
        const show = q.id.startsWith("page:") ? "I have read it: show it" : q.id.startsWith("region:") ? "Clear it" : "Show it";
        return el("li", { class: "card question-card", "data-question": q.id }, el("h3", {}, el("span", { class: "mini hold", "aria-hidden": "true" }), ` ${q.title}`), el("p", {}, q.text), el("p", { class: "hint" }, q.citations.join(", ")), el("div", { class: "row" }, button("Hide it", () => { void this.take({ do: "answer_hold", hold: q.id, action: "redact", reason: "law_closes" }, `${q.title}: hidden.`); }), button(show, () => { void this.take({ do: "answer_hold", hold: q.id, action: "keep", reason: "law_opens" }, `${q.title}: shown.`); }, "small outline"), button("Look", () => { this.lookAt(q); }, "small plain")));
    }
    lookAt(q) {
        this.goTo(q.page);
        void this.fetchBoxes([q.page]).then(() => {
            const v = (this.boxes.get(q.page) ?? []).find((b) => b.hold === q.id || b.id === q.id);
            if (v)
                this.choose(v.id, q.page, true);
        });
    }
    person(p, open) {
        const hidden = (p.counts["redact"] ?? 0) + (p.counts["hold"] ?? 0), shown = p.counts["keep"] ?? 0;
        const roles = p.roles.length ? p.roles.map((r) => `${r.name}${r.sure ? "" : "?"}`).join(", ") : "role not known";
        const head = el("summary", {}, el("span", { class: "strong" }, p.name), p.shielded ? el("span", { class: "tag shield" }, "◆ shielded") : "", el("span", { class: "roles" }, roles), el("span", { class: "hint" }, `${plural(p.mentions, "mention")}: ${hidden} hidden, ${shown} readable`));
        const body = el("div", { class: "person-body" });
        const made = el("details", { class: "person", "data-person": p.id }, head, body);
        const fill = () => { if (!body.childElementCount)
            body.append(...this.personBody(p)); };
        made.addEventListener("toggle", () => { if (made.open)
            fill(); });
        if (open) {
            made.open = true;
            fill();
        }
        return el("li", {}, made);
    }
    personBody(p) {
        const parts = [];
        if (p.names.length)
            parts.push(el("p", {}, `Also written: ${p.names.join("; ")}`));
        parts.push(el("p", { class: "hint" }, `Why: ${p.why.join("; ") || "no clue in the file"}. ${p.roles.map((r) => `${r.name} ${Math.round(r.confidence * 100)} %`).join(", ")}`));
        const decide = (action, said, reason) => () => { void this.take({ do: "decide_person", person: p.id, action, reason }, said); };
        const row = el("div", { class: "row" });
        if (!p.fixed) {
            row.append(button("Change role", () => { this.askRoles(p); }), button("This is the requester", () => {
                void this.take({ do: "mark_requester", person: p.id, reason: "wrong_role" }, `${p.name} is the requester.`);
            }, "small outline"));
        }
        row.append(button("Hide everywhere", decide("redact", `${p.name} is hidden everywhere.`, "law_closes"), "small outline"), button("Show the name", decide("keep", `The name of ${p.name} is shown; contacts and numbers stay as the rules say.`, "law_opens"), "small outline"));
        if (!p.fixed)
            row.append(button("Same person as …", () => { this.askMerge(p); }, "small outline"), button("Two people …", () => { void this.askSplit(p); }, "small outline"));
        parts.push(row);
        return parts;
    }
    askRoles(p) {
        const now = new Set(p.roles.filter((r) => r.confidence >= 0.5).map((r) => r.id));
        const list = el("div", { class: "ticks" });
        for (const [name, id] of this.choices.roles) {
            const tick = el("input", { type: "checkbox", id: `role-${id}`, value: id });
            tick.checked = now.has(id);
            list.append(el("div", { class: "tickline" }, tick, el("label", { for: `role-${id}` }, name)));
        }
        const reason = this.reasonField([], "wrong_role"), note = this.noteField();
        this.ask(`Who is ${p.name} in this case?`, [el("p", { class: "hint" }, "Tick every role that is true. The policy then decides every mention again."), list, ...reason.parts, ...note.parts], "Change the role", () => {
            const roles = [...list.querySelectorAll("input:checked")].map((i) => i.value);
            void this.take({ do: "set_roles", person: p.id, roles, reason: reason.value(), note: note.value() }, `The role of ${p.name} was changed; every box followed.`);
        });
    }
    askMerge(p) {
        const pick = el("select", { id: "into" });
        for (const other of this.state.people)
            if (other.id !== p.id && !other.fixed)
                pick.append(el("option", { value: other.id }, `${other.name} (${other.roles.map((r) => r.name).join(", ") || "role not known"})`));
        const note = this.noteField();
        this.ask(`${p.name} is the same person as …`, [el("label", { for: "into" }, "Who"), pick, el("p", { class: "hint" }, "The two share their names and all their roles from now on."), ...note.parts], "They are one person", () => {
            void this.take({ do: "merge", person: p.id, into: pick.value, reason: "same_person", note: note.value() }, "The two are one person now.");
        });
    }
    async askSplit(p) {
        const answer = await fetch(`${this.base}/people/${p.id}`, { headers: { Accept: "application/json" } });
        if (!answer.ok)
            return this.trouble(answer);
        const { mentions } = (await answer.json());
        const list = el("div", { class: "ticks tall" });
        mentions.forEach((m, n) => {
            const tick = el("input", { type: "checkbox", id: `m-${n}`, value: m.span.join(",") });
            list.append(el("div", { class: "tickline" }, tick, el("label", { for: `m-${n}` }, `Page ${m.page + 1}: … ${m.before} `, el("b", {}, m.text), ` ${m.after} …`)));
        });
        const note = this.noteField();
        this.ask(`Which of these mean somebody else than ${p.name}?`, [list, el("p", { class: "hint" }, "What you split off is hidden until you say who it is."), ...note.parts], "Split them off", () => {
            const spans = [...list.querySelectorAll("input:checked")].map((i) => i.value.split(",").map(Number));
            if (spans.length)
                void this.take({ do: "split", person: p.id, spans, reason: "two_people", note: note.value() }, "Split off; say now who it is.");
        });
    }
    // ---- one box
    choose(id, n, focus = false) {
        this.current = id;
        this.page = n;
        this.markCurrent();
        const v = (this.boxes.get(n) ?? []).find((b) => b.id === id);
        if (v)
            this.detail(v, n);
        if (focus) {
            const made = document.querySelector(`#page-${n} [data-box="${CSS.escape(id)}"]`);
            made?.scrollIntoView({ block: "center" });
            made?.focus({ preventScroll: true });
        }
    }
    markCurrent() {
        for (const b of document.querySelectorAll(".box"))
            b.classList.toggle("current", b.dataset["box"] === this.current);
    }
    detail(v, n) {
        const facts = el("dl", {});
        const fact = (name, ...value) => { facts.append(el("dt", {}, name), el("dd", {}, ...value)); };
        if (v.text)
            fact("Words", el("q", {}, v.text));
        fact("What", v.kind);
        if (v.who)
            fact("Whose", v.who);
        if (v.prints && v.state !== "keep")
            fact("Printed on the box", v.prints);
        fact("Why", v.why || (v.state === "keep" ? "a rule opens it for this requester" : "a rule hides it from this requester"));
        fact("Rule", v.rule === "officer" ? "decided by an officer" : v.rule_text ? `${v.rule_text} (${v.rule})` : v.rule.replaceAll("_", " "));
        fact("Law", ...v.cites.map((c) => el("span", { class: "cite" }, el("b", {}, c.id), ` ${c.what} `, el("span", { class: "hint" }, `(text: ${c.date})`))));
        if (v.recognizer)
            fact("Found by", `${v.recognizer.replace("Recognizer", "")}, ${Math.round(v.score * 100)} % sure`);
        $("detail").replaceChildren(el("h2", {}, "This box"), el("p", {}, el("span", { class: `mini ${v.state}`, "aria-hidden": "true" }), ` Page ${n + 1}, box ${v.n}: ${STATE[v.state]}`), this.actions(v, n), facts);
    }
    actions(v, n) {
        const row = el("div", { class: "row" });
        const span = v.span;
        if (v.drawn) {
            row.append(button("Move or size (m)", () => { this.moveBox(v, n); }), button("Delete (r)", () => { this.reject(); }, "small outline"));
        }
        else if (v.hold && !span) {
            row.append(button("Hide it (a)", () => { this.accept(); }), button("Clear it (r)", () => { this.reject(); }, "small outline"));
        }
        else if (span && v.state === "keep") {
            row.append(button("Hide these words", () => { void this.take({ do: "mark", spans: [span], kind: "name", reason: "missed" }, "Hidden."); }));
        }
        else if (span) {
            row.append(button("Accept (a)", () => { this.accept(); }), button("Show these words (r)", () => { this.reject(); }, "small outline"), button("Size (m)", () => { this.moveBox(v, n); }, "small outline"));
        }
        if (span && v.text)
            row.append(button("Hide every place", () => { void this.search(v.text); }, "small outline"));
        return row;
    }
    chosen() {
        for (const [n, views] of this.boxes) {
            const v = views.find((b) => b.id === this.current);
            if (v)
                return { v, n };
        }
        return null;
    }
    accept() {
        const at = this.chosen();
        if (!at)
            return this.say("Choose a box first: j goes to the next one.");
        const { v } = at;
        if (v.hold && v.state === "hold")
            void this.take({ do: "answer_hold", hold: v.hold, action: "redact", reason: "law_closes" }, "Hidden, and asked no more.").then(() => { this.move(1); });
        else if (v.span)
            void this.take({ do: "confirm", span: v.span, reason: "looked" }, "Accepted.").then(() => { this.move(1); });
    }
    reject() {
        const at = this.chosen();
        if (!at)
            return this.say("Choose a box first: j goes to the next one.");
        const { v } = at;
        if (v.drawn)
            void this.take({ do: "delete_box", id: v.id, reason: "correction" }, "The box is gone.");
        else if (v.hold && !v.span)
            void this.take({ do: "answer_hold", hold: v.hold, action: "keep", reason: "looked" }, "Cleared.");
        else if (v.span && v.state !== "keep")
            void this.take({ do: "open", span: v.span, reason: v.officer ? "correction" : "wrong_find" }, "These words are shown wherever they stand.");
    }
    /** To the next or previous box in the file that is hidden or waits, over pages not yet drawn. */
    async move(by) {
        const at = this.chosen();
        let n = at?.n ?? this.page;
        const of = (page) => (this.boxes.get(page) ?? []).filter((b) => b.state !== "keep");
        await this.fetchBoxes([n]);
        let list = of(n);
        let place = at ? list.findIndex((b) => b.id === at.v.id) + by : by > 0 ? 0 : list.length - 1;
        while (place < 0 || place >= list.length) {
            n += by;
            if (n < 0 || n >= this.sheets.length)
                return this.say(by > 0 ? "That was the last box." : "That was the first box.");
            await this.fetchBoxes([n]);
            list = of(n);
            place = by > 0 ? 0 : list.length - 1;
        }
        const v = list[place];
        if (!document.querySelector(`#page-${n} [data-box="${CSS.escape(v.id)}"]`)) {
            this.near.add(n);
            this.goTo(n);
            this.drawPage(n, false);
        }
        this.choose(v.id, n, true);
    }
    // ---- drawing and selecting
    pointer(pane, n) {
        let from = null;
        const where = (e) => {
            const r = pane.getBoundingClientRect(), s = this.sheets[n];
            return { x: ((e.clientX - r.left) / r.width) * s.w, y: ((e.clientY - r.top) / r.height) * s.h };
        };
        pane.addEventListener("pointerdown", (e) => {
            if (!this.tool || e.button !== 0)
                return;
            e.preventDefault();
            pane.setPointerCapture(e.pointerId);
            from = where(e);
            if (this.tool === "draw")
                this.draft = this.outline(pane, n, [from.x, from.y, from.x, from.y]);
            else
                void this.loadWords(n);
        });
        pane.addEventListener("pointermove", (e) => {
            if (!from)
                return;
            const to = where(e);
            if (this.tool === "draw" && this.draft)
                this.place(this.draft, n, [Math.min(from.x, to.x), Math.min(from.y, to.y), Math.max(from.x, to.x), Math.max(from.y, to.y)]);
            if (this.tool === "select")
                this.highlight(pane, n, this.between(n, from, to));
        });
        pane.addEventListener("pointerup", (e) => {
            if (!from)
                return;
            const start = from, to = where(e);
            from = null;
            if (this.tool === "draw") {
                this.draft?.remove();
                this.draft = null;
                this.addBox(n, [Math.min(start.x, to.x), Math.min(start.y, to.y), Math.max(start.x, to.x), Math.max(start.y, to.y)]);
            }
            else
                void this.loadWords(n).then(() => { const words = this.between(n, start, to); this.highlight(pane, n, []); if (words.length)
                    this.askWords(words); });
        });
    }
    async loadWords(n) {
        if (this.words.has(n))
            return;
        const answer = await fetch(`${this.base}/words/${n}`, { headers: { Accept: "application/json" } });
        if (answer.ok)
            this.words.set(n, (await answer.json()).words);
    }
    /** The words from the one under the first point to the one under the last, in reading order. */
    between(n, a, b) {
        const words = this.words.get(n) ?? [];
        const distance = (w, p) => Math.hypot(Math.max(w[2] - p.x, 0, p.x - w[4]), 2 * Math.max(w[3] - p.y, 0, p.y - w[5]));
        const nearest = (p) => words.reduce((best, w, i) => (distance(w, p) < distance(words[best], p) ? i : best), 0);
        if (!words.length)
            return [];
        const [first, last] = [nearest(a), nearest(b)].sort((x, y) => x - y);
        return words.slice(first, last + 1);
    }
    highlight(pane, n, words) {
        for (const old of pane.querySelectorAll(".picked"))
            old.remove();
        for (const w of words)
            this.place(pane.appendChild(el("span", { class: "picked" })), n, [w[2], w[3], w[4], w[5]]);
    }
    place(node, n, b) {
        const s = this.sheets[n];
        Object.assign(node.style, { left: `${(100 * b[0]) / s.w}%`, top: `${(100 * b[1]) / s.h}%`, width: `${(100 * (b[2] - b[0])) / s.w}%`, height: `${(100 * (b[3] - b[1])) / s.h}%` });
        node.dataset["at"] = b.map((x) => x.toFixed(1)).join(",");
    }
    outline(pane, n, b) {
        const made = el("div", { class: "draft", tabindex: "0", role: "application", "aria-label": "New box. Arrow keys move it, Shift with arrows sizes it, Enter keeps it, Escape drops it." });
        pane.append(made);
        this.place(made, n, b);
        return made;
    }
    rectangle(n, b) {
        return { page: n, x0: b[0], y0: b[1], x1: b[2], y1: b[3] };
    }
    addBox(n, b) {
        if (b[2] - b[0] < 4 || b[3] - b[1] < 4)
            return;
        void this.take({ do: "add_box", box: this.rectangle(n, b), reason: "missed" }, `A box was added on page ${n + 1}.`);
    }
    askWords(words) {
        const first = words[0], last = words[words.length - 1];
        this.askHide([[first[0], last[1]]], words.map((w) => w[6]).join(" "), [this.page]);
    }
    askHide(spans, text, pages) {
        const kind = el("select", { id: "kind" });
        for (const [name, id] of this.choices.kinds)
            kind.append(el("option", id === "name" ? { value: id, selected: "" } : { value: id }, name));
        const label = el("select", { id: "label" }, el("option", { value: "" }, "as the policy prints it"));
        for (const [id, prints, meaning] of this.choices.labels)
            label.append(el("option", { value: id }, `${prints} (${meaning})`));
        const reason = this.reasonField([], "missed"), note = this.noteField();
        const count = spans.length > 1 ? `${plural(spans.length, "place")} on ${plural(new Set(pages).size, "page")}` : "these words";
        this.ask(`Hide ${count}?`, [el("p", {}, el("q", {}, text)), el("label", { for: "kind" }, "What it is"), kind, el("label", { for: "label" }, "What the box says"), label, ...reason.parts, ...note.parts], `Hide ${count}`, () => {
            void this.take({ do: "mark", spans, kind: kind.value, label: label.value, reason: reason.value(), note: note.value() }, `${spans.length > 1 ? plural(spans.length, "place") : "The words"} hidden.`);
        });
    }
    async search(term) {
        const answer = await fetch(`${this.base}/find`, { method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json" }, body: JSON.stringify({ term }) });
        if (!answer.ok)
            return this.trouble(answer);
        const { spans, pages } = (await answer.json());
        if (!spans.length)
            return this.say("These words stand nowhere in the file.");
        this.askHide(spans, term, pages);
    }
    /** A new box, moved and sized with the keys. */
    newBox() {
        const s = this.sheets[this.page];
        this.byKeys(this.page, [s.w * 0.35, s.h * 0.45, s.w * 0.65, s.h * 0.5], (box) => {
            void this.take({ do: "add_box", box, reason: "missed" }, `A box was added on page ${this.page + 1}.`);
        });
    }
    moveBox(v, n) {
        const [, , , piece] = v.id.split(":");
        this.byKeys(n, v.box, (box) => {
            if (v.drawn)
                void this.take({ do: "move_box", id: v.id, box, reason: "wrong_extent" }, "The box was moved.");
            else
                void this.take({ do: "resize", span: v.span, piece: Number(piece), box, reason: "wrong_extent" }, "The box has its new extent.");
        });
    }
    byKeys(n, b, keep) {
        if (this.view === "requester")
            this.show("behind");
        const pane = document.querySelector(`#page-${n} .pane.behind`);
        if (!pane)
            return;
        this.draft?.remove();
        this.draft = this.outline(pane, n, b);
        this.sizing = { page: n, keep };
        this.draft.scrollIntoView({ block: "nearest" });
        this.draft.focus();
        this.say("Arrow keys move the box, Shift with arrows sizes it, Enter keeps it, Escape drops it.");
        this.draft.addEventListener("keydown", (e) => { this.nudge(e); });
        this.dragHandle(this.draft, n);
    }
    dragHandle(node, n) {
        let from = null;
        node.addEventListener("pointerdown", (e) => {
            e.stopPropagation();
            e.preventDefault();
            node.setPointerCapture(e.pointerId);
            node.focus();
            const r = node.getBoundingClientRect();
            from = { x: e.clientX, y: e.clientY, b: this.at(node), corner: r.right - e.clientX < 14 && r.bottom - e.clientY < 14 };
        });
        node.addEventListener("pointermove", (e) => {
            if (!from)
                return;
            e.stopPropagation();
            const r = node.parentElement.getBoundingClientRect(), s = this.sheets[n];
            const dx = ((e.clientX - from.x) / r.width) * s.w, dy = ((e.clientY - from.y) / r.height) * s.h;
            const [x0, y0, x1, y1] = from.b;
            this.place(node, n, from.corner ? [x0, y0, Math.max(x1 + dx, x0 + 4), Math.max(y1 + dy, y0 + 4)] : [x0 + dx, y0 + dy, x1 + dx, y1 + dy]);
        });
        node.addEventListener("pointerup", (e) => { e.stopPropagation(); from = null; });
    }
    at(node) {
        return (node.dataset["at"] ?? "0,0,0,0").split(",").map(Number);
    }
    nudge(e) {
        const now = this.sizing;
        if (!now || !this.draft)
            return;
        const by = e.altKey ? 1 : 6;
        const [x0, y0, x1, y1] = this.at(this.draft);
        const dx = e.key === "ArrowRight" ? by : e.key === "ArrowLeft" ? -by : 0, dy = e.key === "ArrowDown" ? by : e.key === "ArrowUp" ? -by : 0;
        e.stopPropagation();
        if (e.key === "Enter" || e.key === "Escape") {
            e.preventDefault();
            const box = this.rectangle(now.page, [x0, y0, x1, y1]);
            this.draft.remove();
            this.draft = null;
            this.sizing = null;
            if (e.key === "Enter")
                now.keep(box);
            else
                this.say("No box was changed.");
        }
        else if (dx || dy) {
            e.preventDefault();
            this.place(this.draft, now.page, e.shiftKey ? [x0, y0, Math.max(x1 + dx, x0 + 4), Math.max(y1 + dy, y0 + 4)] : [x0 + dx, y0 + dy, x1 + dx, y1 + dy]);
        }
    }
    // ---- dialogs and words to the officer
    reasonField(only, first) {
        const pick = el("select", { id: "reason" });
        for (const [id, text] of Object.entries(this.choices.reasons))
            if (!only.length || only.includes(id))
                pick.append(el("option", id === first ? { value: id, selected: "" } : { value: id }, text));
        return { parts: [el("label", { for: "reason" }, "Reason, for the internal log"), pick], value: () => pick.value };
    }
    noteField() {
        const field = el("input", { id: "note", maxlength: "300", "aria-describedby": "note-hint", autocomplete: "off" });
        return { parts: [el("label", { for: "note" }, "Note (optional)"), el("p", { class: "hint", id: "note-hint" }, "Names nobody: write \"the mother\", not her name."), field], value: () => field.value };
    }
    ask(title, body, yes, done) {
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
    tell(title, lines, yes) {
        return new Promise((resolve) => {
            this.ask(title, lines.map((l) => el("p", {}, l)), yes, () => undefined);
            $("ask").onclose = () => { resolve(); };
        });
    }
    say(text, loud = false) {
        const place = $("say");
        place.textContent = text;
        place.classList.toggle("loud", loud);
        place.classList.add("on");
        if (!loud)
            window.setTimeout(() => { if (place.textContent === text)
                place.classList.remove("on"); }, 6000);
    }
    // ---- tools and keys
    show(view) {
        this.view = view;
        const radio = document.querySelector(`input[name=view][value=${view}]`);
        if (radio)
            radio.checked = true;
        this.resize();
        for (const n of this.near)
            this.drawPage(n, false);
    }
    setTool(tool) {
        this.tool = this.tool === tool ? "" : tool;
        if (this.tool && this.view === "requester")
            this.show("behind");
        for (const name of ["draw", "select"])
            $(name).setAttribute("aria-pressed", String(this.tool === name));
        $("main").dataset["tool"] = this.tool;
        if (this.tool)
            this.say(this.tool === "draw" ? "Drag on a page to draw a box." : "Drag over the words to hide.");
    }
    setZoom(by) {
        this.zoom = Math.min(3, Math.max(0.5, Math.round((this.zoom + by) * 100) / 100));
        this.resize();
        for (const n of this.near)
            this.drawPage(n, false);
    }
    bind() {
        const on = (id, act) => { $(id).addEventListener("click", act); };
        on("undo", () => { void this.take({ do: "undo" }, "Taken back."); });
        on("redo", () => { void this.take({ do: "redo" }, "Brought back."); });
        on("draw", () => { this.setTool("draw"); });
        on("select", () => { this.setTool("select"); });
        on("zoom-in", () => { this.setZoom(0.25); });
        on("zoom-out", () => { this.setZoom(-0.25); });
        on("keys", () => { $("help").showModal(); });
        for (const radio of document.querySelectorAll("input[name=view]"))
            radio.addEventListener("change", () => { this.show(radio.value); });
        $("find").addEventListener("submit", (e) => {
            e.preventDefault();
            const field = $("term"), term = field.value.trim();
            if (term)
                void this.search(term);
            field.value = "";
        });
        window.addEventListener("resize", () => { this.resize(); });
        document.addEventListener("keydown", (e) => { this.key(e); });
    }
    key(e) {
        const target = e.target;
        const typing = target.matches("input:not([type=radio]):not([type=checkbox]), select, textarea") || document.querySelector("dialog[open]");
        if (typing || e.ctrlKey || e.metaKey || e.altKey)
            return;
        const acts = {
            j: () => { void this.move(1); }, k: () => { void this.move(-1); }, a: () => { this.accept(); }, r: () => { this.reject(); },
            u: () => { $("undo").click(); }, U: () => { $("redo").click(); }, n: () => { this.newBox(); }, w: () => { this.setTool("select"); },
            m: () => { const at = this.chosen(); if (at && (at.v.span || at.v.drawn))
                this.moveBox(at.v, at.n); },
            "/": () => { $("term").focus(); }, "?": () => { $("keys").click(); },
            1: () => { this.show("behind"); }, 2: () => { this.show("requester"); }, 3: () => { this.show("both"); },
            Escape: () => { if (this.tool)
                this.setTool(this.tool); },
        };
        const act = acts[e.key];
        if (act) {
            e.preventDefault();
            act();
        }
    }
}
// ---- the other pages: they work without this script, and are easier with it
function watchProgress() {
    for (const place of document.querySelectorAll("[data-progress]")) {
        const look = async () => {
            const answer = await fetch(place.dataset["progress"] ?? "", { headers: { Accept: "application/json" } });
            if (!answer.ok)
                return;
            const now = (await answer.json());
            if (!now.busy) {
                location.reload();
                return;
            }
            const pages = now.pages ? `Page ${now.page} of ${now.pages}` : "";
            const stage = place.querySelector("[data-stage]"), count = place.querySelector("[data-pages]"), bar = place.querySelector("progress");
            if (stage)
                stage.textContent = now.stage;
            else
                place.textContent = `${now.stage}${pages ? `, ${pages.toLowerCase()}` : ""}`;
            if (count && pages)
                count.textContent = pages;
            if (bar && now.pages) {
                bar.max = now.pages;
                bar.value = now.page;
            }
            window.setTimeout(() => void look(), 1000);
        };
        window.setTimeout(() => void look(), 700);
    }
}
/** Before a login ends for want of use the officer is asked; when it ends, the page is left. */
function watchIdle(limit) {
    const warn = Math.min(120, limit / 4);
    let last = Date.now(), pinged = last;
    const dialog = el("dialog", { "aria-labelledby": "idle-title", id: "idle" }, el("h2", { id: "idle-title" }, "Are you still there?"), el("p", {}, `For safety you are signed out soon. Nothing is lost: every change was kept when you made it.`));
    const stay = () => {
        last = Date.now();
        if (last - pinged > Math.min(300, limit / 4) * 1000 || dialog.open) {
            pinged = last;
            void fetch("/review/awake");
        }
        dialog.close();
    };
    dialog.append(button("Stay signed in", stay, ""));
    dialog.addEventListener("cancel", stay);
    document.body.append(dialog);
    for (const name of ["keydown", "pointerdown", "wheel"])
        document.addEventListener(name, () => { if (!dialog.open)
            stay(); }, { passive: true });
    window.setInterval(() => {
        const left = limit - (Date.now() - last) / 1000;
        if (left <= 0)
            location.assign(`/login?next=${encodeURIComponent(location.pathname)}`);
        else if (left <= warn && !dialog.open)
            dialog.showModal();
    }, 1000);
}
function newRequest(form) {
    const state = $("jurisdiction"), category = $("category");
    const fit = () => {
        for (const group of category.querySelectorAll("optgroup"))
            group.hidden = group.disabled = group.dataset["jurisdiction"] !== state.value;
        if (category.selectedOptions[0]?.parentElement instanceof HTMLOptGroupElement && category.selectedOptions[0].parentElement.disabled)
            category.value = "";
    };
    const ask = async () => {
        const asked = new URLSearchParams({ jurisdiction: state.value, category: category.value });
        const answer = await fetch(`${form.dataset["questions"]}?${asked}`, { headers: { Accept: "text/html" } });
        if (answer.ok)
            $("questions").innerHTML = await answer.text();
    };
    state.addEventListener("change", () => { fit(); void ask(); });
    category.addEventListener("change", () => void ask());
    fit();
    const drop = $("drop"), input = $("file");
    const list = () => { $("file-list").replaceChildren(...[...(input.files ?? [])].map((f) => el("li", {}, `${f.name} (${Math.ceil(f.size / 1024)} KB)`))); };
    input.addEventListener("change", list);
    for (const name of ["dragover", "dragenter"])
        drop.addEventListener(name, (e) => { e.preventDefault(); drop.classList.add("over"); });
    drop.addEventListener("dragleave", () => { drop.classList.remove("over"); });
    drop.addEventListener("drop", (e) => {
        e.preventDefault();
        drop.classList.remove("over");
        const both = new DataTransfer();
        for (const f of [...(input.files ?? []), ...(e.dataTransfer?.files ?? [])])
            both.items.add(f);
        input.files = both.files;
        list();
    });
    // what was chosen before this script ran, or comes back with the browser's way back
    list();
    if (category.value && !$("questions").querySelector(".question"))
        void ask();
}
for (const asking of document.querySelectorAll("[data-confirm]")) {
    asking.addEventListener("click", (e) => { if (!window.confirm(asking.dataset["confirm"]))
        e.preventDefault(); });
}
watchProgress();
if (document.body.dataset["idle"])
    watchIdle(Number(document.body.dataset["idle"]));
const form = document.getElementById("new-request");
if (form instanceof HTMLFormElement)
    newRequest(form);
const desk = document.getElementById("desk");
if (desk)
    void new Desk(desk).start();
