// What people are told of: the words in both languages, and how each kind comes unless somebody wants it otherwise.
import type { Language } from '../problems.ts';

export type Mail = 'none' | 'digest' | 'at-once';
export type Way = { app: boolean; mail: Mail };

/** What a notice has to say: who did it, the record's name as far as the reader may know it, and more by kind. */
export type Told = { by: string; name: string } & Readonly<Record<string, string>>;

type Kind = { usual: Way; words: Record<Language, (d: Told) => string> };

/** A new kind is a row here, and a name in contract.ts. */
export const kinds = {
  mention: {
    usual: { app: true, mail: 'at-once' },
    words: {
      en: d => `${d.by} mentioned you at ${d.name}`,
      'zh-CN': d => `${d.by}在${d.name}中提到了您`,
    },
  },
  comment: {
    usual: { app: true, mail: 'digest' },
    words: {
      en: d => `${d.by} commented on ${d.name}`,
      'zh-CN': d => `${d.by}评论了${d.name}`,
    },
  },
  assigned: {
    usual: { app: true, mail: 'digest' },
    words: {
      en: d => (d.count ? `${d.by} gave you ${d.count} records` : `${d.by} gave you ${d.name}`),
      'zh-CN': d => (d.count ? `${d.by}将 ${d.count} 条记录交给您负责` : `${d.by}将${d.name}交给您负责`),
    },
  },
  moved: {
    usual: { app: true, mail: 'none' },
    words: {
      en: d => `${d.by} moved ${d.name} from “${d.from}” to “${d.to}”`,
      'zh-CN': d => `${d.by}将${d.name}从“${d.from}”推进到“${d.to}”`,
    },
  },
  shared: {
    usual: { app: true, mail: 'digest' },
    words: {
      en: d => `${d.by} shared ${d.name} with you`,
      'zh-CN': d => `${d.by}与您共享了${d.name}`,
    },
  },
  'owner-changed': {
    usual: { app: true, mail: 'none' },
    words: {
      en: d => (d.to ? `${d.by} gave ${d.name} to ${d.to}` : `${d.by} left ${d.name} without an owner`),
      'zh-CN': d => (d.to ? `${d.by}将${d.name}转给${d.to}负责` : `${d.by}取消了${d.name}的负责人`),
    },
  },
} as const satisfies Record<string, Kind>;

export type NoticeKind = keyof typeof kinds;

export function isNoticeKind(kind: string): kind is NoticeKind {
  return Object.hasOwn(kinds, kind);
}

const called: Record<Language, (name: string) => string> = {
  en: name => `“${name}”`,
  'zh-CN': name => `“${name}”`,
};

/** In place of a name that the reader may not, or can no longer, know. */
const unseen: Record<Language, string> = {
  en: 'a record that you cannot see (any more)',
  'zh-CN': '一条您无权查看的记录',
};

const system: Record<Language, string> = { en: 'The system', 'zh-CN': '系统' };

/** The sentence of a notice; `name` is undefined where the record is not the reader's to see. */
export function sentence(
  kind: string,
  language: Language,
  told: { by: string | null; name: string | undefined; params: Readonly<Record<string, string | number>> },
): string {
  if (!isNoticeKind(kind)) return kind;
  const params = Object.fromEntries(Object.entries(told.params).map(([key, value]) => [key, String(value)]));
  const by = told.by ?? system[language];
  const name = told.name === undefined ? unseen[language] : called[language](told.name);
  return kinds[kind].words[language]({ ...params, by, name });
}
