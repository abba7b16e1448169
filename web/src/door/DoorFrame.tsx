// The frame of the door's pages: the mark, the language, one calm column.
import { type ReactNode, useEffect, useRef, useSyncExternalStore } from 'react';
import { Mark } from '../ui/Mark.tsx';
import { PlainButton } from '../ui/plain.tsx';
import { isOutdated, loadAnew, onServerVersion } from '../version.ts';
import './flow.css';
import { chooseLanguage, languageNames, languages, useWords } from '../words.ts';

type DoorFrameProps = {
  title: string;
  lead?: ReactNode;
  wide?: 'no' | 'a-little' | 'yes';
  children: ReactNode;
  foot?: ReactNode;
};

export function DoorFrame({ title, lead, wide = 'no', children, foot }: DoorFrameProps) {
  const { t, language } = useWords('door');
  const outdated = useSyncExternalStore(onServerVersion, isOutdated);
  const heading = useRef<HTMLHeadingElement>(null);
  const first = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new title is a new step, which a reader must hear of
  useEffect(() => {
    document.title = `${title} · ${t('brand')}`;
    if (!first.current && !document.activeElement?.matches('input')) heading.current?.focus();
    first.current = false;
  }, [title]);
  return (
    <div className={`lk-door wide-${wide}`}>
      <aside className="lk-plate">
        <div className="lk-brand">
          <Mark size={40} />
          <span>{t('brand')}</span>
        </div>
        <div className="lk-promise">
          <p>{t('promise')}</p>
        </div>
        <div className="lk-plate-mark" aria-hidden="true">
          <Mark size={560} bare />
        </div>
      </aside>
      <div className="lk-room">
        <nav className="lk-languages" aria-label={t('language')}>
          {languages.map(one => (
            <button
              key={one}
              type="button"
              lang={one}
              aria-pressed={one === language}
              onClick={() => void chooseLanguage(one)}
            >
              {languageNames[one]}
            </button>
          ))}
        </nav>
        {outdated ? (
          <div className="lk-outdated" role="status">
            <span>{t('outdated')}</span>
            <PlainButton look="quiet" onClick={() => void loadAnew()}>
              {t('load-anew')}
            </PlainButton>
          </div>
        ) : null}
        <main className="lk-main">
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead ? <p className="lk-lead">{lead}</p> : null}
          {children}
        </main>
        <footer className="lk-foot">
          {foot}
          {['/support', '/check'].includes(location.pathname) ? null : (
            <a className="lk-link lk-tall" href="/support">
              {t('help')}
            </a>
          )}
        </footer>
      </div>
    </div>
  );
}
