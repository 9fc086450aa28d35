// built from src/dom.ts 971b7e11fb78b2d482729eb738e93e228874c3ab6b32a69c9a795538e4f08552
// Elements of the page: found, made, and put where a box stands.
export const $ = (id) => document.getElementById(id);
export function el(tag, attributes = {}, ...inside) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes))
        made.setAttribute(name, value);
    made.append(...inside);
    return made;
}
export function button(text, act, kind = "small") {
    const made = el("button", { type: "button", class: `button ${kind}` }, text);
    made.addEventListener("click", act);
    return made;
}
export const plural = (n, one, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;
export const STATE = { redact: "hidden", hold: "waits for your answer", keep: "stays readable" };
export const ICON = { redact: "×", hold: "?", keep: "○" };
/** An element where a box of the sheet stands. */
export function place(node, sheet, b) {
    Object.assign(node.style, { left: `${(100 * b[0]) / sheet.w}%`, top: `${(100 * b[1]) / sheet.h}%`, width: `${(100 * (b[2] - b[0])) / sheet.w}%`, height: `${(100 * (b[3] - b[1])) / sheet.h}%` });
    node.dataset["at"] = b.map((x) => x.toFixed(1)).join(",");
}
/** The corners at which ``place`` put an element. */
export function corners(node) {
    return (node.dataset["at"] ?? "0,0,0,0").split(",").map(Number);
}
/** A box as a step tells it to the server. */
export function rectangle(n, b) {
    return { page: n, x0: b[0], y0: b[1], x1: b[2], y1: b[3] };
}
