// A follow-up that is due: call, log, or put off at one tap.
import { ActionIcon, Menu } from '@mantine/core';
import { IconCalendarTime, IconDots, IconPencilPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Suspense, useState } from 'react';
import { morningIn } from '../activities/form.ts';
import type { Calls } from '../calls.ts';
import { Due } from '../customers/Due.tsx';
import { moment } from '../customers/form.ts';
import { CallButton } from '../customers/reach.tsx';
import { ago, day } from '../formats.ts';
import { useMe } from '../session.ts';
import { daysToMonday } from '../tasks/form.ts';
import { fetched } from '../ui/fetched.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { SwipeRow } from '../ui/swipe.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './home.module.css';

const Composer = fetched(async () => ({ default: (await import('../activities/Composer.tsx')).Composer }));

type FollowUp = Calls['GET /today']['reply']['followUps']['items'][number];

const renews = [['today'], ['customers'], ['leads']];

/** Sets the next follow-up of a customer or a lead, with a way back. */
function usePutOff(one: FollowUp) {
  const { t } = useWords('home');
  const isLead = one.type === 'lead';
  const params = { id: one.id };
  const undo = {
    customer: useWrite('PATCH /customers/{id}', { renews }),
    lead: useWrite('PATCH /leads/{id}', { renews }),
  };
  const back = () => undo[one.type].mutate({ params, body: { nextFollowUpAt: one.nextFollowUpAt } });
  const onDone = ({ body }: { body: { nextFollowUpAt: string | null } }) =>
    toast(body.nextFollowUpAt ? t('put-off.said', { when: day(body.nextFollowUpAt) }) : t('put-off.none'), {
      label: t('put-off.undo'),
      act: back,
    });
  const customer = useWrite('PATCH /customers/{id}', { renews, onDone });
  const lead = useWrite('PATCH /leads/{id}', { renews, onDone });
  const write = isLead ? lead : customer;
  return {
    error: write.error,
    to: (days: number | null) =>
      write.mutate({ params, body: { nextFollowUpAt: days === null ? null : moment(morningIn(days)) } }),
  };
}

export function FollowUpRow({ one }: { one: FollowUp }) {
  const { t } = useWords('home');
  const { may } = useMe();
  const [logging, setLogging] = useState(false);
  const putOff = usePutOff(one);
  const isLead = one.type === 'lead';
  const writes = may(`update:${one.type}`);
  const logs = may('create:activity');
  return (
    <SwipeRow
      right={
        logs
          ? { label: t('log'), icon: <IconPencilPlus aria-hidden />, act: () => setLogging(true) }
          : undefined
      }
      left={
        writes
          ? { label: t('put-off.tomorrow'), icon: <IconCalendarTime aria-hidden />, act: () => putOff.to(1) }
          : undefined
      }
    >
      <div className={css.row}>
        <div className={css.words}>
          {isLead ? (
            <Link to="/leads/$id" params={{ id: one.id }} className={css.name ?? ''}>
              {one.name}
            </Link>
          ) : (
            <Link to="/customers/$id" params={{ id: one.id }} className={css.name ?? ''}>
              {one.name}
            </Link>
          )}
          <span className={css.meta}>
            <Due at={one.nextFollowUpAt} />
            {isLead ? <span>{[t('lead'), one.company].filter(Boolean).join(' · ')}</span> : null}
            {one.lastActivityAt ? <span>{t('last', { when: ago(one.lastActivityAt) })}</span> : null}
          </span>
          <ProblemNote error={putOff.error} />
        </div>
        <CallButton customer={{ ...one, isLead }} />
        {logs || writes ? (
          <Menu position="bottom-end" width={220}>
            <Menu.Target>
              <ActionIcon aria-label={t('menu', { name: one.name })}>
                <IconDots size={20} aria-hidden />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {logs ? <Menu.Item onClick={() => setLogging(true)}>{t('log')}</Menu.Item> : null}
              {writes ? (
                <>
                  <Menu.Label>{t('put-off.to')}</Menu.Label>
                  <Menu.Item onClick={() => putOff.to(1)}>{t('put-off.tomorrow')}</Menu.Item>
                  <Menu.Item onClick={() => putOff.to(3)}>{t('put-off.three')}</Menu.Item>
                  <Menu.Item onClick={() => putOff.to(daysToMonday())}>{t('put-off.week')}</Menu.Item>
                  <Menu.Item onClick={() => putOff.to(null)}>{t('put-off.never')}</Menu.Item>
                </>
              ) : null}
            </Menu.Dropdown>
          </Menu>
        ) : null}
      </div>
      <Sheet opened={logging} onClose={() => setLogging(false)} title={one.name}>
        <Suspense fallback={null}>
          <Composer
            about={isLead ? { leadId: one.id } : { customerId: one.id }}
            onSaved={() => setLogging(false)}
            inSheet
          />
        </Suspense>
      </Sheet>
    </SwipeRow>
  );
}
