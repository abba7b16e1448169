// Which character encoding a file has, told from its bytes as they pass; nothing is kept but counts.

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'windows-1252';
export type ByteFault = 'empty' | 'spreadsheet' | 'binary';
export type EncodingVerdict = { kind: 'text'; encoding: Encoding } | { kind: 'fault'; fault: ByteFault };

/** Watches the bytes of a file in pieces of any size and judges them at the end. */
export type EncodingProbe = { see: (chunk: Uint8Array) => void; verdict: () => EncodingVerdict };

const startsWith = (head: number[], ...bytes: number[]) => bytes.every((byte, i) => head[i] === byte);

/**
 * A byte order mark decides at once. Otherwise text is UTF-8 when its sequences are well formed (one broken in fifty is
 * taken for damage, not for another encoding), GB18030 when most characters above ASCII are pairs of high bytes, and
 * Windows-1252 when they stand alone among Latin letters.
 */
export function encodingProbe(): EncodingProbe {
  const head: number[] = [];
  let size = 0;
  let controls = 0;
  let awaited = 0; // continuation bytes still to come in a UTF-8 sequence
  let good = 0;
  let bad = 0;
  let lead = 0; // first byte of a pair in GB18030, or 0
  let pairs = 0;
  let lone = 0;

  const see = (chunk: Uint8Array) => {
    for (let i = 0; head.length < 8 && i < chunk.length; i++) head.push(chunk[i] ?? 0);
    size += chunk.length;
    for (const byte of chunk) {
      if (byte < 0x80) {
        if (awaited > 0) bad++;
        awaited = 0;
        if (lead > 0) {
          if (byte < 0x30 || byte > 0x39) lone++;
          lead = 0;
        }
        if (byte < 0x09 || (byte > 0x0d && byte < 0x20)) controls++;
        continue;
      }
      if (awaited > 0 && byte < 0xc0) {
        if (--awaited === 0) good++;
      } else {
        if (awaited > 0) bad++;
        awaited =
          byte >= 0xc2 && byte < 0xe0
            ? 1
            : byte >= 0xe0 && byte < 0xf0
              ? 2
              : byte >= 0xf0 && byte < 0xf5
                ? 3
                : 0;
        if (awaited === 0) bad++;
      }
      if (lead > 0) {
        pairs++;
        lead = 0;
      } else lead = byte;
    }
  };

  const verdict = (): EncodingVerdict => {
    if (size === 0) return { kind: 'fault', fault: 'empty' };
    if (startsWith(head, 0xff, 0xfe)) return { kind: 'text', encoding: 'utf-16le' };
    if (startsWith(head, 0xfe, 0xff)) return { kind: 'text', encoding: 'utf-16be' };
    if (startsWith(head, 0x50, 0x4b, 3, 4) || startsWith(head, 0xd0, 0xcf, 0x11, 0xe0))
      return { kind: 'fault', fault: 'spreadsheet' };
    if (controls > 0) return { kind: 'fault', fault: 'binary' };
    if (startsWith(head, 0x84, 0x31, 0x95, 0x33)) return { kind: 'text', encoding: 'gb18030' };
    const broken = bad + (awaited > 0 ? 1 : 0);
    if (broken === 0 || broken * 50 < good) return { kind: 'text', encoding: 'utf-8' };
    return { kind: 'text', encoding: pairs >= lone ? 'gb18030' : 'windows-1252' };
  };

  return { see, verdict };
}

/** Decodes pieces of bytes into text, right across their borders and without the byte order mark. */
export async function* decoded(
  chunks: AsyncIterable<Uint8Array>,
  encoding: Encoding,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  let first = true;
  const clean = (text: string) => {
    if (!first || text === '') return text;
    first = false;
    return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  };
  for await (const chunk of chunks) yield clean(decoder.decode(chunk, { stream: true }));
  yield clean(decoder.decode());
}
