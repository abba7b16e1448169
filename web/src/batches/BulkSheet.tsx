// Changing many records at once: one field after the other, each with the value it is to have.
import { ActionIcon, Button } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { CustomInputs } from '../custom-fields/CustomInputs.tsx';
import { useFields } from '../custom-fields/use-fields.ts';
import { keyOf } from '../custom-fields/values.ts';
import { useMe } from '../session.ts';
import { DraftNote } from '../ui/DraftNote.tsx';
import { SelectField, TextField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { LoadingRows, ProblemNote } from '../ui/states.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useWords } from '../words.ts';
import css from './batches.module.css';
import { type BatchObject, bulkFields, changeOf, faultsOf, type NewBatch, type Row } from './changes.ts';
import { useChoices } from './use-choices.ts';

type Change = NonNullable<ReturnType<typeof changeOf>>;
type BulkSheetProps = {
  object: BatchObject;
  opened: boolean;
  /** How many are meant, in words. */
  meant: string;
  busy: boolean;
  error: unknown;
  onSend: (change: Pick<NewBatch, 'set' | 'addTags' | 'removeTags'>, done: () => void) => void;
  onClose: () => void;
};

const empty: Row = { field: '', text: '', reason: '' };

export default function BulkSheet(props: BulkSheetProps) {
  const { t } = useWords('batches');
  return (
    <Sheet opened={props.opened} onClose={props.onClose} title={t('change.title')}>
      <ChangeForm {...props} />
    </Sheet>
  );
}

function ChangeForm({ object, meant, busy, error, onSend }: BulkSheetProps) {
  const { t } = useWords('batches');
  const { fields: rules } = useMe();
  const own = useFields(object);
  // A file belongs to one record alone.
  const fields = own.inputs.filter(field => field.kind !== 'file');
  const draft = useDraft(`batch:${object}`, { rows: [empty] });
  const { choices, needsReason, reasonChoices } = useChoices(object);
  const [tried, setTried] = useState(false);
  const { rows } = draft.value;
  const faults = tried ? faultsOf(rows, needsReason) : {};
  const ruleOf = (field: string) => rules[object]?.[/tags$/i.test(field) ? 'tags' : field];
  const offered = [
    ...bulkFields[object]
      .filter(field => !ruleOf(field))
      .map(field => ({ value: field, label: t(`field.${field}`) })),
    ...fields
      .filter(field => !ruleOf(keyOf(field)))
      .map(field => ({ value: keyOf(field) as string, label: field.label })),
  ];
  const put = (place: number, change: Partial<Row>) =>
    draft.set({ rows: rows.map((row, at) => (at === place ? { ...row, ...change } : row)) });
  function send() {
    setTried(true);
    const change: Change | null = changeOf(rows, fields);
    if (change && Object.keys(faultsOf(rows, needsReason)).length === 0) onSend(change, draft.saved);
  }
  if (!draft.ready || !own.ready) return <LoadingRows rows={3} />;
  return (
    <Form onSubmit={send} className="lk-stack">
      <p className="lk-hint">{meant}</p>
      {rows.map((row, place) => {
        const field = fields.find(one => keyOf(one) === row.field);
        const options = choices(row.field);
        const fault = faults[place];
        const shared = {
          label: t('value'),
          value: row.text,
          onValue: (text: string) => put(place, { text, reason: '' }),
          error: fault && fault !== 'reason' ? t(`fault.${fault}`) : undefined,
        };
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is nothing but its place
          <fieldset key={place} className={css.row}>
            <legend className="lk-hidden">{t('change.row', { number: place + 1 })}</legend>
            <SelectField
              label={t('change.field')}
              value={row.field}
              onValue={chosen => put(place, { field: chosen, text: '', reason: '' })}
              data={[
                { value: '', label: t('change.choose') },
                ...offered.filter(
                  one => one.value === row.field || !rows.some(other => other.field === one.value),
                ),
              ]}
            />
            {row.field === '' ? null : field ? (
              <CustomInputs
                fields={[{ ...field, label: t('value'), required: false }]}
                form={{ [keyOf(field)]: row.text }}
                set={change => put(place, { text: change[keyOf(field)] ?? '' })}
                tried={tried}
              />
            ) : options ? (
              <SelectField {...shared} data={[{ value: '', label: t('change.choose') }, ...options]} />
            ) : (
              <TextField
                {...shared}
                {...typeOf(row.field)}
                description={/tags$/i.test(row.field) ? t('change.tags') : undefined}
                autoComplete="off"
              />
            )}
            {needsReason(row) ? (
              <SelectField
                label={t('change.reason')}
                required
                value={row.reason}
                onValue={reason => put(place, { reason })}
                error={fault === 'reason' ? t('fault.missing') : undefined}
                data={[{ value: '', label: t('change.choose') }, ...reasonChoices()]}
              />
            ) : null}
            {rows.length > 1 ? (
              <ActionIcon
                variant="subtle"
                aria-label={t('change.drop', { number: place + 1 })}
                onClick={() => draft.set({ rows: rows.filter((_, at) => at !== place) })}
              >
                <IconTrash size={18} aria-hidden />
              </ActionIcon>
            ) : null}
          </fieldset>
        );
      })}
      {rows.length < 6 ? (
        <Button
          variant="subtle"
          leftSection={<IconPlus size={18} aria-hidden />}
          onClick={() => draft.set({ rows: [...rows, empty] })}
        >
          {t('change.more')}
        </Button>
      ) : null}
      <p className="lk-hint">{t('change.empties')}</p>
      <ProblemNote error={error} />
      <Button type="submit" loading={busy} disabled={rows.every(row => row.field === '')}>
        {t('change.send')}
      </Button>
      <DraftNote draft={draft} />
    </Form>
  );
}

function typeOf(field: string): { type?: 'date'; inputMode?: 'numeric' } {
  if (field === 'nextFollowUpAt' || field === 'expectedOn' || field === 'dueOn') return { type: 'date' };
  return field === 'score' || field === 'probability' ? { inputMode: 'numeric' } : {};
}
