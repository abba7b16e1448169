// The messages that are sent, and each in one's own words.
import { Button, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import factorsCss from '../factors/factors.module.css';
import { ago } from '../formats.ts';
import { Card, Page } from '../ui/Page.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { Failed, LoadingRows } from '../ui/states.tsx';
import { useSheet } from '../ui/use-sheet.ts';
import { languageNames, useWords } from '../words.ts';
import { EditTemplate } from './EditTemplate.tsx';
import css from './templates.module.css';

export type Template = Calls['GET /message-templates']['reply']['items'][number];

export const templatesKey = ['message-templates'];

/** Those that rooms have given names here; others are called as the log calls them. */
const named = [
  'sign-in-code',
  'recovery',
  'recovery-proved',
  'password-recovered',
  'password-changed',
  'account-locked',
  'account-unlocked',
  'new-device',
  'stale-client',
  'factor-added',
  'factor-removed',
  'recovery-code-used',
  'contact-code',
  'contact-added',
  'contact-removed',
  'questions-changed',
  'invitation',
  'desk-help',
  'test',
  'alert',
  'verify-email',
  'verify-due',
  'account-ends',
  'password-due',
  'access-changed',
  'ticket-opened',
  'ticket-answered',
  'ticket-code',
  'vouch-asked',
  'notice',
  'notice-digest',
  'payments-due',
];

const keyOf = (item: Template) => `${item.channel}-${item.template}-${item.language}`;

export default function TemplatesPage() {
  const { t, language } = useWords('templates');
  const [channel, setChannel] = useState('email');
  const [spoken, setSpoken] = useState<string>(language);
  const templates = useQuery({ queryKey: templatesKey, queryFn: () => api('GET /message-templates') });
  const sheet = useSheet();
  const items = templates.data?.items ?? [];
  const edited = items.find(item => sheet.is(keyOf(item)));
  const nameOf = (item: Template) =>
    named.includes(item.template) ? t(`name.${item.template}`) : item.text.subject || item.template;
  const shown = items.filter(item => item.channel === channel && item.language === spoken);
  return (
    <Page title={t('title')} lead={t('lead')} width="reading">
      <div className={css.choices}>
        <SegmentedControl
          value={channel}
          onChange={setChannel}
          data={['email', 'sms'].map(value => ({ value, label: t(`channel.${value}`) }))}
        />
        <SegmentedControl
          value={spoken}
          onChange={setSpoken}
          data={Object.entries(languageNames).map(([value, label]) => ({ value, label }))}
        />
      </div>
      <Card flush>
        {templates.isError ? (
          <Failed error={templates.error} onRetry={() => void templates.refetch()} />
        ) : null}
        {templates.isPending ? <LoadingRows rows={8} /> : null}
        <ul className={factorsCss.rows}>
          {shown.map(item => (
            <li key={keyOf(item)} className={factorsCss.row}>
              <div className={factorsCss.words}>
                <strong>{nameOf(item)}</strong>
                <span>
                  {item.own ? `${t('own')} · ${t('changed', { when: ago(item.own.at) })}` : t('standard')}
                </span>
              </div>
              <Button
                variant="default"
                aria-label={t('edit-one', { name: nameOf(item), language: item.language })}
                onClick={() => sheet.open(keyOf(item))}
              >
                {t('edit')}
              </Button>
            </li>
          ))}
        </ul>
      </Card>
      <Sheet opened={edited !== undefined} onClose={sheet.close} title={edited ? nameOf(edited) : ''}>
        {edited ? <EditTemplate key={keyOf(edited)} item={edited} onDone={sheet.close} /> : null}
      </Sheet>
    </Page>
  );
}
