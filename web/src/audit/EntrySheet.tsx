// One entry of the log in full.
import { Link } from '@tanstack/react-router';
import { dateTime } from '../formats.ts';
import { Sheet } from '../ui/Sheet.tsx';
import { useWords } from '../words.ts';
import css from './audit.module.css';
import { Changes } from './Changes.tsx';
import { deviceWords } from './device.ts';
import { differences, type Entry, type NameOf, placeOf, sentenceOf } from './sentences.ts';

type EntrySheetProps = { entry: Entry | null; onClose: () => void; nameOf: NameOf };

export function EntrySheet({ entry, onClose, nameOf }: EntrySheetProps) {
  const { t } = useWords('audit');
  return (
    <Sheet opened={entry !== null} onClose={onClose} title={t('detail.title')} wide>
      {entry ? <Inside entry={entry} nameOf={nameOf} /> : null}
    </Sheet>
  );
}

function Inside({ entry, nameOf }: { entry: Entry; nameOf: NameOf }) {
  const { t } = useWords('audit');
  // A state that is only gone, such as a lock that was lifted, is no change of each of its fields.
  const gone = entry.after === null && entry.before !== null;
  const changes = gone ? differences(null, entry.before) : differences(entry.before, entry.after);
  const more = differences(null, entry.details);
  const place = placeOf(entry);
  const facts: [string, string | null, boolean?][] = [
    [t('detail.when'), dateTime(entry.at)],
    [t('detail.who'), entry.actor.name],
    [t('detail.address'), entry.address, true],
    [t('detail.device'), entry.device && deviceWords(entry.device)],
    [t('detail.action'), entry.action, true],
    [t('detail.correlation'), entry.correlationId, true],
    [t('detail.sealed'), t(entry.sealed ? 'detail.is-sealed' : 'detail.not-sealed')],
  ];
  return (
    <>
      <p className={css.sentence}>{sentenceOf(entry, t, nameOf)}</p>
      <dl className={css.facts}>
        {facts.map(([name, value, mono]) =>
          value ? (
            <div key={name}>
              <dt>{name}</dt>
              <dd className={mono ? css.mono : undefined}>{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
      {changes.length > 0 ? (
        <>
          <h3 className={css.section}>{t(gone ? 'detail.was' : 'detail.changes')}</h3>
          <Changes lines={changes} nameOf={nameOf} object={entry.object?.type} />
        </>
      ) : null}
      {more.length > 0 ? (
        <>
          <h3 className={css.section}>{t('detail.more')}</h3>
          <Changes lines={more} nameOf={nameOf} object={entry.object?.type} />
        </>
      ) : null}
      {place ? (
        <p className={css.section}>
          <Link className="lk-link" to={place.to} params={{ id: place.id }}>
            {t('detail.open-record')}
          </Link>
        </p>
      ) : null}
    </>
  );
}
