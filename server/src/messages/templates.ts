// The messages in a workspace's own words: kept, checked, shown beforehand, given back.
import * as audit from '../audit/audit.ts';
import type { Me, Visitor } from '../http.ts';
import type { Language } from '../problems.ts';
import { atomically, moment, type World } from '../world.ts';
import { type Channel, exists, faultIn, type OwnText, standard, type TextFault } from './own-words.ts';
import { compose, composeSms } from './rules.ts';
import { isSmsTemplate, smsTexts } from './sms-words.ts';
import * as store from './template-store.ts';
import { letters, type TemplateName } from './words.ts';

export type Which = { channel: Channel; template: TemplateName; language: Language };

/** The workspace's own words for a message, or null. */
export const find = store.find;

export type Listed = Which & {
  text: OwnText;
  values: string[];
  vital: string[];
  own: { at: string; by: string | null } | null;
};

/** Every message there is, on both channels and in both languages, as it is sent now. */
export async function list(world: World): Promise<Listed[]> {
  const kept = await store.all(world);
  const names = Object.keys(letters.en) as TemplateName[];
  const pairs = [
    ...names.map(template => ({ channel: 'email' as const, template })),
    ...(Object.keys(smsTexts.en) as TemplateName[]).map(template => ({ channel: 'sms' as const, template })),
  ];
  return pairs.flatMap(({ channel, template }) =>
    (['zh-CN', 'en'] as const).map(language => {
      const found = standard(channel, template, language);
      const row = kept.find(r => r.channel === channel && r.template === template && r.language === language);
      const own = row ? { at: row.changed_at, by: row.changed_by } : null;
      const text = row ? { subject: row.subject, paragraphs: row.paragraphs } : found.text;
      return { channel, template, language, text, values: found.values, vital: found.vital, own };
    }),
  );
}

export type Kept = { kind: 'kept' | 'not-found' } | { kind: 'faulty'; fault: TextFault; value: string };

/** Keeps a message in the workspace's own words, or with null goes back to those of the product. */
export async function keep(
  world: World,
  which: { channel: Channel; template: string; language: Language },
  text: OwnText | null,
  by: { me: Me; visitor: Visitor },
): Promise<Kept> {
  const { channel, template, language } = which;
  if (!exists(channel, template)) return { kind: 'not-found' };
  const wrong = text && faultIn(channel, template, language, text);
  if (wrong) return { kind: 'faulty', ...wrong };
  const id = { channel, template, language };
  await atomically(world, async tx => {
    const before = await store.find(tx, id);
    if (text) await store.keep(tx, id, { ...text, at: moment(tx), by: by.me.id });
    else await store.remove(tx, id);
    await audit.record(tx, {
      action: 'message.template',
      by: by.me,
      visitor: by.visitor,
      before,
      after: text,
      details: id,
    });
  });
  return { kind: 'kept' };
}

/** How a text would look, with sample values. */
export function preview(
  world: World,
  which: { channel: Channel; template: string; language: Language },
  text: OwnText,
): { kind: 'shown'; subject: string; body: string } | Exclude<Kept, { kind: 'kept' }> {
  const { channel, template, language } = which;
  if (!exists(channel, template)) return { kind: 'not-found' };
  const wrong = faultIn(channel, template, language, text);
  if (wrong) return { kind: 'faulty', ...wrong };
  const url = new URL(world.config.url).origin;
  const about = { url, now: world.now(), own: text };
  const data = samples(language, url, world.now());
  const shown =
    channel === 'sms' && isSmsTemplate(template)
      ? composeSms(template, language, data, about)
      : compose(template, language, data, about);
  return { kind: 'shown', subject: shown.subject, body: shown.text };
}

function samples(language: Language, url: string, now: number): Record<string, string | number> {
  const zh = language === 'zh-CN';
  return {
    name: zh ? '王敏' : 'Alex Morgan',
    code: '482913',
    minutes: 10,
    link: `${url}/…`,
    stop: `${url}/…`,
    device: zh ? 'Chrome · Windows' : 'Chrome on Windows',
    address: '203.0.113.7',
    place: zh ? '上海' : 'Shanghai',
    kind: zh ? '手机号' : 'phone number',
    called: zh ? '我的手机' : 'My phone',
    value: '+86 138 •••• 00',
    by: zh ? '李建国' : 'Sam Lee',
    reason: zh ? '手机丢失' : 'lost phone',
    proof: zh ? '当面核实' : 'in person',
    workspace: zh ? '示例公司' : 'Example Ltd',
    text: '…',
    lines: '…',
    title: '…',
    times: 12,
    left: 5,
    since: now,
    until: now,
  };
}
