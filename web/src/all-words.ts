// Where each room's words are; apart from words.ts, so that the door need not load the list.
type Tree = { [key: string]: string | Tree };
export const files = import.meta.glob<{ default: Tree }>('./*/words.*.json');
