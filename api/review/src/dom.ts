// Elements of the page: found, made, and put where a box stands.

import type { Sheet } from "./views.js";

export const $ = <T extends HTMLElement = HTMLElement>(id: string): T => document.getElementById(id) as T;

export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Record<string, string> = {}, ...inside: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...inside);
  return made;
}

export function button(text: string, act: () => void, kind = "small"): HTMLButtonElement {
  const made = el("button", { type: "button", class: `button ${kind}` }, text);
  made.addEventListener("click", act);
  return made;
}

export const plural = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;
export const STATE = { redact: "hidden", hold: "waits for your answer", keep: "stays readable" };
export const ICON = { redact: "×", hold: "?", keep: "○" };

export type Corners = [number, number, number, number];

/** An element where a box of the sheet stands. */
export function place(node: HTMLElement, sheet: Sheet, b: Corners): void {
  Object.assign(node.style, { left: `${(100 * b[0]) / sheet.w}%`, top: `${(100 * b[1]) / sheet.h}%`, width: `${(100 * (b[2] - b[0])) / sheet.w}%`, height: `${(100 * (b[3] - b[1])) / sheet.h}%` });
  node.dataset["at"] = b.map((x) => x.toFixed(1)).join(",");
}

/** The corners at which ``place`` put an element. */
export function corners(node: HTMLElement): Corners {
  return (node.dataset["at"] ?? "0,0,0,0").split(",").map(Number) as Corners;
}

/** A box as a step tells it to the server. */
export function rectangle(n: number, b: readonly number[]): Record<string, unknown> {
  return { page: n, x0: b[0], y0: b[1], x1: b[2], y1: b[3] };
}
