// A deal on the board: what, for whom, how much, how long it has been here, what is next; and the ways to move it.
import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowRight, IconClockExclamation, IconDots } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { KeyboardEvent } from 'react';
import { useWords } from '../words.ts';
import { daysSince, isAgeing, moneyOf } from './board.ts';
import css from './deals.module.css';
import type { Deal, Stage } from './form.ts';
import { stageName } from './stage-name.ts';

type DealCardProps = {
  deal: Deal;
  stages: Stage[];
  movable: boolean;
  lifted: boolean;
  onMove: (stage: Stage) => void;
  onKey: (event: KeyboardEvent) => void;
  onDragStart: () => void;
  onDragEnd: () => void;
};

export function DealCard(props: DealCardProps) {
  const { deal, stages, movable, lifted, onMove, onKey, onDragStart, onDragEnd } = props;
  const { t } = useWords('deals');
  return (
    <li
      className={css.card}
      draggable={movable}
      data-lifted={lifted || undefined}
      onDragStart={event => {
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData('text/plain', deal.title);
        onDragStart();
      }}
      onDragEnd={onDragEnd}
    >
      <div className={css['card-head']}>
        <Link
          to="/deals/$id"
          params={{ id: deal.id }}
          className={css.name ?? ''}
          draggable={false}
          {...(movable ? { onKeyDown: onKey, 'aria-keyshortcuts': 'Space' } : {})}
        >
          {deal.title}
        </Link>
        {movable ? (
          <Menu position="bottom-end" width={200}>
            <Menu.Target>
              <ActionIcon size="sm" variant="subtle" aria-label={t('move.of', { title: deal.title })}>
                <IconDots size={18} aria-hidden />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Label>{t('move.to')}</Menu.Label>
              {stages
                .filter(stage => stage.id !== deal.stage.id)
                .map(stage => (
                  <Menu.Item
                    key={stage.id}
                    leftSection={<IconArrowRight size={16} aria-hidden />}
                    onClick={() => onMove(stage)}
                  >
                    {stageName(stage.name)}
                  </Menu.Item>
                ))}
            </Menu.Dropdown>
          </Menu>
        ) : null}
      </div>
      <span className={css.quiet}>{deal.customer.name}</span>
      <span className={css['card-line']}>
        <strong className={css.amount}>
          {deal.amount ? moneyOf(deal.amount, deal.currency) : deal.amount === null ? '—' : t('amount.none')}
        </strong>
        <DaysMark deal={deal} />
      </span>
      {deal.nextStep ? <span className={css.next}>{deal.nextStep}</span> : null}
    </li>
  );
}

/** How long a deal has been at its stage; one that is ageing says so. */
export function DaysMark({ deal }: { deal: Deal }) {
  const { t } = useWords('deals');
  const ageing = isAgeing(deal);
  const days = daysSince(deal.stageSince);
  if (deal.stage.kind !== 'open') return null;
  return (
    <span className={css.days} data-ageing={ageing || undefined}>
      {ageing ? <IconClockExclamation size={15} aria-hidden /> : null}
      {days === 0 ? t('days.today') : t(ageing ? 'days.ageing' : 'days.here', { count: days })}
    </span>
  );
}
