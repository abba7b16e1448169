// Who is signed in, and the button of what he may do about it.
import { useMe } from '../session.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { later } from '../ui/later.ts';
import { LaterMenu } from '../ui/menus.tsx';
import { useWords } from '../words.ts';
import css from './shell.module.css';

const choices = later(() => import('./AccountChoices.tsx'));

export function AccountMenu({ compact = false }: { compact?: boolean }) {
  const { t } = useWords('shell');
  const { user } = useMe();
  return (
    <LaterMenu
      of={choices}
      given={{ compact }}
      target={
        <button
          type="button"
          className={compact ? css['avatar-button'] : css.who}
          aria-label={compact ? t('menu.of', { name: user.name }) : undefined}
        >
          <Avatar name={user.name} size={compact ? 34 : 36} />
          {compact ? null : (
            <span className={css['who-words']}>
              <strong>{user.name}</strong>
              <span>{t(`role.${user.role}`)}</span>
            </span>
          )}
        </button>
      }
    />
  );
}
