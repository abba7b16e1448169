// The fields of a waiting write in words: what each is called, and how a value of it reads.

import { useFields } from '../custom-fields/use-fields.ts';
import { type CustomObject, keyOf, shownText } from '../custom-fields/values.ts';
import { useOwners } from '../customers/use-owners.ts';
import { usePipelines } from '../deals/use-pipelines.ts';
import { useReasons } from '../deals/use-reasons.ts';
import { dateTime, money } from '../formats.ts';
import { useMe } from '../session.ts';
import { reminders } from '../tasks/form.ts';
import { useWords } from '../words.ts';
import type { Named } from './records.ts';
import { kindOf, type Waiting } from './writes.ts';

const hidden = new Set(['customerId', 'leadId', 'about', 'ifMatch', 'at', 'isPrimary', 'pipelineId']);
const chosenOnes = [
  'stage',
  'status',
  'kind',
  'priority',
  'currency',
  'lostReason',
  'wonReason',
  'unqualifiedReason',
];
const noText = new Set([...chosenOnes, 'expectedOn', 'dueOn', 'zone']);

/** Fields that are called something of their own while they wait. */
const ownNames = ['stageId', 'due'];
/** Fields that go by the words of others. */
const wordsOf: Record<string, string> = { remindBefore: 'remind' };

export function useFieldWords(entry: Waiting) {
  const kind = kindOf(entry);
  const { t } = useWords(kind);
  const offline = useWords('offline').t;
  const { user } = useMe();
  const { nameOf } = useOwners();
  const { stageOf } = usePipelines();
  const won = useReasons('won', kind === 'deals');
  const lost = useReasons('lost', kind === 'deals');
  const { fields } = useFields((kind === 'activities' ? 'customer' : kind.slice(0, -1)) as CustomObject);
  const own = (field: string) => fields.find(one => keyOf(one) === field);
  const person = (id: string) =>
    nameOf(id) ??
    [entry.base?.owner, entry.theirs?.owner].map(one => one as Named | null).find(one => one?.id === id)
      ?.name ??
    (id === user.id ? user.name : id);
  return {
    isHidden: (field: string) => hidden.has(field),
    isText: (field: string) =>
      !hidden.has(field) && !noText.has(field) && !field.endsWith('Id') && !field.endsWith('At'),
    name: (field: string) =>
      own(field)?.label ??
      (ownNames.includes(field) ? offline(`field.${field}`) : t(`field.${wordsOf[field] ?? field}`)),
    show: (field: string, value: unknown): string => {
      const text = Array.isArray(value) ? value.join(', ') : String(value ?? '');
      const custom = own(field);
      if (custom) return shownText(custom, text);
      if (field === 'stage' || field === 'status' || field === 'kind' || field === 'priority')
        return t(`${field}.${text}`);
      if (field === 'wonReason') return won.nameOf(text);
      if (field === 'lostReason') return lost.nameOf(text);
      if (field === 'unqualifiedReason') return t(`reason.${text}`);
      if (field === 'due') return text.includes('T') ? dateTime(text) : text;
      if (field === 'repeat') return repeated(value, every => t(`repeat.${every}`));
      if (field === 'remindBefore')
        return reminders.includes(text) ? t(`remind.${text}`) : t('remind.other', { count: Number(text) });
      if (field === 'ownerId') return person(text);
      if (field === 'stageId') return stageOf(text)?.name ?? text;
      if (field === 'contactId') return contactName(entry, text) ?? offline('field.chosen');
      if (field === 'amount') return money(Number(text) / 100, String(entry.base?.currency ?? 'CNY'));
      return field.endsWith('At') && text ? dateTime(text) : text;
    },
  };
}

/** How a task repeats, from the value or from its text. */
function repeated(value: unknown, words: (every: string) => string): string {
  const { every } = (typeof value === 'string' ? JSON.parse(value || '{}') : (value ?? {})) as {
    every?: string;
  };
  return words(every ?? 'none');
}

function contactName({ base, theirs }: Waiting, id: string): string | undefined {
  const contacts = [base?.contact, theirs?.contact] as (Named | null | undefined)[];
  return contacts.find(one => one?.id === id)?.name;
}
