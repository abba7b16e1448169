// Which character parts the columns, told from the beginning of the text.

export type Delimiter = ',' | ';' | '\t';

const candidates: Delimiter[] = [',', ';', '\t'];

/**
 * The delimiter that a line `sep=;` names (as spreadsheets write it), else the one whose number is the same in most of
 * the first lines; characters within quotation marks do not count. A comma for a single column.
 */
export function delimiterOf(text: string): Delimiter {
  const named = /^"?sep=([,;\t])"?\s*(?:\r|\n|$)/i.exec(text)?.[1];
  if (named) return named as Delimiter;
  const lines = countsPerLine(text);
  let best: { delimiter: Delimiter; score: number } = { delimiter: ',', score: 0 };
  for (const [i, delimiter] of candidates.entries()) {
    const inHeader = lines[0]?.[i] ?? 0;
    if (inHeader === 0) continue;
    const alike = lines.filter(counts => counts[i] === inHeader).length / lines.length;
    const score = alike * 100 + Math.min(inHeader, 50);
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

function countsPerLine(text: string): number[][] {
  const lines: number[][] = [];
  let counts = candidates.map(() => 0);
  let quoted = false;
  let filled = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    if (quoted) continue;
    if (character === '\n' || character === '\r') {
      if (filled) lines.push(counts);
      if (lines.length >= 50) return lines;
      counts = candidates.map(() => 0);
      filled = false;
      continue;
    }
    filled = true;
    const at = candidates.indexOf(character as Delimiter);
    if (at >= 0) counts[at] = (counts[at] ?? 0) + 1;
  }
  // The last line is cut off wherever the sample ends: it counts only when there is no other.
  return lines.length > 0 ? lines : [counts];
}
