// Intake keys: where customer information may come from, whose it becomes; made, changed, switched off, taken away.
import { Button, Switch } from '@mantine/core';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { api } from '../api.ts';
import { ago, number } from '../formats.ts';
import { useMe } from '../session.ts';
import { Card, Page } from '../ui/Page.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { Empty, Failed, LoadingRows, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useSheet } from '../ui/use-sheet.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import type { IntakeKey } from './form.ts';
import css from './intake.module.css';
import { KeyForm } from './KeyForm.tsx';
import { NewKey } from './NewKey.tsx';

export default function KeysPage() {
  const { t } = useWords('intake');
  const { may } = useMe();
  const sheet = useSheet();
  const query = useQuery({
    queryKey: ['intake', 'keys'],
    queryFn: ({ signal }) => api('GET /intake-keys', { signal }),
  });
  const items = query.data?.items ?? [];
  const mayChange = may('configure:intake');
  const edited = items.find(key => sheet.is(`key-${key.id}`)) ?? null;
  const make = (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => sheet.open('new')}>
      {t('keys.new')}
    </Button>
  );
  return (
    <Page
      title={t('keys.title')}
      lead={t('keys.lead')}
      back={{ to: '/intake', label: t('title') }}
      actions={mayChange && items.length > 0 ? make : null}
    >
      <Card flush>
        {query.isPending ? <LoadingRows rows={3} /> : null}
        {query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null}
        {query.data && items.length === 0 ? (
          <Empty icon={<IconKey />} title={t('keys.empty.title')} action={mayChange ? make : null}>
            {t('keys.empty.words')}
          </Empty>
        ) : null}
        <ul className={css.keys}>
          {items.map(key => (
            <OneKey key={key.id} one={key} mayChange={mayChange} onEdit={() => sheet.open(`key-${key.id}`)} />
          ))}
        </ul>
      </Card>
      <NewKey opened={sheet.is('new')} onClose={sheet.close} />
      <Sheet opened={edited !== null} onClose={sheet.close} title={t('keys.edit')}>
        {edited ? <EditKey key={edited.id} one={edited} onDone={sheet.close} /> : null}
      </Sheet>
    </Page>
  );
}

type OneKeyProps = { one: IntakeKey; mayChange: boolean; onEdit: () => void };

function OneKey({ one, mayChange, onEdit }: OneKeyProps) {
  const { t } = useWords('intake');
  const turn = useWrite('PATCH /intake-keys/{id}', { renews: [['intake', 'keys']] });
  const whose = one.owner?.name ?? (one.team ? t('keys.team', { name: one.team.name }) : t('keys.nobody'));
  return (
    <li className={css.key}>
      <div className={css['key-head']}>
        <h2>{one.name}</h2>
        {mayChange ? (
          <Switch
            checked={one.active}
            disabled={turn.isPending}
            label={t(one.active ? 'keys.on' : 'keys.off')}
            aria-label={t('keys.switch', { name: one.name })}
            onChange={event =>
              turn.mutate({ params: { id: one.id }, body: { active: event.currentTarget.checked } })
            }
          />
        ) : (
          <span className={css.mark} data-tone={one.active ? 'good' : 'plain'}>
            {t(one.active ? 'keys.on' : 'keys.off')}
          </span>
        )}
      </div>
      <dl className={css.stats}>
        <div>
          <dt>{t('keys.whose')}</dt>
          <dd>{whose}</dd>
        </div>
        <div>
          <dt>{t('keys.source')}</dt>
          <dd>{one.source}</dd>
        </div>
        <div>
          <dt>{t('keys.received')}</dt>
          <dd>{number(one.received)}</dd>
        </div>
        <div>
          <dt>{t('keys.last')}</dt>
          <dd>{one.lastUsedAt ? ago(one.lastUsedAt) : t('keys.never')}</dd>
        </div>
      </dl>
      {one.origins.length > 0 ? (
        <p className={css.quiet}>{t('keys.sites', { sites: one.origins.join(', ') })}</p>
      ) : null}
      {one.turnedAway > 0 ? (
        <p className={css.warned}>{t('keys.turned-away', { count: one.turnedAway })}</p>
      ) : null}
      <ProblemNote error={turn.error} />
      {mayChange ? (
        <div>
          <Button variant="default" size="sm" onClick={onEdit}>
            {t('keys.edit')}
          </Button>
        </div>
      ) : null}
    </li>
  );
}

function EditKey({ one, onDone }: { one: IntakeKey; onDone: () => void }) {
  const { t } = useWords('intake');
  const renews = [['intake', 'keys']];
  const drop = useRef<() => void>(() => {});
  const save = useWrite('PATCH /intake-keys/{id}', {
    renews,
    onDone: () => {
      drop.current();
      onDone();
      toast(t('keys.saved'));
    },
  });
  const remove = useWrite('DELETE /intake-keys/{id}', {
    renews,
    onDone: () => {
      onDone();
      toast(t('keys.removed', { name: one.name }));
    },
  });
  const params = { id: one.id };
  return (
    <div className={css.form}>
      <KeyForm
        draftKey={`intake-key:${one.id}`}
        start={{
          name: one.name,
          source: one.source,
          filesAs: one.filesAs,
          ownerId: one.owner?.id ?? '',
          origins: one.origins.join('\n'),
        }}
        team={one.owner ? null : one.team}
        act={t('keys.save')}
        busy={save.isPending}
        error={save.error}
        onSubmit={(body, dropDraft) => {
          drop.current = dropDraft;
          save.mutate({ params, body });
        }}
      />
      <section className={css.section}>
        <h3>{t('keys.remove')}</h3>
        <p className="lk-hint">{t('keys.remove-words')}</p>
        <ProblemNote error={remove.error} />
        <Button
          color="red"
          variant="light"
          loading={remove.isPending}
          onClick={() => remove.mutate({ params })}
        >
          {t('keys.remove')}
        </Button>
      </section>
    </div>
  );
}
