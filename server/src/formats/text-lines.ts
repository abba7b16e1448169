// What vCards and iCalendars have in common (RFC 5545, RFC 6350): escaped values, lines folded at 75 octets.

/** A value with what divides values made harmless. */
export function escapedValue(text: string): string {
  return (
    text
      .toWellFormed()
      .replace(/[\\,;]/g, mark => `\\${mark}`)
      .replace(/\r\n|\r|\n/g, '\\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: no line may hold any
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '')
  );
}

/** `NAME:value` in lines of at most 75 octets, no character cut in two; nothing for an empty value. */
export function property(name: string, value: string | null | undefined): string {
  if (!value) return '';
  const whole = `${name}:${value}`;
  if (whole.length < 25 || Buffer.byteLength(whole) <= 75) return `${whole}\r\n`;
  let lines = '';
  let line = '';
  let octets = 0;
  for (const character of whole) {
    const size = Buffer.byteLength(character);
    if (octets + size > 75) {
      lines += `${line}\r\n`;
      line = ' ';
      octets = 1;
    }
    line += character;
    octets += size;
  }
  return `${lines}${line}\r\n`;
}
