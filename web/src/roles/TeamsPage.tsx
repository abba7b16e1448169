// Teams: who belongs together and who leads them; people are moved from here or from their own page.
import { Button } from '@mantine/core';
import { IconPencil, IconPlus, IconUsersGroup } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import { Problem } from '../problem.ts';
import { useMe } from '../session.ts';
import { SelectField, TextField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { Empty, Failed, LoadingRows, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './roles.module.css';
import { ZoneCard } from './ZoneCard.tsx';

type Team = Calls['GET /teams']['reply']['items'][number];
const isTaken = (error: unknown) => error instanceof Problem && error.code === 'invalid';
const renews = [['teams'], ['people'], ['audit']];

export default function TeamsPage() {
  const { t } = useWords('roles');
  const { may } = useMe();
  const [open, setOpen] = useState<Team | 'new' | null>(null);
  const teams = useQuery({ queryKey: ['teams'], queryFn: ({ signal }) => api('GET /teams', { signal }) });
  const editable = may('update:person');
  const items = teams.data?.items ?? [];
  const chosen = open === 'new' ? null : (items.find(team => team.id === open?.id) ?? null);
  return (
    <Page
      title={t('team.title')}
      lead={t('team.lead')}
      back={{ to: '/people', label: t('back') }}
      width="reading"
      actions={
        editable ? (
          <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setOpen('new')}>
            {t('team.add')}
          </Button>
        ) : null
      }
    >
      <Card flush>
        {teams.isPending ? <LoadingRows rows={3} /> : null}
        {teams.isError ? <Failed error={teams.error} onRetry={() => void teams.refetch()} /> : null}
        {teams.data && items.length === 0 ? (
          <Empty icon={<IconUsersGroup aria-hidden />} title={t('team.empty')} />
        ) : null}
        <ul className={css.teams}>
          {items.map(team => (
            <li key={team.id}>
              <div>
                <strong>{team.name}</strong>
                <p className="lk-hint">
                  {t('team.people', { count: team.people })} ·{' '}
                  {team.manager ? `${t('team.manager')} ${team.manager.name}` : t('team.no-manager')}
                </p>
              </div>
              {editable ? (
                <Button
                  variant="default"
                  leftSection={<IconPencil size={18} aria-hidden />}
                  aria-label={`${t('team.edit')} ${team.name}`}
                  onClick={() => setOpen(team)}
                >
                  {t('team.edit')}
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      </Card>
      {may('configure:policy') ? <ZoneCard /> : null}
      <Sheet
        opened={open !== null}
        onClose={() => setOpen(null)}
        title={chosen ? t('team.edit') : t('team.add')}
      >
        {open === 'new' ? <NewTeam onDone={() => setOpen(null)} /> : null}
        {chosen ? <EditTeam key={chosen.id} team={chosen} onDone={() => setOpen(null)} /> : null}
      </Sheet>
    </Page>
  );
}

function NewTeam({ onDone }: { onDone: () => void }) {
  const { t } = useWords('roles');
  const [name, setName] = useState('');
  const [tried, setTried] = useState(false);
  const save = useWrite('POST /teams', {
    renews,
    onDone: () => {
      toast(t('team.saved'));
      onDone();
    },
  });
  function submit() {
    setTried(true);
    if (name.trim() && !save.isPending) save.mutate({ body: { name: name.trim() } });
  }
  const taken = isTaken(save.error);
  return (
    <Form className={css.form ?? ''} onSubmit={submit}>
      <TextField
        label={t('team.name')}
        required
        data-autofocus
        autoComplete="off"
        maxLength={60}
        value={name}
        onValue={setName}
        error={tried && !name.trim() ? t('team.name-missing') : taken ? t('team.name-taken') : null}
      />
      {taken ? null : <ProblemNote error={save.error} />}
      <Button type="submit" loading={save.isPending} fullWidth>
        {t('team.save')}
      </Button>
    </Form>
  );
}

function EditTeam({ team, onDone }: { team: Team; onDone: () => void }) {
  const { t } = useWords('roles');
  const { user } = useMe();
  const [name, setName] = useState(team.name);
  const [managerId, setManagerId] = useState(team.manager?.id ?? '');
  const [tried, setTried] = useState(false);
  const people = useQuery({
    queryKey: ['people', 'of-teams'],
    queryFn: ({ signal }) => api('GET /people', { query: { limit: 200, sort: 'name' }, signal }),
  });
  const all = people.data?.items ?? [];
  const members = all.filter(one => one.teamId === team.id);
  const others = all.filter(one => one.teamId !== team.id && one.id !== user.id);
  const save = useWrite('PATCH /teams/{id}', {
    renews,
    onDone: () => {
      toast(t('team.saved'));
      onDone();
    },
  });
  const move = useWrite('PATCH /people/{id}', {
    renews,
    onDone: ({ body }) => toast(t('team.moved', { name: body.name })),
  });
  const remove = useWrite('DELETE /teams/{id}', {
    renews,
    onDone: () => {
      toast(t('team.removed'));
      onDone();
    },
  });
  const params = { id: team.id };
  function submit() {
    setTried(true);
    if (name.trim() && !save.isPending)
      save.mutate({ params, body: { name: name.trim(), managerId: managerId || null } });
  }
  const taken = isTaken(save.error);
  return (
    <Form className={css.form ?? ''} onSubmit={submit}>
      <TextField
        label={t('team.name')}
        required
        autoComplete="off"
        maxLength={60}
        value={name}
        onValue={setName}
        error={tried && !name.trim() ? t('team.name-missing') : taken ? t('team.name-taken') : null}
      />
      <SelectField
        label={t('team.manager')}
        description={t('team.manager-hint')}
        value={managerId}
        onValue={setManagerId}
        data={[
          { value: '', label: t('team.no-manager') },
          ...members.filter(one => one.role !== 'auditor').map(one => ({ value: one.id, label: one.name })),
        ]}
      />
      <div>
        <strong>{t('team.members')}</strong>
        <p className="lk-hint">
          {members.length > 0 ? members.map(one => one.name).join(t('list-join')) : t('nobody')}
        </p>
      </div>
      <SelectField
        label={t('team.move')}
        value=""
        disabled={move.isPending}
        onValue={id => {
          if (id) move.mutate({ params: { id }, body: { teamId: team.id, reason: t('team.move-reason') } });
        }}
        data={[
          { value: '', label: t('team.move-pick') },
          ...others.map(one => ({ value: one.id, label: one.name })),
        ]}
      />
      {taken ? null : <ProblemNote error={save.error ?? move.error ?? remove.error} />}
      <Button type="submit" loading={save.isPending} fullWidth>
        {t('team.save')}
      </Button>
      {team.people === 0 ? (
        <Button
          variant="subtle"
          color="red"
          loading={remove.isPending}
          onClick={() => remove.mutate({ params })}
          fullWidth
        >
          {t('team.remove')}
        </Button>
      ) : null}
    </Form>
  );
}
