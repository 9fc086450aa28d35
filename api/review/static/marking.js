// built from src/marking.ts 03a13e908d351bc9bd6da2c9a61847ce4c718ad652cbf8309bc3730039746785
// Words and areas marked by hand: dragged over, or looked for.
import { ask, noteField, reasonField, say } from "./dialog.js";
import { $, el, plural, place, rectangle } from "./dom.js";
/** The tools that add boxes. */
export class Marking {
    desk;
    tool = "";
    constructor(desk) {
        this.desk = desk;
    }
    get file() { return this.desk.file; }
    pointer(pane, n) {
        let from = null;
        const where = (e) => {
            const r = pane.getBoundingClientRect(), s = this.file.sheets[n];
            return { x: ((e.clientX - r.left) / r.width) * s.w, y: ((e.clientY - r.top) / r.height) * s.h };
        };
        pane.addEventListener("pointerdown", (e) => {
            if (!this.tool || e.button !== 0)
                return;
            e.preventDefault();
            pane.setPointerCapture(e.pointerId);
            from = where(e);
            if (this.tool === "draw")
                this.desk.sizing.draft = this.desk.sizing.outline(pane, n, [from.x, from.y, from.x, from.y]);
            else
                void this.file.loadWords(n);
        });
        pane.addEventListener("pointermove", (e) => {
            if (!from)
                return;
            const to = where(e);
            if (this.tool === "draw" && this.desk.sizing.draft)
                place(this.desk.sizing.draft, this.file.sheets[n], [Math.min(from.x, to.x), Math.min(from.y, to.y), Math.max(from.x, to.x), Math.max(from.y, to.y)]);
            if (this.tool === "select")
                this.highlight(pane, n, this.between(n, from, to));
        });
        pane.addEventListener("pointerup", (e) => {
            if (!from)
                return;
            const start = from, to = where(e);
            from = null;
            if (this.tool === "draw") {
                this.desk.sizing.draft?.remove();
                this.desk.sizing.draft = null;
                this.addBox(n, [Math.min(start.x, to.x), Math.min(start.y, to.y), Math.max(start.x, to.x), Math.max(start.y, to.y)]);
            }
            else
                void this.file.loadWords(n).then(() => { const words = this.between(n, start, to); this.highlight(pane, n, []); if (words.length)
                    this.askWords(words); });
        });
    }
    /** The words from the one under the first point to the one under the last, in reading order. */
    between(n, a, b) {
        const words = this.file.words.get(n) ?? [];
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
            place(pane.appendChild(el("span", { class: "picked" })), this.file.sheets[n], [w[2], w[3], w[4], w[5]]);
    }
    addBox(n, b) {
        if (b[2] - b[0] < 4 || b[3] - b[1] < 4)
            return;
        void this.file.take({ do: "add_box", box: rectangle(n, b), reason: "missed" }, `A box was added on page ${n + 1}.`);
    }
    askWords(words) {
        const first = words[0], last = words[words.length - 1];
        this.askHide([[first[0], last[1]]], words.map((w) => w[6]).join(" "), [this.desk.pages.page]);
    }
    askHide(spans, text, pages) {
        const kind = el("select", { id: "kind" });
        for (const [name, id] of this.file.choices.kinds)
            kind.append(el("option", id === "name" ? { value: id, selected: "" } : { value: id }, name));
        const label = el("select", { id: "label" }, el("option", { value: "" }, "as the policy prints it"));
        for (const [id, prints, meaning] of this.file.choices.labels)
            label.append(el("option", { value: id }, `${prints} (${meaning})`));
        const reason = reasonField(this.file.choices.reasons, [], "missed"), note = noteField();
        const count = spans.length > 1 ? `${plural(spans.length, "place")} on ${plural(new Set(pages).size, "page")}` : "these words";
        ask(`Hide ${count}?`, [el("p", {}, el("q", {}, text)), el("label", { for: "kind" }, "What it is"), kind, el("label", { for: "label" }, "What the box says"), label, ...reason.parts, ...note.parts], `Hide ${count}`, () => {
            void this.file.take({ do: "mark", spans, kind: kind.value, label: label.value, reason: reason.value(), note: note.value() }, `${spans.length > 1 ? plural(spans.length, "place") : "The words"} hidden.`);
        });
    }
    async search(term) {
        const answer = await fetch(`${this.file.base}/find`, { method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json" }, body: JSON.stringify({ term }) });
        if (!answer.ok)
            return this.file.trouble(answer);
        const { spans, pages } = (await answer.json());
        if (!spans.length)
            return say("These words stand nowhere in the file.");
        this.askHide(spans, term, pages);
    }
    setTool(tool) {
        this.tool = this.tool === tool ? "" : tool;
        if (this.tool && this.desk.pages.view === "requester")
            this.desk.pages.show("behind");
        for (const name of ["draw", "select"])
            $(name).setAttribute("aria-pressed", String(this.tool === name));
        $("main").dataset["tool"] = this.tool;
        if (this.tool)
            say(this.tool === "draw" ? "Drag on a page to draw a box." : "Drag over the words to hide.");
    }
}
