// What changed about one's own permissions: said once, above the page, until it is taken as read.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { api } from '../api.ts';
import { dateTime } from '../formats.ts';
import { sessionQuery } from '../session.ts';
import { Note, PlainButton } from '../ui/plain.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './accounts.module.css';
import { capabilityWords } from './permission.ts';

const shown = 6;

export default function Notices() {
  const { t, language } = useWords('accounts');
  const gap = language === 'zh-CN' ? '' : ' ';
  const queries = useQueryClient();
  const notices = useQuery({
    queryKey: ['notices'],
    queryFn: ({ signal }) => api('GET /notices', { signal }),
    refetchInterval: 60_000,
  });
  const read = useWrite('DELETE /notices/{id}', { renews: [['notices']] });
  const newest = notices.data?.items[0]?.id;
  // What may be done now has changed: places and buttons follow without signing in again.
  useEffect(() => {
    if (newest) void queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
  }, [newest, queries]);
  const list = (all: string[]) => {
    const words = all.slice(0, shown).map(one => capabilityWords(t, one));
    return words.join(t('glue')) + (all.length > shown ? t('more', { count: all.length - shown }) : '');
  };
  return notices.data?.items.map(notice => (
    <div key={notice.id} className={css.notice}>
      <Note tone={notice.lost.length > 0 || notice.kind === 'refused' ? 'warn' : 'good'}>
        <p>
          <strong>{notice.text}</strong>
        </p>
        {notice.gained.length > 0 && notice.kind === 'access-changed' ? (
          <p>{t('notice.gained', { what: list(notice.gained) })}</p>
        ) : null}
        {notice.lost.length > 0 && notice.kind === 'access-changed' ? (
          <p>{t('notice.lost', { what: list(notice.lost) })}</p>
        ) : null}
        <p className="lk-hint">
          {t('notice.by', { who: notice.by ?? '', when: dateTime(notice.at) })}
          {notice.reason ? `${gap}${t('requests.why', { why: notice.reason })}` : ''}
        </p>
        {notice.lock ? <p>{notice.lock.mind}</p> : null}
        <div className={css.buttons}>
          <PlainButton
            look="plain"
            busy={read.isPending}
            onClick={() => read.mutate({ params: { id: notice.id } })}
          >
            {t('notice.read')}
          </PlainButton>
          {notice.lock ? (
            <Link className="lk-link lk-tall" to="/requests">
              {t('notice.ask')}
            </Link>
          ) : null}
        </div>
      </Note>
    </div>
  ));
}
