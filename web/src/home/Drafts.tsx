// What was typed and never saved, offered again: the way back to each draft, or to be rid of it.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ago } from '../formats.ts';
import { useMe } from '../session.ts';
import { Card } from '../ui/Page.tsx';
import { PlainButton } from '../ui/plain.tsx';
import { useWords } from '../words.ts';
import css from './home.module.css';

export function Drafts() {
  const { t } = useWords('home');
  const { user } = useMe();
  const queries = useQueryClient();
  const queryKey = ['drafts', user.id];
  const drafts = useQuery({
    queryKey,
    queryFn: async () => (await import('../ui/drafts.ts')).listDrafts(user.id),
    networkMode: 'always',
    staleTime: 0,
  });

  async function drop(key: string) {
    await (await import('../ui/drafts.ts')).dropDraft(user.id, key);
    await queries.invalidateQueries({ queryKey });
  }

  if (!drafts.data?.length) return null;
  return (
    <Card title={t('drafts.title')} flush>
      <ul className={css.drafts}>
        {drafts.data.map(draft => (
          <li key={draft.id}>
            <a className="lk-link" href={draft.where}>
              {draft.title}
            </a>
            <span className="lk-hint">{ago(draft.at)}</span>
            <PlainButton look="quiet" onClick={() => void drop(draft.key)}>
              {t('drafts.discard')}
            </PlainButton>
          </li>
        ))}
      </ul>
    </Card>
  );
}
