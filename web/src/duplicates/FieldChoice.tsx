// One field in which two records differ: whose value stays, or both.
import { useId } from 'react';
import { CustomValue } from '../custom-fields/CustomValue.tsx';
import { useFields } from '../custom-fields/use-fields.ts';
import { dateTime } from '../formats.ts';
import { useWords } from '../words.ts';
import type { Alike, Merged } from './calls.ts';
import css from './duplicates.module.css';

export type Side = 'survivor' | 'other' | 'both';

type Props = {
  object: Alike;
  field: string;
  survivor: Merged;
  other: Merged;
  chosen: Side;
  onChoose: (side: Side) => void;
};

export function FieldChoice({ object, field, survivor, other, chosen, onChoose }: Props) {
  const { t } = useWords('duplicates');
  const words = {
    customer: useWords('customers'),
    contact: useWords('contacts'),
    lead: useWords('leads'),
  }[object];
  const { fields } = useFields(object);
  const name = useId();
  const key = /^custom\.(.+)$/.exec(field)?.[1];
  const own = key ? fields.find(one => one.key === key) : undefined;
  const linked = field === 'ownerId' || field === 'customerId';
  const label = own?.label ?? key ?? (linked ? t(`link.${field}`) : words.t(`field.${field}`));
  const shownOf = (one: Merged): React.ReactNode => {
    if (key) return own ? <CustomValue field={own} value={one.custom[key]} /> : String(one.custom[key] ?? '');
    if (field === 'ownerId') return one.owner?.name ?? t('unowned');
    if (field === 'customerId') return 'customer' in one ? one.customer?.name : null;
    if (field === 'stage' && 'stage' in one) return words.t(`stage.${one.stage}`);
    if (field === 'status' && 'status' in one)
      return [
        words.t(`status.${one.status}`),
        one.unqualifiedReason ? words.t(`reason.${one.unqualifiedReason}`) : null,
      ]
        .filter(Boolean)
        .join(' · ');
    const value = { ...one }[field as keyof Merged] as unknown;
    if (field === 'nextFollowUpAt') return typeof value === 'string' ? dateTime(value) : null;
    if (Array.isArray(value)) return value.join(' · ');
    return typeof value === 'string' || typeof value === 'number' ? value : null;
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
