// Roles: one at a time, told in sentences and as permissions; changed with a preview of whom that affects.
import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots, IconPencil, IconPlus, IconRestore, IconTrash, IconUsersGroup } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../api.ts';
import { dateTime } from '../formats.ts';
import { useMe } from '../session.ts';
import { SelectField } from '../ui/fields.tsx';
import { Page } from '../ui/Page.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { Failed, LoadingRecord } from '../ui/states.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useWords } from '../words.ts';
import { NewRole } from './NewRole.tsx';
import { PolicyTable } from './PolicyTable.tsx';
import { nameOf, type Policy, type RoleItem } from './policy.ts';
import { RemoveRole } from './RemoveRole.tsx';
import css from './roles.module.css';
import { SaveRole } from './SaveRole.tsx';

const route = getRouteApi('/roles');

export default function RolesPage() {
  const { t } = useWords('roles');
  const { may } = useMe();
  const { role: key = 'rep' } = route.useSearch();
  const navigate = useNavigate();
  const [adding, setAdding] = useState(false);
  const query = useQuery({
    queryKey: ['roles'],
    queryFn: ({ signal }) => api('GET /roles', { signal }),
  });
  const roles = query.data?.items ?? [];
  const role = roles.find(one => one.key === key) ?? roles[0];
  const open = (next: string) => void navigate({ to: '/roles', search: { role: next }, replace: true });
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      back={{ to: '/people', label: t('back') }}
      actions={
        <>
          <Button
            variant="default"
            component={Link}
            to="/teams"
            leftSection={<IconUsersGroup size={18} aria-hidden />}
          >
            {t('teams')}
          </Button>
          {may('configure:policy') ? (
            <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setAdding(true)}>
              {t('new')}
            </Button>
          ) : null}
        </>
      }
    >
      {query.isPending ? <LoadingRecord /> : null}
      {query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data && role ? (
        <>
          <SelectField
            className={css.pick ?? ''}
            label={t('pick')}
            value={role.key}
            onValue={open}
            data={roles.map(one => ({
              value: one.key,
              label: `${nameOf(one, t)} · ${one.people > 0 ? t('people', { count: one.people }) : t('nobody')}`,
            }))}
          />
          <Role
            key={`${role.key} ${role.version}`}
            role={role}
            governable={query.data.governable}
            onGone={() => open('rep')}
          />
        </>
      ) : null}
      <Sheet opened={adding} onClose={() => setAdding(false)} title={t('new')}>
        {adding ? (
          <NewRole
            roles={roles}
            onAdded={added => {
              setAdding(false);
              open(added);
            }}
          />
        ) : null}
      </Sheet>
    </Page>
  );
}

type RoleProps = { role: RoleItem; governable: Record<string, string[]>; onGone: () => void };
type Editing = { policy: Policy; editing: boolean };

function Role({ role, governable, onGone }: RoleProps) {
  const { t } = useWords('roles');
  const { may } = useMe();
  const stored: Policy = { rules: role.rules, fields: role.fields };
  const draft = useDraft<Editing>(`role:${role.key}:${role.version}`, { policy: stored, editing: false });
  const [saving, setSaving] = useState(false);
  const [removing, setRemoving] = useState(false);
  if (!draft.ready) return <LoadingRecord />;
  const { policy, editing } = draft.value;
  const changeable = may('configure:policy');
  const removable = role.name !== null || role.version > 0;
  return (
    <>
      <div className={css.facts}>
        <span>{t(`about.${role.base}`)}</span>
        <span className="lk-hint">
          {[
            ...(role.name === null ? [] : [t('based', { base: t(`role.${role.base}`) })]),
            role.updatedAt ? t('changed', { when: dateTime(role.updatedAt) }) : t('usual'),
          ].join(' · ')}
        </span>
        {changeable && !editing ? (
          <span className={css.head}>
            <Button
              leftSection={<IconPencil size={18} aria-hidden />}
              onClick={() => draft.set({ editing: true })}
            >
              {t('edit')}
            </Button>
            {removable ? (
              <Menu position="bottom-end">
                <Menu.Target>
                  <ActionIcon variant="default" size="lg" aria-label={t('more')}>
                    <IconDots size={18} aria-hidden />
                  </ActionIcon>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item
                    leftSection={role.name === null ? <IconRestore size={18} /> : <IconTrash size={18} />}
                    onClick={() => setRemoving(true)}
                  >
                    {role.name === null ? t('reset') : t('remove')}
                  </Menu.Item>
                </Menu.Dropdown>
              </Menu>
            ) : null}
          </span>
        ) : null}
      </div>
      <PolicyTable
        role={role}
        policy={editing ? policy : stored}
        governable={governable}
        onChange={changeable && editing ? next => draft.set({ policy: next }) : null}
      />
      {editing ? (
        <div className={css.bar}>
          <Button variant="default" onClick={() => draft.saved()}>
            {t('stop')}
          </Button>
          <Button onClick={() => setSaving(true)}>{t('review')}</Button>
        </div>
      ) : null}
      <Sheet opened={saving} onClose={() => setSaving(false)} title={t('save.title')}>
        {saving ? (
          <SaveRole
            role={role}
            policy={policy}
            onDone={() => {
              draft.saved();
              setSaving(false);
            }}
          />
        ) : null}
      </Sheet>
      <Sheet
        opened={removing}
        onClose={() => setRemoving(false)}
        title={t(role.name === null ? 'removal.reset-title' : 'removal.title', { name: nameOf(role, t) })}
      >
        {removing ? (
          <RemoveRole
            role={role}
            onDone={() => {
              setRemoving(false);
              if (role.name !== null) onGone();
            }}
          />
        ) : null}
      </Sheet>
    </>
  );
}
