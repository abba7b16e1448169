// What people are told of: the words in both languages, and how each kind comes unless somebody wants it otherwise.
import type { Language } from '../problems.ts';

export type Mail = 'none' | 'digest' | 'at-once';
export type Way = { app: boolean; mail: Mail };

/** What a notice has to say: who did it, the record's name as far as the reader may know it, and more by kind. */
export type Told = { by: string; name: string } & Readonly<Record<string, string>>;

type Kind = {
  usual: Way;
  /** How the choice is called among one’s settings, and when one is told. */
  title: Record<Language, string>;
  about: Record<Language, string>;
  words: Record<Language, (d: Told) => string>;
};

/** A new kind is a row here, and a name in contract.ts. */
export const kinds = {
  mention: {
    usual: { app: true, mail: 'at-once' },
    title: { en: 'Somebody mentions you', 'zh-CN': '有人提到您' },
    about: {
      en: 'In a comment on a record that you may see',
      'zh-CN': '在您有权查看的记录的评论中',
    },
    words: {
      en: d => `${d.by} mentioned you at ${d.name}`,
      'zh-CN': d => `${d.by}在${d.name}中提到了您`,
    },
  },
  comment: {
    usual: { app: true, mail: 'digest' },
    title: { en: 'New comment', 'zh-CN': '新评论' },
    about: {
      en: 'On a record that you own or follow',
      'zh-CN': '您负责或关注的记录有新评论',
    },
    words: {
      en: d => `${d.by} commented on ${d.name}`,
      'zh-CN': d => `${d.by}评论了${d.name}`,
    },
  },
  assigned: {
    usual: { app: true, mail: 'digest' },
    title: { en: 'Given to you', 'zh-CN': '交给您负责' },
    about: {
      en: 'You are the new owner of a record',
      'zh-CN': '您成为某条记录的新负责人',
    },
    words: {
      en: d => (d.count ? `${d.by} gave you ${d.count} records` : `${d.by} gave you ${d.name}`),
      'zh-CN': d => (d.count ? `${d.by}将 ${d.count} 条记录交给您负责` : `${d.by}将${d.name}交给您负责`),
    },
  },
  moved: {
    usual: { app: true, mail: 'none' },
    title: { en: 'Deal moved', 'zh-CN': '商机推进' },
    about: {
      en: 'A deal that you own or follow comes to another stage',
      'zh-CN': '您负责或关注的商机进入其他阶段',
    },
    words: {
      en: d => `${d.by} moved ${d.name} from “${d.from}” to “${d.to}”`,
      'zh-CN': d => `${d.by}将${d.name}从“${d.from}”推进到“${d.to}”`,
    },
  },
  shared: {
    usual: { app: true, mail: 'digest' },
    title: { en: 'Shared with you', 'zh-CN': '与您共享' },
    about: {
      en: 'A colleague opens a record to you or your team',
      'zh-CN': '同事把某条记录共享给您或您的团队',
    },
    words: {
      en: d => `${d.by} shared ${d.name} with you`,
      'zh-CN': d => `${d.by}与您共享了${d.name}`,
    },
  },
  'owner-changed': {
    usual: { app: true, mail: 'none' },
    title: { en: 'New owner', 'zh-CN': '更换负责人' },
    about: {
      en: 'A record that you follow goes to somebody else',
      'zh-CN': '您关注的记录转给了其他同事',
    },
    words: {
      en: d => (d.to ? `${d.by} gave ${d.name} to ${d.to}` : `${d.by} left ${d.name} without an owner`),
      'zh-CN': d => (d.to ? `${d.by}将${d.name}转给${d.to}负责` : `${d.by}取消了${d.name}的负责人`),
    },
  },
  'pool-warning': {
    usual: { app: true, mail: 'at-once' },
    title: { en: 'Your customers are about to go to the pool', 'zh-CN': '客户即将回收至公海' },
    about: {
      en: 'Some days before, by the rules of the public pool',
      'zh-CN': '按公海规则，在回收前若干天提醒',
    },
    words: {
      en: d =>
        d.count === '1'
          ? `${d.name} goes back to the public pool in ${d.days} days unless you follow up`
          : `${d.count} of your customers go back to the public pool in ${d.days} days unless you follow up`,
      'zh-CN': d =>
        d.count === '1'
          ? `${d.name}将在 ${d.days} 天后回收至公海，请尽快跟进`
          : `您有 ${d.count} 个客户将在 ${d.days} 天后回收至公海，请尽快跟进`,
    },
  },
  'pool-returned': {
    usual: { app: true, mail: 'digest' },
    title: { en: 'Your customers went back to the pool', 'zh-CN': '客户已回收至公海' },
    about: { en: 'By the rules of the public pool', 'zh-CN': '按公海规则自动回收' },
    words: {
      en: d =>
        d.count === '1'
          ? 'One of your customers has gone back to the public pool'
          : `${d.count} of your customers have gone back to the public pool`,
      'zh-CN': d => `您有 ${d.count} 个客户已回收至公海`,
    },
  },
  automation: {
    usual: { app: true, mail: 'digest' },
    title: { en: 'Told by a rule', 'zh-CN': '自动化提醒' },
    about: {
      en: 'A rule of the automation has something to tell you',
      'zh-CN': '自动化规则触发后提醒您',
    },
    words: {
      en: d => `${d.name}: ${d.words}`,
      'zh-CN': d => `${d.name}：${d.words}`,
    },
  },
  'automation-paused': {
    usual: { app: true, mail: 'at-once' },
    title: { en: 'A rule was switched off', 'zh-CN': '自动化规则已停用' },
    about: {
      en: 'A rule set itself off again and again, or its maker does not work here any more',
      'zh-CN': '规则反复触发，或其创建人已停用或离开',
    },
    words: {
      en: d =>
        d.why === 'owner'
          ? `The rule “${d.rule}” has been switched off, as its maker does not work here any more`
          : `The rule “${d.rule}” set itself off again and again and has been switched off`,
      'zh-CN': d =>
        d.why === 'owner'
          ? `规则“${d.rule}”的创建人已停用或离开，规则已自动停用；您编辑并保存后即可接管`
          : `规则“${d.rule}”反复触发，已自动停用，请检查后重新启用`,
    },
  },
  'task-due': {
    usual: { app: true, mail: 'at-once' },
    title: { en: 'Reminder of a task', 'zh-CN': '任务提醒' },
    about: { en: 'When you have asked to be reminded', 'zh-CN': '在您为任务设置的提醒时间' },
    words: { en: d => `Reminder: ${d.title}`, 'zh-CN': d => `任务提醒：${d.title}` },
  },
  'task-given': {
    usual: { app: true, mail: 'digest' },
    title: { en: 'A task for you', 'zh-CN': '有新任务交给您' },
    about: { en: 'A colleague gives you a task', 'zh-CN': '同事把任务交给您负责' },
    words: {
      en: d => `${d.by} gave you a task: ${d.title}`,
      'zh-CN': d => `${d.by}交给您一个任务：${d.title}`,
    },
  },
  'follow-up-due': {
    usual: { app: true, mail: 'none' },
    title: { en: 'A follow-up is due', 'zh-CN': '跟进到期' },
    about: {
      en: 'A customer or lead of yours is to be followed up now',
      'zh-CN': '您负责的客户或线索到了计划的跟进时间',
    },
    words: {
      en: d => (d.count === '1' ? `Follow up with ${d.name}` : `${d.count} follow-ups are due`),
      'zh-CN': d => (d.count === '1' ? `该跟进${d.name}了` : `有 ${d.count} 个客户或线索该跟进了`),
    },
  },
  'handover-left': {
    usual: { app: true, mail: 'at-once' },
    title: { en: 'A hand-over left something', 'zh-CN': '工作交接有遗留' },
    about: {
      en: 'Some records of a hand-over that you began could not be moved',
      'zh-CN': '您发起的工作交接中有记录未能转移',
    },
    words: {
      en: d =>
        d.count === '1'
          ? `One record of ${d.who} could not be moved; the rest of the hand-over is done`
          : `${d.count} records of ${d.who} could not be moved; the rest of the hand-over is done`,
      'zh-CN': d => `${d.who}的工作交接已完成，但有 ${d.count} 条记录未能转移，请查看`,
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
