// What the benchmarks borrow from the project's scripts, with their types.

const script = (name: string): Promise<unknown> =>
  import(new URL(`../scripts/${name}.mjs`, import.meta.url).href);

/** Builds the pages when they are missing or older than their sources. */
export async function buildPages(): Promise<void> {
  const found = (await script('prepare')) as { buildPages: () => void };
  found.buildPages();
}

/** The path of a Chromium that runs. */
export async function findChromium(): Promise<string> {
  const { findChromium: find } = (await script('chromium')) as { findChromium: () => Promise<string | null> };
  const path = await find();
  if (path === null) throw new Error('without a Chromium the pages cannot be measured');
  return path;
}
