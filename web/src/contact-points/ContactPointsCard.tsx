// Further addresses of one's own: a second mailbox and a phone, to get back in when the first way fails.
import { Button } from '@mantine/core';
import { IconDeviceMobileMessage, IconMail } from '@tabler/icons-react';
import { ConfirmFirst } from '../factors/ConfirmFirst.tsx';
import factorsCss from '../factors/factors.module.css';
import { Card } from '../ui/Page.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { Failed, LoadingRows } from '../ui/states.tsx';
import { useSheet } from '../ui/use-sheet.ts';
import { useWords } from '../words.ts';
import { AddContactPoint } from './AddContactPoint.tsx';
import { ContactPointSheet } from './ContactPointSheet.tsx';
import { type ContactPoint, useContactPoints } from './use-contact-points.ts';

const css = factorsCss;

export function ContactPointsCard() {
  const { t } = useWords('contact-points');
  const points = useContactPoints();
  const sheet = useSheet();
  const { data } = points;
  const kind = sheet.is('add-sms') ? 'sms' : sheet.is('add-email') ? 'email' : null;
  const managed = data?.items.find(point => sheet.is(`contact-${point.id}`));
  return (
    <Card title={t('title')} id="contact-points" flush>
      {points.isError ? <Failed error={points.error} onRetry={() => void points.refetch()} /> : null}
      {points.isPending ? <LoadingRows rows={1} /> : null}
      {data ? (
        <>
          <div className={css.lead}>
            <p>{t(data.items.length === 0 ? 'lead.none' : 'lead.some')}</p>
          </div>
          <ul className={css.rows}>
            {data.items.map(point => (
              <Row key={point.id} point={point} onManage={() => sheet.open(`contact-${point.id}`)} />
            ))}
          </ul>
          <div className={css.adding}>
            <Button
              variant="default"
              leftSection={<IconDeviceMobileMessage size={18} aria-hidden />}
              onClick={() => sheet.open('add-sms')}
            >
              {t('add.sms')}
            </Button>
            <Button
              variant="default"
              leftSection={<IconMail size={18} aria-hidden />}
              onClick={() => sheet.open('add-email')}
            >
              {t('add.email')}
            </Button>
          </div>
        </>
      ) : null}
      <Sheet opened={kind !== null} onClose={sheet.close} title={kind ? t(`add.${kind}`) : ''}>
        <ConfirmFirst>
          {kind ? (
            <AddContactPoint key={kind} kind={kind} sms={data?.smsSent ?? true} onDone={sheet.close} />
          ) : null}
        </ConfirmFirst>
      </Sheet>
      <Sheet opened={managed !== undefined} onClose={sheet.close} title={managed?.value ?? ''}>
        {managed ? (
          <ConfirmFirst>
            <ContactPointSheet key={managed.id} point={managed} onDone={sheet.close} />
          </ConfirmFirst>
        ) : null}
      </Sheet>
    </Card>
  );
}

function Row({ point, onManage }: { point: ContactPoint; onManage: () => void }) {
  const { t } = useWords('contact-points');
  const facts = [
    t(`kind.${point.kind}`),
    t(point.verified ? 'verified' : 'unverified'),
    point.factor ? t('factor') : null,
  ];
  const Icon = point.kind === 'sms' ? IconDeviceMobileMessage : IconMail;
  return (
    <li className={css.row}>
      <span className={css.icon}>
        <Icon size={22} aria-hidden />
      </span>
      <div className={css.words}>
        <strong>{point.value}</strong>
        <span className={point.verified ? '' : css.warn}>{facts.filter(Boolean).join(' · ')}</span>
      </div>
      <Button variant="default" aria-label={t('manage-one', { value: point.value })} onClick={onManage}>
        {t(point.verified ? 'manage' : 'verify-now')}
      </Button>
    </li>
  );
}
