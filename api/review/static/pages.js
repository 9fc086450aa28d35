// built from src/pages.ts 7a89ee7cff6a4f7e8fe33cb0959a6cff58c33f683c756215a8f9eff896b9a6f4
// The pages of the file: sheets of their size, filled near the window.
import { $, el, STATE, ICON } from "./dom.js";
/** What is seen of the pages: which one, how large, from whose side. */
export class Pages {
    desk;
    page = 0;
    view = "behind";
    zoom = 1;
    watcher;
    constructor(desk) {
        this.desk = desk;
    }
    get file() { return this.desk.file; }
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
    /** Every page gets an empty sheet of its size; only those near the window are filled. */
    layOut() {
        const main = $("main");
        main.querySelector("img.first")?.remove();
        this.watcher = new IntersectionObserver((seen) => { this.scrolled(seen); }, { root: main, rootMargin: "120% 0px" });
        for (const sheet of this.file.sheets) {
            const file = sheet.file ? ` · ${sheet.file}` : "";
            const frame = el("section", { class: "sheet", id: `page-${sheet.n}`, "aria-label": `Page ${sheet.n + 1} of ${this.file.sheets.length}${file}` });
            frame.append(el("h3", {}, `Page ${sheet.n + 1}${file}`), el("div", { class: "panes" }));
            main.append(frame);
            this.watcher.observe(frame);
            const thumb = el("button", { type: "button", class: "thumb", id: `thumb-${sheet.n}` });
            thumb.append(el("img", { loading: "lazy", alt: "", src: `${this.file.base}/pages/${sheet.n}.png?dpi=24`, width: "54", height: String(Math.round((54 * sheet.h) / sheet.w)) }), el("span", { class: "label" }));
            thumb.addEventListener("click", () => { this.goTo(sheet.n); });
            $("thumbs").append(thumb);
        }
        this.resize();
        main.addEventListener("scroll", () => { this.whichPage(); }, { passive: true });
    }
    resize() {
        const room = $("main").clientWidth - 48;
        const both = this.view === "both";
        for (const sheet of this.file.sheets) {
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
                this.file.near.add(n);
                entered.push(n);
            }
            else if (this.file.near.delete(n))
                entry.target.querySelector(".panes")?.replaceChildren();
        }
        if (!entered.length)
            return;
        for (const n of entered)
            this.drawPage(n, false);
        void this.file.fetchBoxes(entered).then(() => { for (const n of entered)
            if (this.file.near.has(n))
                this.drawPage(n, false); });
    }
    picture(n, as) {
        const dpi = this.zoom * (window.devicePixelRatio || 1) > 1.4 ? 150 : 100;
        const revision = as === "requester" ? `&as=requester&rev=${this.file.state.revision}` : "";
        return `${this.file.base}/pages/${n}.png?dpi=${dpi}${revision}`;
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
            layer.replaceChildren(...(this.file.boxes.get(n) ?? []).map((v) => this.boxButton(n, v)));
        }
        if (held && changed)
            panes.querySelector(`[data-box="${CSS.escape(held)}"]`)?.focus();
        this.desk.chosen.markCurrent();
    }
    pane(n, as) {
        const image = el("img", { alt: as === "behind" ? `Page ${n + 1} of the case file` : `Page ${n + 1} as the requester will see it`, draggable: "false" });
        const pane = el("div", { class: `pane ${as}`, "data-as": as }, image, el("div", { class: "layer" }));
        if (as === "behind")
            this.desk.marking.pointer(pane, n);
        return pane;
    }
    boxButton(n, v) {
        const sheet = this.file.sheets[n];
        const made = el("button", { type: "button", class: `box ${v.state}${v.confirmed ? " seen" : ""}`, "data-box": v.id });
        const [x0, y0, x1, y1] = v.box;
        Object.assign(made.style, { left: `${(100 * x0) / sheet.w}%`, top: `${(100 * y0) / sheet.h}%`, width: `${(100 * (x1 - x0)) / sheet.w}%`, height: `${(100 * (y1 - y0)) / sheet.h}%` });
        made.append(el("span", { class: "mark", "aria-hidden": "true" }, v.confirmed ? "✓" : ICON[v.state]));
        made.setAttribute("aria-label", `${v.kind}${v.text ? ` "${v.text}"` : ""}${v.who ? ` of ${v.who}` : ""}: ${STATE[v.state]}${v.prints ? `, ${v.prints}` : ""}${v.confirmed ? ", looked at" : ""}. Box ${v.n} on page ${n + 1}.`);
        made.addEventListener("click", () => { this.desk.chosen.choose(v.id, n); });
        made.addEventListener("focus", () => { if (this.desk.chosen.current !== v.id)
            this.desk.chosen.choose(v.id, n); });
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
        const at = this.file.sheets.find((s) => $(`page-${s.n}`).getBoundingClientRect().bottom > middle);
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
    show(view) {
        this.view = view;
        const radio = document.querySelector(`input[name=view][value=${view}]`);
        if (radio)
            radio.checked = true;
        this.resize();
        for (const n of this.file.near)
            this.drawPage(n, false);
    }
    setZoom(by) {
        this.zoom = Math.min(3, Math.max(0.5, Math.round((this.zoom + by) * 100) / 100));
        this.resize();
        for (const n of this.file.near)
            this.drawPage(n, false);
    }
}
