// The frame of every page: title, way back, actions; names the browser tab and receives focus on arrival.
import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { useWords } from '../words.ts';
import css from './page.module.css';
import { BackIcon } from './plain-icons.tsx';

type PageProps = {
  title: string;
  /** A line under the title. */
  lead?: ReactNode;
  back?: { to: string; label: string };
  /** Buttons beside the title; the main one last. */
  actions?: ReactNode;
  /** Reading pages are narrow; lists and tables are not. */
  width?: 'reading' | 'wide';
  children: ReactNode;
};

let arrivals = 0;

export function Page({ title, lead, back, actions, width = 'wide', children }: PageProps) {
  const { t } = useWords('shell');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${t('brand')}`;
  }, [title, t]);
  useEffect(() => {
    // The first page keeps the browser's own focus; later ones tell a screen reader where it has come.
    if (arrivals > 0) heading.current?.focus({ preventScroll: true });
    arrivals += 1;
  }, []);
  return (
    <div className={`${css.page} ${width === 'reading' ? css.reading : ''}`}>
      <header className={css.head}>
        <div className={css.titles}>
          {back ? (
            <Link to={back.to} className={css.back ?? ''}>
              <BackIcon size={18} />
              {back.label}
            </Link>
          ) : null}
          <h1 ref={heading} tabIndex={-1} className={css.title}>
            {title}
          </h1>
          {lead ? <div className={css.lead}>{lead}</div> : null}
        </div>
        {actions ? <div className={css.actions}>{actions}</div> : null}
      </header>
      {children}
    </div>
  );
}

type CardProps = { title?: ReactNode; aside?: ReactNode; children: ReactNode; flush?: boolean; id?: string };

/** A surface with an optional title; `flush` lets a list reach its edges. */
export function Card({ title, aside, children, flush = false, id }: CardProps) {
  return (
    <section className={css.card} id={id}>
      {title ? (
        <header className={css['card-head']}>
          <h2>{title}</h2>
          {aside}
        </header>
      ) : null}
      <div className={flush ? '' : css['card-body']}>{children}</div>
    </section>
  );
}
