// built from src/sizing.ts fbfae0067b68525a45b82270446bf6f6329f60b4aef267284f862bd2a845d497
// A box moved and sized, with the keys or by its corner.
import { say } from "./dialog.js";
import { corners, el, place, rectangle } from "./dom.js";
/** The box that is being drawn. */
export class Sizing {
    desk;
    draft = null;
    sizing = null;
    constructor(desk) {
        this.desk = desk;
    }
    get file() { return this.desk.file; }
    outline(pane, n, b) {
        const made = el("div", { class: "draft", tabindex: "0", role: "application", "aria-label": "New box. Arrow keys move it, Shift with arrows sizes it, Enter keeps it, Escape drops it." });
        pane.append(made);
        place(made, this.file.sheets[n], b);
        return made;
    }
    /** A new box, moved and sized with the keys. */
    newBox() {
        const s = this.file.sheets[this.desk.pages.page];
        this.byKeys(this.desk.pages.page, [s.w * 0.35, s.h * 0.45, s.w * 0.65, s.h * 0.5], (box) => {
            void this.file.take({ do: "add_box", box, reason: "missed" }, `A box was added on page ${this.desk.pages.page + 1}.`);
        });
    }
    moveBox(v, n) {
        const [, , , piece] = v.id.split(":");
        this.byKeys(n, v.box, (box) => {
            if (v.drawn)
                void this.file.take({ do: "move_box", id: v.id, box, reason: "wrong_extent" }, "The box was moved.");
            else
                void this.file.take({ do: "resize", span: v.span, piece: Number(piece), box, reason: "wrong_extent" }, "The box has its new extent.");
        });
    }
    byKeys(n, b, keep) {
        if (this.desk.pages.view === "requester")
            this.desk.pages.show("behind");
        const pane = document.querySelector(`#page-${n} .pane.behind`);
        if (!pane)
            return;
        this.draft?.remove();
        this.draft = this.outline(pane, n, b);
        this.sizing = { page: n, keep };
        this.draft.scrollIntoView({ block: "nearest" });
        this.draft.focus();
        say("Arrow keys move the box, Shift with arrows sizes it, Enter keeps it, Escape drops it.");
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
            from = { x: e.clientX, y: e.clientY, b: corners(node), corner: r.right - e.clientX < 14 && r.bottom - e.clientY < 14 };
        });
        node.addEventListener("pointermove", (e) => {
            if (!from)
                return;
            e.stopPropagation();
            const r = node.parentElement.getBoundingClientRect(), s = this.file.sheets[n];
            const dx = ((e.clientX - from.x) / r.width) * s.w, dy = ((e.clientY - from.y) / r.height) * s.h;
            const [x0, y0, x1, y1] = from.b;
            place(node, this.file.sheets[n], from.corner ? [x0, y0, Math.max(x1 + dx, x0 + 4), Math.max(y1 + dy, y0 + 4)] : [x0 + dx, y0 + dy, x1 + dx, y1 + dy]);
        });
        node.addEventListener("pointerup", (e) => { e.stopPropagation(); from = null; });
    }
    nudge(e) {
        const now = this.sizing;
        if (!now || !this.draft)
            return;
        const by = e.altKey ? 1 : 6;
        const [x0, y0, x1, y1] = corners(this.draft);
        const dx = e.key === "ArrowRight" ? by : e.key === "ArrowLeft" ? -by : 0, dy = e.key === "ArrowDown" ? by : e.key === "ArrowUp" ? -by : 0;
        e.stopPropagation();
        if (e.key === "Enter" || e.key === "Escape") {
            e.preventDefault();
            const box = rectangle(now.page, [x0, y0, x1, y1]);
            this.draft.remove();
            this.draft = null;
            this.sizing = null;
            if (e.key === "Enter")
                now.keep(box);
            else
                say("No box was changed.");
        }
        else if (dx || dy) {
            e.preventDefault();
            place(this.draft, this.file.sheets[now.page], e.shiftKey ? [x0, y0, Math.max(x1 + dx, x0 + 4), Math.max(y1 + dy, y0 + 4)] : [x0 + dx, y0 + dy, x1 + dx, y1 + dy]);
        }
    }
}
