// built from src/boxes.ts 400d5ce008ac502ee770f5d66ab3f6eda333864e0828000671e37a1b2d3ced5f
// The box that is looked at: what it is, why it is there, and what can be done about it.
import { say } from "./dialog.js";
import { $, el, button, STATE } from "./dom.js";
/** The one box that the keys and the side panel mean. */
export class Chosen {
    desk;
    current = "";
    constructor(desk) {
        this.desk = desk;
    }
    get file() { return this.desk.file; }
    choose(id, n, focus = false) {
        this.current = id;
        this.desk.pages.page = n;
        this.markCurrent();
        const v = (this.file.boxes.get(n) ?? []).find((b) => b.id === id);
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
            row.append(button("Move or size (m)", () => { this.desk.sizing.moveBox(v, n); }), button("Delete (r)", () => { this.reject(); }, "small outline"));
        }
        else if (v.hold && !span) {
            row.append(button("Hide it (a)", () => { this.accept(); }), button("Clear it (r)", () => { this.reject(); }, "small outline"));
        }
        else if (span && v.state === "keep") {
            row.append(button("Hide these words", () => { void this.file.take({ do: "mark", spans: [span], kind: "name", reason: "missed" }, "Hidden."); }));
        }
        else if (span) {
            row.append(button("Accept (a)", () => { this.accept(); }), button("Show these words (r)", () => { this.reject(); }, "small outline"), button("Size (m)", () => { this.desk.sizing.moveBox(v, n); }, "small outline"));
        }
        if (span && v.text)
            row.append(button("Hide every place", () => { void this.desk.marking.search(v.text); }, "small outline"));
        return row;
    }
    chosen() {
        for (const [n, views] of this.file.boxes) {
            const v = views.find((b) => b.id === this.current);
            if (v)
                return { v, n };
        }
        return null;
    }
    accept() {
        const at = this.chosen();
        if (!at)
            return say("Choose a box first: j goes to the next one.");
        const { v } = at;
        if (v.hold && v.state === "hold")
            void this.file.take({ do: "answer_hold", hold: v.hold, action: "redact", reason: "law_closes" }, "Hidden, and asked no more.").then(() => { this.move(1); });
        else if (v.span)
            void this.file.take({ do: "confirm", span: v.span, reason: "looked" }, "Accepted.").then(() => { this.move(1); });
    }
    reject() {
        const at = this.chosen();
        if (!at)
            return say("Choose a box first: j goes to the next one.");
        const { v } = at;
        if (v.drawn)
            void this.file.take({ do: "delete_box", id: v.id, reason: "correction" }, "The box is gone.");
        else if (v.hold && !v.span)
            void this.file.take({ do: "answer_hold", hold: v.hold, action: "keep", reason: "looked" }, "Cleared.");
        else if (v.span && v.state !== "keep")
            void this.file.take({ do: "open", span: v.span, reason: v.officer ? "correction" : "wrong_find" }, "These words are shown wherever they stand.");
    }
    /** To the next or previous box in the file that is hidden or waits, over pages not yet drawn. */
    async move(by) {
        const at = this.chosen();
        let n = at?.n ?? this.desk.pages.page;
        const of = (page) => (this.file.boxes.get(page) ?? []).filter((b) => b.state !== "keep");
        await this.file.fetchBoxes([n]);
        let list = of(n);
        let place = at ? list.findIndex((b) => b.id === at.v.id) + by : by > 0 ? 0 : list.length - 1;
        while (place < 0 || place >= list.length) {
            n += by;
            if (n < 0 || n >= this.file.sheets.length)
                return say(by > 0 ? "That was the last box." : "That was the first box.");
            await this.file.fetchBoxes([n]);
            list = of(n);
            place = by > 0 ? 0 : list.length - 1;
        }
        const v = list[place];
        if (!document.querySelector(`#page-${n} [data-box="${CSS.escape(v.id)}"]`)) {
            this.file.near.add(n);
            this.desk.pages.goTo(n);
            this.desk.pages.drawPage(n, false);
        }
        this.choose(v.id, n, true);
    }
}
