// Records that are made on this device: what each has before anything is filled in.
import type { Kind, Row, Session, WorkingSet } from './records.ts';

const empty = (...fields: string[]) => Object.fromEntries(fields.map(field => [field, null]));

/** What a new record has before anything is filled in. */
export function blankFor(kind: Kind, id: string, at: number, set: WorkingSet, { user }: Session): Row {
  const time = new Date(at).toISOString();
  const me = { id: user.id, name: user.name };
  const pipeline = set.pipelines.find(one => one.isDefault);
  const stage = pipeline?.stages[0];
  const first: Record<Kind, Record<string, unknown>> = {
    customers: {
      ...empty('phone', 'email', 'website', 'industry', 'source', 'level', 'address', 'city', 'remark'),
      ...empty('nextFollowUpAt', 'lastActivityAt'),
      stage: 'new',
      tags: [],
      owner: me,
    },
    contacts: {
      ...empty('customer', 'title', 'phone', 'email', 'wechat', 'remark'),
      isPrimary: false,
      owner: me,
    },
    activities: {
      ...empty('customer', 'lead', 'contact', 'nextStep', 'nextAt'),
      author: me,
      at: time,
    },
    deals: {
      ...empty('contact', 'expectedOn', 'source', 'lostReason', 'lostRemark', 'wonReason', 'nextStep'),
      amount: 0,
      currency: 'CNY',
      pipelineId: pipeline?.id ?? '',
      stage: stage ?? null,
      stageSince: time,
      probability: stage?.probability ?? 0,
      probabilityOwn: false,
      owner: me,
    },
    tasks: {
      ...empty('note', 'dueOn', 'dueAt', 'about', 'customer', 'repeat', 'remindBefore', 'doneAt', 'doneBy'),
      kind: 'todo',
      priority: 'normal',
      status: 'open',
      owner: me,
      createdBy: me,
    },
    leads: {
      ...empty('company', 'title', 'phone', 'email', 'wechat', 'source', 'city', 'address', 'remark'),
      ...empty('unqualifiedReason', 'unqualifiedRemark', 'score', 'nextFollowUpAt', 'lastActivityAt'),
      ...empty('converted'),
      status: 'new',
      tags: [],
      owner: me,
    },
    // Made with the server alone, which gives them their numbers and reckons their sums.
    orders: {},
  };
  return { id, version: 1, custom: {}, createdAt: time, updatedAt: time, deletedAt: null, ...first[kind] };
}
