// Inputs for values that point elsewhere: a file is attached to the record, a record is found while one types.
import { Button, FileButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPaperclip, IconX } from '@tabler/icons-react';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import { type Subject, upload } from '../files/upload.ts';
import { TextField } from '../ui/fields.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { useWords } from '../words.ts';
import css from './custom-fields.module.css';
import Pointing from './Pointing.tsx';
import type { CustomField } from './values.ts';

type InputProps = {
  field: CustomField;
  value: string;
  onValue: (value: string) => void;
  error: string | undefined;
  /** The record that is edited; left out: it is not there yet. */
  recordId: string | undefined;
};

export default function PointingInput(props: InputProps) {
  return props.field.kind === 'file' ? <FileInput {...props} /> : <RecordInput {...props} />;
}

type ChosenProps = Pick<InputProps, 'field' | 'value' | 'error'> & { children: React.ReactNode };

/** What stands there, and what can be done about it. */
function Chosen({ field, value, error, children }: ChosenProps) {
  const { t } = useWords('custom-fields');
  return (
    <fieldset className={css.choices}>
      <legend className={css.legend}>
        {field.label}
        {field.required ? ' *' : ''}
      </legend>
      <div className={css.chosen}>
        {value ? <Pointing field={field} value={value} /> : <span className={css.quiet}>{t('none')}</span>}
        <span>{children}</span>
      </div>
      {error ? (
        <p role="alert" className={css.fault}>
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}

const Off = ({ field, onValue }: Pick<InputProps, 'field' | 'onValue'>) => {
  const { t } = useWords('custom-fields');
  return (
    <Button
      variant="subtle"
      size="compact-md"
      leftSection={<IconX size={16} aria-hidden />}
      aria-label={t('off-name', { name: field.label })}
      onClick={() => onValue('')}
    >
      {t('off')}
    </Button>
  );
};

function FileInput({ field, value, onValue, error, recordId }: InputProps) {
  const { t } = useWords('custom-fields');
  const queries = useQueryClient();
  const [percent, setPercent] = useState<number | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  if (recordId === undefined)
    return (
      <p className={css.quiet}>
        {field.label}: {t('file.later')}
      </p>
    );
  const subject = { type: field.object, id: recordId } as Subject;
  async function attach(file: File) {
    setProblem(null);
    setPercent(0);
    try {
      onValue(await upload({ file, subject, onProgress: setPercent }));
    } catch (refused) {
      setProblem(refused);
    }
    setPercent(null);
    await queries.invalidateQueries({ queryKey: ['files', subject.type, subject.id] });
  }
  const words = t(value ? 'file.other' : 'file.choose');
  return (
    <div>
      <Chosen field={field} value={value} error={error}>
        <FileButton onChange={file => file && void attach(file)}>
          {props => (
            <Button
              {...props}
              variant="default"
              size="compact-md"
              loading={percent !== null}
              leftSection={<IconPaperclip size={16} aria-hidden />}
              aria-label={t('file.named', { action: words, name: field.label })}
            >
              {words}
            </Button>
          )}
        </FileButton>
        {value ? <Off field={field} onValue={onValue} /> : null}
      </Chosen>
      {percent === null ? null : (
        <p role="status" className={css.quiet}>
          {t('file.sending', { percent })}
        </p>
      )}
      <ProblemNote error={problem} />
    </div>
  );
}

type Found = { id: string; name: string; beside: string | null };

const listed = { limit: 6 } as const;

/** Records of that kind within reach whose name holds what is typed. */
async function found(target: CustomField['target'], q: string, signal: AbortSignal): Promise<Found[]> {
  const query = { ...listed, ...(q ? { q } : {}) };
  switch (target) {
    case 'customer':
      return (await api('GET /customers', { query, signal })).items.map(one => ({
        ...one,
        beside: one.city,
      }));
    case 'contact':
      return (await api('GET /contacts', { query, signal })).items.map(one => ({
        ...one,
        beside: one.customer?.name ?? null,
      }));
    case 'lead':
      return (await api('GET /leads', { query, signal })).items.map(one => ({ ...one, beside: one.company }));
    case 'deal':
      return (await api('GET /deals', { query, signal })).items.map(one => ({
        id: one.id,
        name: one.title,
        beside: one.customer.name,
      }));
    case 'order':
      return (await api('GET /orders', { query, signal })).items.map(one => ({
        id: one.id,
        name: one.number,
        beside: one.title || one.customer.name,
      }));
    case 'product':
      return (await api('GET /products', { query, signal })).items.map(one => ({ ...one, beside: one.code }));
    default:
      return [];
  }
}

function RecordInput({ field, value, onValue, error }: InputProps) {
  const { t } = useWords('custom-fields');
  const [typed, setTyped] = useState('');
  const [asking, setAsking] = useState(false);
  const [q] = useDebouncedValue(typed.trim(), 200);
  const { target } = field;
  const query = useQuery({
    queryKey: ['names', 'pick', target, q],
    queryFn: ({ signal }) => found(target, q, signal),
    placeholderData: keepPreviousData,
    enabled: asking,
  });
  if (value)
    return (
      <Chosen field={field} value={value} error={error}>
        <Off field={field} onValue={onValue} />
      </Chosen>
    );
  const items = asking ? (query.data ?? []) : [];
  return (
    <div>
      <TextField
        label={field.label}
        required={field.required}
        placeholder={t('record.search', { target: t(`target.${target ?? 'customer'}`) })}
        autoComplete="off"
        value={typed}
        onFocus={() => setAsking(true)}
        onValue={text => {
          setAsking(true);
          setTyped(text);
        }}
        onKeyDown={event => event.key === 'Escape' && setAsking(false)}
        error={error}
      />
      {asking && query.data ? (
        <ul className={css.found} aria-label={t('record.found')}>
          {items.map(one => (
            <li key={one.id}>
              <button
                type="button"
                onClick={() => {
                  setTyped('');
                  setAsking(false);
                  onValue(one.id);
                }}
              >
                {one.name}
                <span className={css.quiet}>{one.beside}</span>
              </button>
            </li>
          ))}
          {items.length === 0 ? <li className={css.quiet}>{t('record.none')}</li> : null}
        </ul>
      ) : null}
    </div>
  );
}
