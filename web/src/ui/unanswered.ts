// Keys of uploads that were sent and not answered: chosen again, the same file goes out with the same key.
import { isPassing, newKey } from '../api.ts';

const keys = new Map<string, string>();

/** Sends a file under one Idempotency-Key, kept until an answer has come, so that the server takes it in once. */
export async function underOneKey<T>(
  what: readonly string[],
  file: File,
  send: (key: string) => Promise<T>,
): Promise<T> {
  const print = JSON.stringify([what, file.name, file.size, file.lastModified]);
  const key = keys.get(print) ?? newKey();
  keys.set(print, key);
  try {
    const answer = await send(key);
    keys.delete(print);
    return answer;
  } catch (error) {
    if (!isPassing(error)) keys.delete(print);
    throw error;
  }
}
