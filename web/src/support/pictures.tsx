// A screenshot for support: looked at before it is sent, sent as it is, handed back for saving only.
import { type ChangeEvent, useEffect, useId, useState } from 'react';
import { readProblem } from '../problem.ts';
import { language, useWords } from '../words.ts';

const types = ['image/png', 'image/jpeg', 'image/webp'];
const mostBytes = 5 * 1_048_576;

type Props = { picture: File | null; onPicture: (picture: File | null) => void };

/** Takes a picture and shows it; one that will not be taken is said so before anything is sent. */
export function PictureField({ picture, onPicture }: Props) {
  const { t } = useWords('support');
  const id = useId();
  const [unfit, setUnfit] = useState(false);
  const [shown, setShown] = useState<string | null>(null);
  useEffect(() => {
    if (!picture) return setShown(null);
    const url = URL.createObjectURL(picture);
    setShown(url);
    return () => URL.revokeObjectURL(url);
  }, [picture]);

  function choose(event: ChangeEvent<HTMLInputElement>) {
    const file = event.currentTarget.files?.[0] ?? null;
    const fits = !file || (types.includes(file.type) && file.size <= mostBytes);
    setUnfit(!fits);
    onPicture(fits ? file : null);
  }

  return (
    <div className="lk-field">
      <label htmlFor={id}>{t('picture.label')}</label>
      <input
        id={id}
        className="lk-input"
        type="file"
        accept={types.join(',')}
        aria-describedby={`${id}-hint`}
        onChange={choose}
      />
      {unfit ? (
        <p className="lk-wrong" role="alert">
          {t('picture.unfit')}
        </p>
      ) : null}
      {shown ? <img className="sup-picture" src={shown} alt={t('picture.shown')} /> : null}
      <p className="lk-hint" id={`${id}-hint`}>
        {t('picture.hint')}
      </p>
    </div>
  );
}

/** Sends a picture to a ticket; throws a Problem where it is not taken. */
export async function sendPicture(token: string, picture: File): Promise<void> {
  const reply = await fetch('/api/v1/support/ticket/pictures', {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'Content-Type': picture.type, 'Ticket-Token': token, 'Accept-Language': language() },
    body: picture,
  });
  if (!reply.ok) throw await readProblem(reply);
}
