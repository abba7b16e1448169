// A follow-up as it is read: who, how, when, the words, and what comes next.
import { ActionIcon } from '@mantine/core';
import { IconArrowRight, IconPencil } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Due } from '../customers/Due.tsx';
import { ago, dateTime, day } from '../formats.ts';
import { useWords } from '../words.ts';
import css from './activities.module.css';
import type { Activity } from './form.ts';
import { kindIcons } from './kind-icons.tsx';

type ActivityItemProps = {
  activity: Activity;
  /** Names the customer with a link; left out on the customer's own page. */
  withCustomer?: boolean;
  /** The customer's next follow-up as it stands; only that one can be late, older plans are history. */
  standing?: string | null;
  onEdit?: (activity: Activity) => void;
};

export function ActivityItem({ activity, withCustomer = false, standing = null, onEdit }: ActivityItemProps) {
  const { t } = useWords('activities');
  const Icon = kindIcons[activity.kind];
  return (
    <article className={css.item}>
      <span className={css.badge} title={t(`kind.${activity.kind}`)}>
        <Icon size={18} stroke={1.75} aria-hidden />
      </span>
      <div className={css.words}>
        <header className={css.meta}>
          {withCustomer && activity.customer ? (
            <Link to="/customers/$id" params={{ id: activity.customer.id }} className={css.customer ?? ''}>
              {activity.customer.name}
            </Link>
          ) : withCustomer && activity.lead ? (
            <Link to="/leads/$id" params={{ id: activity.lead.id }} className={css.customer ?? ''}>
              {activity.lead.name}
            </Link>
          ) : (
            <strong>{t(`kind.${activity.kind}`)}</strong>
          )}
          <span className={css.quiet}>
            {[activity.author?.name, activity.contact?.name && t('with', { name: activity.contact.name })]
              .filter(Boolean)
              .join(' · ')}
            {' · '}
            <time dateTime={activity.at} title={dateTime(activity.at)}>
              {ago(activity.at)}
            </time>
          </span>
        </header>
        <p className={css.body}>{activity.body}</p>
        {activity.nextStep || activity.nextAt ? (
          <p className={css.step}>
            <IconArrowRight size={16} aria-hidden />
            <span>{activity.nextStep ?? t('follow-up')}</span>
            {activity.nextAt === null ? null : activity.nextAt === standing ? (
              <Due at={activity.nextAt} />
            ) : (
              <time dateTime={activity.nextAt}>{day(activity.nextAt)}</time>
            )}
          </p>
        ) : null}
      </div>
      {onEdit ? (
        <ActionIcon aria-label={t('edit')} aria-haspopup="dialog" onClick={() => onEdit(activity)}>
          <IconPencil size={18} stroke={1.75} aria-hidden />
        </ActionIcon>
      ) : null}
    </article>
  );
}
