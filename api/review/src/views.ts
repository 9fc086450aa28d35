// What the server says of a case file, as the desk reads it.

export type Span = [number, number];
export interface Sheet { n: number; w: number; h: number; kind: string; file: string }
export interface Cite { id: string; what: string; date: string }
export interface BoxView {
  id: string; n: number; box: [number, number, number, number]; state: "redact" | "hold" | "keep";
  kind: string; text: string; span: Span | null; person: string; who: string; prints: string;
  rule: string; rule_text: string; cites: Cite[]; why: string; recognizer: string; score: number; hold: string;
  confirmed: boolean; officer: boolean; drawn: boolean;
}
export interface RoleView { id: string; name: string; confidence: number; sure: boolean }
export interface PersonView {
  id: string; name: string; names: string[]; roles: RoleView[]; why: string[]; mentions: number;
  counts: Record<string, number>; shielded: boolean; fixed: boolean;
}
export interface Question {
  id: string; title: string; text: string; citations: string[]; rules: string[]; person: string;
  page: number; places: Span[];
}
export interface State {
  revision: number; undo: number; redo: number; people: PersonView[]; questions: Question[];
  pages: Record<string, Record<string, number>>; totals: Record<string, number>; sheets?: Sheet[];
  boxes?: Record<string, BoxView[]>;
}
export interface Mention {
  span: Span; page: number; kind: string; text: string; before: string; after: string; state: string;
}
export interface Choices {
  roles: [string, string][]; kinds: [string, string][]; labels: [string, string, string][];
  reasons: Record<string, string>;
}
export type Step = Record<string, unknown>;
export type WordRow = [number, number, number, number, number, number, string];
