// Messages in a workspace's own words: texts with {{values}}, which may not lose what the message is for; pure.
import type { Language } from '../problems.ts';
import { isSmsTemplate, smsTexts } from './sms-words.ts';
import { letters, type TemplateName } from './words.ts';

export type OwnText = { subject: string; paragraphs: string[] };
export type Channel = 'email' | 'sms';

const hole = /\{\{(\w+)\}\}/g;
/** What a message exists to bring; leaving it out would make the message worthless. */
const vital = ['code', 'link'];
/** Greeting and footer are put around every letter, so that their values need no place in it. */
const common = ['name', 'home', 'at'];

/** The product's own words of a letter; that it is told all it names is seen to where it is posted. */
export function say(template: TemplateName, language: Language, values: Record<string, string>): OwnText {
  const letter: (d: never) => OwnText = letters[language][template];
  return letter(values as never);
}

/** The product's own text of a message, with {{values}} where they stand, and which values there are. */
export function standard(
  channel: Channel,
  template: TemplateName,
  language: Language,
): { text: OwnText; values: string[]; vital: string[] } {
  const seen = new Set<string>();
  const holes = new Proxy({} as Record<string, string>, {
    get: (_, key) => {
      seen.add(String(key));
      return `{{${String(key)}}}`;
    },
  });
  const letter =
    channel === 'sms' && isSmsTemplate(template)
      ? { subject: '', paragraphs: [smsTexts[language][template](holes)] }
      : say(template, language, holes);
  const paragraphs = letter.paragraphs.filter(Boolean);
  const values = [...new Set([...seen, ...common])];
  return { text: { ...letter, paragraphs }, values, vital: vital.filter(key => seen.has(key)) };
}

/** Whether there is such a message on that channel. */
export function exists(channel: Channel, template: string): template is TemplateName {
  return channel === 'sms' ? isSmsTemplate(template) : Object.hasOwn(letters.en, template);
}

export type TextFault =
  | 'empty'
  | 'unknown-value'
  | 'missing-value'
  | 'value-in-subject'
  | 'address'
  | 'too-long';

/** Why such a text will not do, with the value it is about, or null. */
export function faultIn(
  channel: Channel,
  template: TemplateName,
  language: Language,
  text: OwnText,
): { fault: TextFault; value: string } | null {
  const known = standard(channel, template, language);
  const whole = text.paragraphs.join('\n');
  if (whole.trim() === '' || (channel === 'email' && text.subject.trim() === ''))
    return { fault: 'empty', value: '' };
  // What is left over when all values are taken out must hold no opened one.
  const named = [...`${text.subject}\n${whole}`.matchAll(hole)].map(([, key]) => key ?? '');
  const strange = named.find(key => !known.values.includes(key));
  if (strange !== undefined) return { fault: 'unknown-value', value: strange };
  if (/\{\{|\}\}/.test(`${text.subject}\n${whole}`.replace(hole, '')))
    return { fault: 'unknown-value', value: '{{' };
  const missing = known.vital.find(key => !whole.includes(`{{${key}}}`));
  if (missing !== undefined) return { fault: 'missing-value', value: missing };
  // A subject is shown on locked screens and kept in logs.
  const shown = ['code', 'link', 'stop'].find(key => text.subject.includes(`{{${key}}}`));
  if (shown !== undefined) return { fault: 'value-in-subject', value: shown };
  const address = /[a-z][a-z\d+.-]*:\/\/|\bwww\./i.exec(`${text.subject}\n${whole}`);
  if (address) return { fault: 'address', value: address[0] };
  if (channel === 'sms' && whole.replace(hole, '').length > 200) return { fault: 'too-long', value: '200' };
  return null;
}

/** The text with its values put in; a line that has a value and all of its values are empty is left out. */
export function spoken(text: OwnText, filled: Record<string, string>): OwnText {
  const say = (line: string) => {
    const keys = [...line.matchAll(hole)].map(([, key]) => key ?? '');
    if (keys.length > 0 && keys.every(key => !filled[key])) return null;
    return line.replace(hole, (_, key: string) => filled[key] ?? '');
  };
  return {
    subject: say(text.subject) ?? '',
    paragraphs: text.paragraphs.map(paragraph =>
      paragraph
        .split('\n')
        .map(say)
        .filter(line => line !== null)
        .join('\n'),
    ),
  };
}
