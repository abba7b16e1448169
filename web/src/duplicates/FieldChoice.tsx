// One field in which two customers differ: whose value stays, or both.
import { useId } from 'react';
import type { Calls } from '../calls.ts';
import { CustomValue } from '../custom-fields/CustomValue.tsx';
import { useFields } from '../custom-fields/use-fields.ts';
import { dateTime } from '../formats.ts';
import { useWords } from '../words.ts';
import css from './duplicates.module.css';

export type Side = 'survivor' | 'other' | 'both';
type Customer = Calls['GET /customers/{id}/merge']['reply']['survivor'];

type Props = {
  field: string;
  survivor: Customer;
  other: Customer;
  chosen: Side;
  onChoose: (side: Side) => void;
};

export function FieldChoice({ field, survivor, other, chosen, onChoose }: Props) {
  const { t } = useWords('duplicates');
  const customers = useWords('customers');
  const { fields } = useFields('customer');
  const name = useId();
  const key = /^custom\.(.+)$/.exec(field)?.[1];
  const own = key ? fields.find(one => one.key === key) : undefined;
  const label = own?.label ?? (key ? key : customers.t(`field.${field}`));
  const shownOf = (one: Customer): React.ReactNode => {
    if (key) return own ? <CustomValue field={own} value={one.custom[key]} /> : String(one.custom[key] ?? '');
    if (field === 'ownerId') return one.owner?.name ?? t('unowned');
    const value = one[field as keyof Customer];
    if (field === 'stage') return customers.t(`stage.${one.stage}`);
    if (field === 'nextFollowUpAt') return one.nextFollowUpAt ? dateTime(one.nextFollowUpAt) : null;
    return Array.isArray(value) ? value.join(' · ') : typeof value === 'string' ? value : null;
  };
  const sides: Side[] =
    field === 'tags' || field === 'remark' ? ['survivor', 'other', 'both'] : ['survivor', 'other'];
  return (
    <fieldset className={css.field}>
      <legend>{label}</legend>
      <div className={css.sides}>
        {sides.map(side => (
          <label key={side} className={side === 'both' ? `${css.side} ${css.both}` : css.side}>
            <input type="radio" name={name} checked={chosen === side} onChange={() => onChoose(side)} />
            <span>
              {side === 'both'
                ? t('side.both')
                : shownOf(side === 'survivor' ? survivor : other) || (
                    <em className={css.quiet}>{t('nothing')}</em>
                  )}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
