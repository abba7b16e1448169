// Automation: the rules, a sentence each, with what they did of late; and templates for usual cases.
import { Button } from '@mantine/core';
import { IconPlus, IconRobot } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import { ago } from '../formats.ts';
import { useMe } from '../session.ts';
import { Card, Page } from '../ui/Page.tsx';
import { Note } from '../ui/plain.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { Empty, Failed, LoadingRows, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useSheet } from '../ui/use-sheet.ts';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './automation.module.css';
import { blank, formOf, inputOf, type Rule } from './form.ts';
import { RuleForm } from './RuleForm.tsx';
import { RunList } from './RunList.tsx';
import { sentenceOf } from './sentence.ts';
import { templateKeys, templateOf } from './templates.ts';
import { useNames } from './use-names.ts';

export default function AutomationPage() {
  const { t } = useWords('automation');
  const { may } = useMe();
  const sheet = useSheet();
  const query = useQuery({
    queryKey: ['automations'],
    queryFn: ({ signal }) => api('GET /automations', { signal }),
  });
  const items = query.data?.items ?? [];
  const [what = '', id = ''] = (sheet.name ?? '').split('.');
  const rule = items.find(one => one.id === id) ?? null;
  const key = templateKeys.find(one => one === id);
  const isForm = what === 'new' || (what === 'rule' && rule !== null);
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        may('create:automation') ? (
          <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => sheet.open('new')}>
            {t('add')}
          </Button>
        ) : null
      }
    >
      {query.isPending ? <LoadingRows rows={4} /> : null}
      {query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data && items.length === 0 ? (
        <Empty icon={<IconRobot />} title={t('none.title')}>
          {t('none.words')}
        </Empty>
      ) : null}
      {items.length > 0 ? (
        <Card title={t('rules')} flush>
          <div className={css.list}>
            {items.map(one => (
              <RuleItem key={one.id} rule={one} onOpen={name => sheet.open(`${name}.${one.id}`)} />
            ))}
          </div>
        </Card>
      ) : null}
      {may('create:automation') ? (
        <Card title={t('templates')}>
          <div className={css.templates}>
            {templateKeys.map(one => (
              <button key={one} type="button" onClick={() => sheet.open(`new.${one}`)}>
                <strong>{t(`template.${one}.name`)}</strong>
                <span>{t(`template.${one}.about`)}</span>
              </button>
            ))}
          </div>
        </Card>
      ) : null}
      <Sheet opened={isForm} onClose={sheet.close} title={rule?.name ?? t('add')} wide>
        {isForm ? (
          <RuleForm
            key={sheet.name}
            rule={rule}
            start={key ? templateOf(key, t) : blank}
            draftKey={`automation:${sheet.name}`}
            onDone={sheet.close}
          />
        ) : null}
      </Sheet>
      <Sheet opened={what === 'log' && rule !== null} onClose={sheet.close} title={rule?.name ?? ''} wide>
        {rule ? <RunList rule={rule} /> : null}
      </Sheet>
    </Page>
  );
}

function RuleItem({ rule, onOpen }: { rule: Rule; onOpen: (name: 'rule' | 'log') => void }) {
  const { t } = useWords('automation');
  const { user } = useMe();
  const names = useNames();
  const [sure, setSure] = useState(false);
  const renews = [['automations']];
  const save = useWrite('PUT /automations/{id}', { renews });
  const remove = useWrite('DELETE /automations/{id}', { renews, onDone: () => toast(t('removed')) });
  const params = { id: rule.id };
  const body = inputOf(formOf(rule));
  const { event, conditions, actions } = rule;
  return (
    <article className={css.item}>
      <header className={css.head}>
        <h3 className={css.title}>{rule.name}</h3>
        <span className={css.mark} data-tone={rule.active ? 'good' : 'plain'}>
          {t(rule.active ? 'on' : 'off')}
        </span>
      </header>
      <p>{sentenceOf({ ...body, event, conditions, actions }, t, names)}</p>
      {rule.paused ? <Note tone="warn">{t(`paused.${rule.paused}`)}</Note> : null}
      <p className={css.quiet}>
        {[
          ...(rule.lastRunAt ? [t('last', { when: ago(rule.lastRunAt) })] : []),
          rule.done + rule.failed > 0 ? t('counts', { done: rule.done, failed: rule.failed }) : t('never'),
          ...(rule.owner.id === user.id ? [] : [t('by', { name: rule.owner.name })]),
        ].join(' · ')}
      </p>
      <div className={css.buttons}>
        <Button variant="default" size="sm" aria-haspopup="dialog" onClick={() => onOpen('log')}>
          {t('runs.title')}
        </Button>
        {rule.mine ? (
          <>
            <Button
              variant="default"
              size="sm"
              aria-haspopup="dialog"
              aria-label={t('edit-name', { name: rule.name })}
              onClick={() => onOpen('rule')}
            >
              {t('edit')}
            </Button>
            <Button
              variant="default"
              size="sm"
              loading={save.isPending}
              onClick={() =>
                save.mutate({
                  params,
                  body: { name: rule.name, active: !rule.active, event, conditions, actions },
                  ifMatch: `"v${rule.version}"`,
                })
              }
            >
              {t(rule.active ? 'switch-off' : 'switch-on')}
            </Button>
            <Button
              variant={sure ? 'filled' : 'subtle'}
              color="red"
              size="sm"
              loading={remove.isPending}
              onClick={() => (sure ? remove.mutate({ params }) : setSure(true))}
            >
              {t(sure ? 'remove-sure' : 'remove')}
            </Button>
          </>
        ) : null}
      </div>
      <ProblemNote error={save.error ?? remove.error} />
    </article>
  );
}
