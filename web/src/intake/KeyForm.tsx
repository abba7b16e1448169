// The fields of an intake key, the same for a new one and for changing one.
import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Calls } from '../calls.ts';
import { useOwners } from '../customers/use-owners.ts';
import { DraftNote } from '../ui/DraftNote.tsx';
import { SelectField, TextAreaField, TextField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { LoadingRecord, ProblemNote } from '../ui/states.tsx';
import { useDraft } from '../ui/use-draft.ts';
import { useWords } from '../words.ts';
import css from './intake.module.css';

export type KeyBody = Calls['POST /intake-keys']['body'];
export type KeyTexts = { name: string; source: string; filesAs: string; ownerId: string; origins: string };

type KeyFormProps = {
  draftKey: string;
  start: KeyTexts;
  /** The team that new customers wait with; kept while nobody is chosen. */
  team: { id: string; name: string } | null;
  act: string;
  busy: boolean;
  error: unknown;
  onSubmit: (body: KeyBody, drop: () => void) => void;
};

/** The sites of a text, one a line, as the server wants them; null where one is none. */
export function originsIn(text: string): string[] | null {
  const origins: string[] = [];
  for (const line of text.split(/[\s,，;；]+/).filter(Boolean)) {
    try {
      const { origin, protocol } = new URL(/^\w+:\/\//.test(line) ? line : `https://${line}`);
      if (!/^https?:$/.test(protocol)) return null;
      origins.push(origin);
    } catch {
      return null;
    }
  }
  return origins;
}

export function KeyForm({ draftKey, start, team, act, busy, error, onSubmit }: KeyFormProps) {
  const { t } = useWords('intake');
  const { owners } = useOwners();
  const draft = useDraft(draftKey, start);
  const [tried, setTried] = useState(false);
  if (!draft.ready) return <LoadingRecord />;
  const { name, source, filesAs, ownerId, origins } = draft.value;
  const sites = originsIn(origins);
  return (
    <Form
      className={css.form}
      onSubmit={() => {
        setTried(true);
        if (!name.trim() || !sites) return;
        const whose = ownerId ? { ownerId } : { ownerId: null, teamId: team?.id ?? null };
        onSubmit(
          {
            name: name.trim(),
            source: source.trim() || name.trim(),
            filesAs: filesAs === 'lead' ? 'lead' : 'customer',
            ...whose,
            origins: sites,
          },
          draft.saved,
        );
      }}
    >
      <TextField
        label={t('key.name')}
        description={t('key.name-hint')}
        required
        data-autofocus
        autoComplete="off"
        maxLength={100}
        value={name}
        onValue={value => draft.set({ name: value })}
        error={tried && !name.trim() ? t('key.name-missing') : null}
      />
      <TextField
        label={t('key.source')}
        description={t('key.source-hint')}
        autoComplete="off"
        maxLength={100}
        placeholder={name}
        value={source}
        onValue={value => draft.set({ source: value })}
      />
      <SelectField
        label={t('key.files-as')}
        description={t(filesAs === 'lead' ? 'key.lead-hint' : 'key.customer-hint')}
        value={filesAs}
        onValue={value => draft.set({ filesAs: value })}
        data={[
          { value: 'customer', label: t('key.customer') },
          { value: 'lead', label: t('key.lead') },
        ]}
      />
      <SelectField
        label={t('key.owner')}
        description={t(ownerId ? 'key.owner-hint' : team ? 'key.team-hint' : 'key.nobody-hint')}
        value={ownerId}
        onValue={value => draft.set({ ownerId: value })}
        data={[
          { value: '', label: team ? t('keys.team', { name: team.name }) : t('keys.nobody') },
          ...owners.map(owner => ({ value: owner.id, label: owner.name })),
        ]}
      />
      <TextAreaField
        label={t('key.origins')}
        description={t('key.origins-hint')}
        placeholder="https://www.example.com"
        minRows={2}
        autoCapitalize="none"
        spellCheck={false}
        value={origins}
        onValue={value => draft.set({ origins: value })}
        error={tried && !sites ? t('key.origins-wrong') : null}
      />
      <ProblemNote error={error} />
      <Button type="submit" loading={busy} fullWidth>
        {act}
      </Button>
      <DraftNote draft={draft} />
    </Form>
  );
}
