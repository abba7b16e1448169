// A business card beside the form: photographed or chosen, looked at while typing, and sent nowhere.
import { Button } from '@mantine/core';
import { IconCamera } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useWords } from '../words.ts';
import css from './card-picture.module.css';
import { PlainButton } from './plain.tsx';

export function CardPicture() {
  const { t } = useWords('ui');
  const input = useRef<HTMLInputElement>(null);
  const [address, setAddress] = useState<string | null>(null);
  const [large, setLarge] = useState(false);
  useEffect(() => () => (address === null ? undefined : URL.revokeObjectURL(address)), [address]);
  return (
    <div className={css.place} data-shown={address !== null || undefined}>
      <input
        ref={input}
        type="file"
        accept="image/*"
        capture="environment"
        className="lk-hidden"
        tabIndex={-1}
        aria-label={t('card.take')}
        onChange={event => {
          const file = event.currentTarget.files?.[0];
          if (file) setAddress(URL.createObjectURL(file));
        }}
      />
      {address === null ? (
        <Button
          variant="default"
          leftSection={<IconCamera size={18} aria-hidden />}
          onClick={() => input.current?.click()}
        >
          {t('card.take')}
        </Button>
      ) : (
        <>
          <button
            type="button"
            className={css.picture}
            data-large={large || undefined}
            aria-label={t(large ? 'card.smaller' : 'card.larger')}
            onClick={() => setLarge(!large)}
          >
            <img src={address} alt={t('card.alt')} />
          </button>
          <div className={css.acts}>
            <PlainButton look="quiet" onClick={() => input.current?.click()}>
              {t('card.again')}
            </PlainButton>
            <PlainButton look="quiet" onClick={() => setAddress(null)}>
              {t('card.remove')}
            </PlainButton>
          </div>
          <p className={css.note}>{t('card.note')}</p>
        </>
      )}
    </div>
  );
}
