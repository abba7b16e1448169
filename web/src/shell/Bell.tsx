// The bell: leads to the notice centre and tells how much waits there.
import { IconBell } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useUnread } from '../notices/use-inbox.ts';
import { useWords } from '../words.ts';
import css from './shell.module.css';

const most = 99;

/** How many notices are unread, as a mark; nothing for none. */
export function UnreadMark() {
  const unread = useUnread();
  if (unread === 0) return null;
  return (
    <span className={css.unread} aria-hidden>
      {unread > most ? `${most}+` : unread}
    </span>
  );
}

export function Bell() {
  const { t } = useWords('shell');
  const unread = useUnread();
  const label = unread === 0 ? t('bell') : t('bell-unread', { count: unread });
  return (
    <Link to="/inbox" className={css.bell ?? ''} aria-label={label}>
      <IconBell size={22} stroke={1.75} aria-hidden />
      <UnreadMark />
    </Link>
  );
}
