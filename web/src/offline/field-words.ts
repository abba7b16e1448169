// The fields of a waiting write in words: what each is called, and how a value of it reads.

import { useFields } from '../custom-fields/use-fields.ts';
import { keyOf, shownText } from '../custom-fields/values.ts';
import { useOwners } from '../customers/use-owners.ts';
import { usePipelines } from '../deals/use-pipelines.ts';
import { dateTime, money } from '../formats.ts';
import { useMe } from '../session.ts';
import { useWords } from '../words.ts';
import type { Named } from './records.ts';
import { kindOf, type Waiting } from './writes.ts';

const hidden = new Set(['customerId', 'ifMatch', 'at', 'isPrimary', 'pipelineId']);
const noText = new Set(['stage', 'kind', 'currency', 'lostReason', 'expectedOn']);

export function useFieldWords(entry: Waiting) {
  const kind = kindOf(entry);
  const { t } = useWords(kind);
  const offline = useWords('offline').t;
  const { user } = useMe();
  const { nameOf } = useOwners();
  const { stageOf } = usePipelines();
  const { fields } = useFields(
    kind === 'contacts' || kind === 'deals' ? (kind.slice(0, -1) as 'contact' | 'deal') : 'customer',
  );
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
      own(field)?.label ?? (field === 'stageId' ? offline('field.stageId') : t(`field.${field}`)),
    show: (field: string, value: unknown): string => {
      const text = Array.isArray(value) ? value.join(', ') : String(value ?? '');
      const custom = own(field);
      if (custom) return shownText(custom, text);
      if (field === 'stage') return t(`stage.${text}`);
      if (field === 'kind') return t(`kind.${text}`);
      if (field === 'lostReason') return t(`reason.${text}`);
      if (field === 'ownerId') return person(text);
      if (field === 'stageId') return stageOf(text)?.name ?? text;
      if (field === 'contactId') return contactName(entry, text) ?? offline('field.chosen');
      if (field === 'amount') return money(Number(text) / 100, String(entry.base?.currency ?? 'CNY'));
      return field.endsWith('At') && text ? dateTime(text) : text;
    },
  };
}

function contactName({ base, theirs }: Waiting, id: string): string | undefined {
  const contacts = [base?.contact, theirs?.contact] as (Named | null | undefined)[];
  return contacts.find(one => one?.id === id)?.name;
}
