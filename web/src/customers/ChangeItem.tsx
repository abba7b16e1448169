// A change to the record as it is read: who, when, and each field before and after.
import {
  IconArrowBackUp,
  IconArrowMerge,
  IconArrowsSplit2,
  IconBeach,
  IconHistory,
  IconPlus,
  IconTrash,
} from '@tabler/icons-react';
import { Changes } from '../audit/Changes.tsx';
import type { Calls } from '../calls.ts';
import { ago, dateTime } from '../formats.ts';
import { PutBack } from '../history/PutBack.tsx';
import { useWords } from '../words.ts';
import css from './customers.module.css';
import { useOwners } from './use-owners.ts';

export type Change = Calls['GET /customers/{id}/history']['reply']['items'][number];

const icons = {
  add: IconPlus,
  change: IconHistory,
  remove: IconTrash,
  restore: IconArrowBackUp,
  claim: IconBeach,
  assign: IconBeach,
  release: IconBeach,
  return: IconBeach,
  merge: IconArrowMerge,
  'merge-away': IconArrowMerge,
  unmerge: IconArrowsSplit2,
} as const;

/** What says all there is to say. */
const plain = new Set(['add', 'remove', 'restore']);

/** `customer.change` → `change`; what is not known counts as a change. */
function actOf(action: string): keyof typeof icons {
  const act = action.split('.').at(-1) ?? '';
  return act in icons ? (act as keyof typeof icons) : 'change';
}

/** `customerId` where its values may be put back. */
export function ChangeItem({ change, customerId }: { change: Change; customerId?: string | undefined }) {
  const { t } = useWords('customers');
  const { nameOf } = useOwners();
  const act = actOf(change.action);
  const Icon = icons[act];
  return (
    <article className={css.change}>
      <span className={css.badge}>
        <Icon size={18} stroke={1.75} aria-hidden />
      </span>
      <p className={css.quiet}>
        {t(`change.${act}`, { who: change.actor.name ?? t('change.system') })}
        {' · '}
        <time dateTime={change.at} title={dateTime(change.at)}>
          {ago(change.at)}
        </time>
      </p>
      {!plain.has(act) && change.changes.length > 0 ? (
        <Changes
          object="customer"
          lines={change.changes.map(({ field, before, after }) => ({
            field,
            before: before ?? null,
            after: after ?? null,
          }))}
          nameOf={nameOf}
        />
      ) : null}
      {customerId && act === 'change' && change.changes.length > 0 ? (
        <PutBack object="customer" id={customerId} entry={change.id} />
      ) : null}
    </article>
  );
}
