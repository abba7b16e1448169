// The stages that a company begins with, in each reader's language for as long as nobody has named them otherwise.
import { language } from '../words.ts';

const delivered = [
  ['初步接洽', 'First contact'],
  ['需求确认', 'Needs confirmed'],
  ['方案报价', 'Proposal and quote'],
  ['商务谈判', 'Negotiation'],
  ['赢单', 'Won'],
  ['输单', 'Lost'],
] as const;

const pairs = new Map(delivered.flatMap(pair => pair.map(name => [name, pair] as [string, typeof pair])));

/** A stage's name as this reader calls it; names of one's own stay as they are. */
export function stageName(name: string): string {
  const pair = pairs.get(name);
  return pair ? pair[language() === 'en' ? 1 : 0] : name;
}
