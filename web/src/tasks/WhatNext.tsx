// “What next?”: asked once after a follow-up was logged or a deal moved without a next step; one tap plans it.
import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { morningIn } from '../activities/form.ts';
import { api } from '../api.ts';
import { moment } from '../customers/form.ts';
import { day } from '../formats.ts';
import { useMe } from '../session.ts';
import { ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import { dayIn, daysToMonday, zone } from './form.ts';
import { NewTask } from './NewTask.tsx';
import { type Asked, settleNext } from './next-step.ts';
import css from './tasks.module.css';
import { renews } from './use-task.ts';

/** Whether something is planned with the record already: then nothing is asked. */
function usePlanned({ type, id }: Asked): boolean | undefined {
  const tasks = useQuery({
    queryKey: ['tasks', 'about', id, 1],
    queryFn: ({ signal }) => api('GET /tasks', { query: { about: id, limit: 1 }, signal }),
    staleTime: 0,
  });
  const follow = useQuery({
    queryKey: ['next', type, id],
    queryFn: async ({ signal }) => {
      const params = { id };
      if (type === 'deal') return (await api('GET /deals/{id}', { params, signal })).nextStep;
      const call = type === 'lead' ? 'GET /leads/{id}' : 'GET /customers/{id}';
      return (await api(call, { params, signal })).nextFollowUpAt;
    },
    staleTime: 0,
    gcTime: 0,
  });
  if (tasks.isError || follow.isError) return true;
  if (tasks.data === undefined || follow.isPending) return undefined;
  return tasks.data.items.length > 0 || Boolean(follow.data);
}

export default function WhatNext({ asked }: { asked: Asked }) {
  const { t } = useWords('tasks');
  const { may } = useMe();
  const planned = usePlanned(asked);
  const [picking, setPicking] = useState(false);
  const said = (at: string) => {
    toast(t('next.said', { when: day(at) }));
    settleNext();
  };
  const stale = [...renews, ['customers'], ['leads'], ['deals']];
  const done = ({ body }: { body: { nextFollowUpAt: string | null } }) => said(body.nextFollowUpAt ?? '');
  const customer = useWrite('PATCH /customers/{id}', { renews: stale, onDone: done });
  const lead = useWrite('PATCH /leads/{id}', { renews: stale, onDone: done });
  const task = useWrite('POST /tasks', {
    renews: stale,
    onDone: ({ body }) => said(`${body.dueOn}T12:00:00`),
  });
  const isDeal = asked.type === 'deal';
  const mayPlan = isDeal ? may('create:task') : may(`update:${asked.type}`);
  if (!mayPlan || planned !== false) return null;

  function plan(days: number) {
    if (isDeal) {
      const about = { type: asked.type, id: asked.id };
      const title = t('next.deal-task', { name: asked.name });
      return task.mutate({ body: { title, dueOn: dayIn(days), zone: zone(), about } });
    }
    const write = asked.type === 'lead' ? lead : customer;
    write.mutate({ params: { id: asked.id }, body: { nextFollowUpAt: moment(morningIn(days)) } });
  }
  const choices = [
    { key: 'tomorrow', days: 1 },
    { key: 'three', days: 3 },
    { key: 'week', days: daysToMonday() },
  ];
  return (
    <>
      <section className={css.next} aria-label={t('next.title', { name: asked.name })}>
        <p>{t('next.title', { name: asked.name })}</p>
        <div className={css.choices}>
          {choices.map(({ key, days }) => (
            <button key={key} type="button" className={css.choice} onClick={() => plan(days)}>
              {t(`in.${key}`)}
            </button>
          ))}
          {may('create:task') ? (
            <button
              type="button"
              className={css.choice}
              aria-haspopup="dialog"
              onClick={() => setPicking(true)}
            >
              {t('next.pick')}
            </button>
          ) : null}
        </div>
        <ActionIcon className={css.away ?? ''} aria-label={t('next.away')} onClick={settleNext}>
          <IconX size={18} aria-hidden />
        </ActionIcon>
        <ProblemNote error={customer.error ?? lead.error ?? task.error} />
      </section>
      <NewTask
        opened={picking}
        onClose={() => {
          setPicking(false);
          settleNext();
        }}
        about={asked}
      />
    </>
  );
}
