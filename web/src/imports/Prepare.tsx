// Before an import starts: columns to fields, what to do with duplicates, and the first rows as they would be stored.
import { Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '../api.ts';
import { number } from '../formats.ts';
import { Card } from '../ui/Page.tsx';
import { Note } from '../ui/plain.tsx';
import { Failed, LoadingRecord, ProblemNote } from '../ui/states.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './imports.module.css';
import { MappingTable } from './MappingTable.tsx';
import { fieldName, type ImportDraft, mappingFaults, neededIn, type Options, remapped } from './mapping.ts';
import { OptionFields } from './OptionFields.tsx';
import { Preview } from './Preview.tsx';

export function Prepare({ id }: { id: string }) {
  const query = useQuery({
    queryKey: ['imports', id, 'preview'],
    queryFn: ({ signal }) => api('GET /imports/{id}/preview', { params: { id }, signal }),
    staleTime: 60_000,
  });
  if (query.isError) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <LoadingRecord />;
  return <Loaded draft={query.data} />;
}

function Loaded({ draft }: { draft: ImportDraft }) {
  const { t } = useWords('imports');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const params = { id: draft.id };
  const change = useWrite('PATCH /imports/{id}', {
    onDone: ({ body }) => {
      queries.setQueryData(['imports', draft.id, 'preview'], body);
    },
  });
  const start = useWrite('POST /imports/{id}/start', {
    onDone: ({ body }) => {
      queries.setQueryData(['imports', draft.id], body);
      void queries.invalidateQueries({ queryKey: ['imports', 'list'] });
    },
  });
  const drop = useWrite('DELETE /imports/{id}', {
    renews: [['imports', 'list']],
    onDone: () => navigate({ to: '/imports' }),
  });
  // While a change is on its way its mapping already shows; what the server made of it follows.
  const sent = change.isPending ? change.variables.body : undefined;
  const mapping = sent?.mapping ?? draft.mapping;
  const options: Options = { ...draft.options, ...(sent?.options as Partial<Options> | undefined) };
  const faults = mappingFaults(draft.fields, mapping);
  const ready = !faults.nameMissing && faults.doubled.length === 0;
  const { dryRun } = draft;
  return (
    <>
      <p className="lk-hint">
        {t(draft.format === 'csv' ? 'prepare.recognised' : 'prepare.recognised-as', {
          rows: number(draft.rows),
          columns: draft.columns.length,
          encoding: draft.encoding.toUpperCase(),
          delimiter: t(`delimiter.${delimiters[draft.delimiter]}`),
          format: t(`format.${draft.format}`),
        })}
      </p>
      <Card title={t('prepare.mapping')} flush>
        <MappingTable
          draft={draft}
          mapping={mapping}
          onMap={(column, field) =>
            change.mutate({ params, body: { mapping: remapped(draft.fields, mapping, column, field) } })
          }
        />
      </Card>
      <Card title={t('prepare.options')}>
        <OptionFields
          placed={draft.placed}
          options={options}
          onChange={next => change.mutate({ params, body: { options: next } })}
        />
      </Card>
      <ProblemNote error={change.error} />
      {faults.nameMissing ? (
        <Note tone="warn">
          {t('prepare.name-missing', {
            field: fieldName(draft, neededIn(draft.fields), t),
          })}
        </Note>
      ) : null}
      {ready ? (
        <div aria-busy={change.isPending} className={change.isPending ? css.waiting : undefined}>
          <Preview draft={draft} />
        </div>
      ) : null}
      <div className={css.go}>
        <p>
          {t(dryRun.complete ? 'prepare.whole' : 'prepare.part', {
            rows: number(dryRun.rows),
            create: number(dryRun.create),
            update: number(dryRun.update),
            skip: number(dryRun.skip),
            fault: number(dryRun.fault),
          })}
        </p>
        {dryRun.part > 0 ? (
          <p className={css.quiet}>{t('prepare.parts', { count: dryRun.part, rows: number(dryRun.part) })}</p>
        ) : null}
        {dryRun.conflict > 0 ? (
          <Note tone="warn">
            {t('prepare.conflicts', { count: dryRun.conflict, rows: number(dryRun.conflict) })}
          </Note>
        ) : null}
        <ProblemNote error={start.error ?? drop.error} />
        <div className="lk-row">
          <Button
            leftSection={<IconPlayerPlay size={18} aria-hidden />}
            disabled={!ready || change.isPending || draft.rows === 0}
            loading={start.isPending}
            onClick={() => start.mutate({ params })}
          >
            {t('prepare.start', { count: draft.rows, rows: number(draft.rows) })}
          </Button>
          <Button variant="default" loading={drop.isPending} onClick={() => drop.mutate({ params })}>
            {t('prepare.drop')}
          </Button>
        </div>
      </div>
    </>
  );
}

const delimiters = { ',': 'comma', ';': 'semicolon', '\t': 'tab' } as const;
