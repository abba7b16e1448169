// Bytes to text: by the character set that was named, else by what the bytes are. Pure.

const plain = new TextDecoder('utf-8', { fatal: true });

/** A text out of bytes that claim to be in `charset`; Chinese forms often are in GB18030 and do not say so. */
export function textOf(bytes: Uint8Array, charset?: string | null): string {
  const named = charset ? decoder(charset) : null;
  for (const each of [named, plain, decoder('gb18030')]) {
    try {
      if (each) return each.decode(bytes);
    } catch {
      // These bytes are no text in that character set.
    }
  }
  return new TextDecoder().decode(bytes);
}

function decoder(charset: string): TextDecoder | null {
  try {
    // WHATWG takes "gb2312" and "gbk" for what all of them are subsets of.
    const name = /^gb(?:2312|k|18030)?$/i.test(charset.trim()) ? 'gb18030' : charset.trim();
    return new TextDecoder(name, { fatal: true });
  } catch {
    return null;
  }
}

/** Text that a database keeps: well-formed, without control characters but tabs and line ends. */
export function clean(text: string): string {
  return (
    text
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: taking them out is the point.
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
  );
}
