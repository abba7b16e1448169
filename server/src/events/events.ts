// Events: what happens in a workspace, told to whom it concerns while it happens, and afterwards.
export { type Happening, list as feed } from './feed.ts';
export { mostEach, open } from './stream.ts';
export { tend } from './telling.ts';
