// The workspace's own fields, for administrators: which records have which, and one of them in a sheet.
import { ActionIcon, Button } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { Card, Page } from '../ui/Page.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { Failed, LoadingRows, ProblemNote } from '../ui/states.tsx';
import { useSheet } from '../ui/use-sheet.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './custom-fields.module.css';
import { FieldForm } from './FieldForm.tsx';
import { type CustomField, type CustomObject, labelOf } from './values.ts';

const objects: CustomObject[] = ['customer', 'contact', 'lead', 'deal', 'order', 'product', 'task'];

export default function CustomFieldsPage() {
  const { t } = useWords('custom-fields');
  const sheet = useSheet();
  const query = useQuery({
    queryKey: ['custom-fields', 'all'],
    queryFn: ({ signal }) => api('GET /custom-fields', { query: { archived: 'true' }, signal }),
  });
  const all = query.data?.items ?? [];
  const edited = all.find(field => field.id === sheet.name);
  const isNew = objects.find(object => sheet.is(`new-${object}`));
  return (
    <Page title={t('title')} lead={t('words')} width="reading">
      {query.isPending ? <LoadingRows /> : null}
      {query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data
        ? objects.map(object => (
            <OfObject
              key={object}
              object={object}
              fields={all.filter(field => field.object === object)}
              onOpen={sheet.open}
            />
          ))
        : null}
      <Sheet
        opened={isNew !== undefined || edited !== undefined}
        onClose={sheet.close}
        title={t(edited ? 'edit' : 'add')}
      >
        <FieldForm
          key={edited?.id ?? isNew ?? ''}
          field={edited ?? null}
          object={edited?.object ?? isNew ?? 'customer'}
          onDone={sheet.close}
        />
      </Sheet>
    </Page>
  );
}

type OfObjectProps = { object: CustomObject; fields: CustomField[]; onOpen: (name: string) => void };

function OfObject({ object, fields, onOpen }: OfObjectProps) {
  const { t, language } = useWords('custom-fields');
  const move = useWrite('PATCH /custom-fields/{id}', { renews: [['custom-fields']] });
  const shown = fields.filter(field => !field.archivedAt);
  const archived = fields.filter(field => field.archivedAt);
  async function shift(index: number, by: -1 | 1) {
    const [field, other] = [shown[index], shown[index + by]];
    if (!field || !other) return;
    await move.mutateAsync({ params: { id: field.id }, body: { position: other.position } });
    await move.mutateAsync({ params: { id: other.id }, body: { position: field.position } });
  }
  const row = (field: CustomField, index: number | null) => (
    <li key={field.id} className={css.item}>
      <span className={css.name}>
        <strong>{labelOf(field, language)}</strong>
        <span className={css.quiet}>
          {[
            field.target
              ? t('kind.record-to', { target: t(`target.${field.target}`) })
              : t(`kind.${field.kind}`),
            field.indexed ? '' : t('slow-short'),
            field.required ? t('required') : '',
            field.choices
              .filter(choice => !choice.archived)
              .map(choice => choice.label)
              .join(t('joint')),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </span>
      <span>
        {index === null ? null : (
          <>
            <ActionIcon
              variant="subtle"
              aria-label={t('up', { name: field.label })}
              disabled={index === 0 || move.isPending}
              onClick={() => void shift(index, -1)}
            >
              <IconArrowUp size={18} aria-hidden />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              aria-label={t('down', { name: field.label })}
              disabled={index === shown.length - 1 || move.isPending}
              onClick={() => void shift(index, 1)}
            >
              <IconArrowDown size={18} aria-hidden />
            </ActionIcon>
          </>
        )}
        <Button
          variant="subtle"
          onClick={() => onOpen(field.id)}
          aria-label={t('open', { name: field.label })}
        >
          {t('edit-short')}
        </Button>
      </span>
    </li>
  );
  return (
    <Card
      title={t(`object.${object}`)}
      aside={
        <Button
          variant="subtle"
          leftSection={<IconPlus size={18} aria-hidden />}
          onClick={() => onOpen(`new-${object}`)}
          aria-label={t('add-to', { object: t(`object.${object}`) })}
        >
          {t('add')}
        </Button>
      }
    >
      {shown.length === 0 ? <p className={css.quiet}>{t('none-yet')}</p> : null}
      <ProblemNote error={move.error} />
      <ul className={css.list}>{shown.map(row)}</ul>
      {archived.length > 0 ? (
        <details>
          <summary className={css.quiet}>{t('archived', { count: archived.length })}</summary>
          <ul className={css.list}>{archived.map(field => row(field, null))}</ul>
        </details>
      ) : null}
    </Card>
  );
}
