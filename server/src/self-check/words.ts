// The self-check's words in both languages.
import type { Language } from '../problems.ts';
import type { Kind } from './store.ts';

type Told = Record<Language, string>;

export const kindTitles: Record<Kind, Told> = {
  customer: { en: 'Customers', 'zh-CN': '客户' },
  contact: { en: 'Contacts', 'zh-CN': '联系人' },
  activity: { en: 'Follow-ups', 'zh-CN': '跟进记录' },
  deal: { en: 'Deals', 'zh-CN': '商机' },
  order: { en: 'Quotes and orders', 'zh-CN': '报价与订单' },
};

export const titles = {
  records: { en: 'Records are complete', 'zh-CN': '数据完整' },
  'last-writes': { en: 'Last changes are there', 'zh-CN': '最近的修改已保存' },
  list: { en: 'Lists open', 'zh-CN': '列表可以打开' },
  search: { en: 'Search answers', 'zh-CN': '搜索正常' },
  write: { en: 'Saving works', 'zh-CN': '保存功能正常' },
  mail: { en: 'Mail can be sent', 'zh-CN': '邮件可以发送' },
  journal: { en: 'The log is unaltered', 'zh-CN': '日志未被篡改' },
  sealing: { en: 'The log is being sealed', 'zh-CN': '日志正在封存' },
  jobs: { en: 'Background work goes on', 'zh-CN': '后台任务正常' },
  disk: { en: 'There is room on the disk', 'zh-CN': '磁盘空间充足' },
} satisfies Record<string, Told>;

export type CheckName = keyof typeof titles;

const en = {
  complete: (n: number) => `${n} of the newest records in the log were looked up; all are there.`,
  missing: (n: number) => `${n} records that the log names are neither there nor in the bin.`,
  fresh: (n: number) => `${n} of the newest changes were held against the records; none was lost.`,
  stale: (n: number) => `${n} records are older than their last change in the log.`,
  answered: (ms: number) => `Answered in ${ms} ms.`,
  failed: (why: string) => `Did not work: ${why}`,
  'not-permitted': () => 'Your role does not include this, so it was not tried.',
  rolled: (ms: number) => `A draft was saved and taken back again within ${ms} ms; nothing of it is left.`,
  'mail-reached': () => 'The mail server answers.',
  'mail-none': () => 'There is no mail server: messages stay in the outbox.',
  'mail-away': (why: string) => `The mail server does not answer: ${why}`,
  chain: (n: number) => `${n} entries, each linked to the one before.`,
  altered: (n: number) => `Altered at entry ${n}. Keep a copy of the database and look at the log.`,
  unsealed: (n: number) => `${n} entries wait to be sealed.`,
  'jobs-good': () => 'No task has given up or is late.',
  'jobs-bad': (n: number) => `${n} tasks have given up within a day or are late.`,
  'jobs-none': () => 'No queue runs here.',
  disk: (n: number) => `${n} MiB are free.`,
};
type Texts = { [K in keyof typeof en]: (typeof en)[K] };

const zh: Texts = {
  complete: n => `已核对日志中最新的 ${n} 条记录，全部存在。`,
  missing: n => `日志中有 ${n} 条记录既不在系统中，也不在回收站里。`,
  fresh: n => `已核对最近的 ${n} 项修改，没有丢失。`,
  stale: n => `有 ${n} 条记录比日志中的最后一次修改更旧。`,
  answered: ms => `响应时间 ${ms} 毫秒。`,
  failed: why => `未通过：${why}`,
  'not-permitted': () => '您的角色没有此项权限，未作测试。',
  rolled: ms => `已试存一条草稿并撤回，用时 ${ms} 毫秒，没有留下任何内容。`,
  'mail-reached': () => '邮件服务器响应正常。',
  'mail-none': () => '未配置邮件服务器，邮件保存在发件箱中。',
  'mail-away': why => `邮件服务器没有响应：${why}`,
  chain: n => `共 ${n} 条，逐条校验无误。`,
  altered: n => `第 ${n} 条被改动。请保留数据库副本并查看日志。`,
  unsealed: n => `有 ${n} 条等待封存。`,
  'jobs-good': () => '没有失败或延迟的任务。',
  'jobs-bad': n => `一天内有 ${n} 项任务失败或延迟。`,
  'jobs-none': () => '此处没有运行任务队列。',
  disk: n => `剩余 ${n} MiB。`,
};

export const texts: Record<Language, Texts> = { en, 'zh-CN': zh };
