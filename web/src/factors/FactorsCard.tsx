// Sign-in methods of one's own: what there is, what can be added, and whether new devices are asked.
import { Button } from '@mantine/core';
import { IconDeviceLaptop, IconDeviceMobile, IconFingerprint, IconListNumbers } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ago, date } from '../formats.ts';
import { Card } from '../ui/Page.tsx';
import { Note } from '../ui/plain.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { Failed, LoadingRows } from '../ui/states.tsx';
import { useSheet } from '../ui/use-sheet.ts';
import { useWords } from '../words.ts';
import { AddPasskey } from './AddPasskey.tsx';
import { AddTotp } from './AddTotp.tsx';
import { AskOnNewDevices } from './AskOnNewDevices.tsx';
import { ConfirmFirst } from './ConfirmFirst.tsx';
import { canPasskey } from './can-passkey.ts';
import { FactorSheet } from './FactorSheet.tsx';
import css from './factors.module.css';
import { RecoveryCodes } from './RecoveryCodes.tsx';
import { type Factor, type Factors, useFactors } from './use-factors.ts';

const few = 3;

export function FactorsCard() {
  const { t } = useWords('factors');
  const factors = useFactors();
  const sheet = useSheet();
  const { data } = factors;
  const managed = data?.items.find(factor => sheet.is(`factor-${factor.id}`));
  const titles: Record<string, string> = {
    totp: t('totp.add'),
    passkey: t('passkey.add'),
    'recovery-codes': t('recovery.title'),
    ask: t('ask.title'),
  };
  return (
    <Card title={t('title')} id="sign-in-methods" flush>
      {factors.isError ? <Failed error={factors.error} onRetry={() => void factors.refetch()} /> : null}
      {factors.isPending ? <LoadingRows rows={2} /> : null}
      {data ? <Listed factors={data} open={sheet.open} /> : null}
      <Sheet
        opened={sheet.name !== null && sheet.name in titles}
        onClose={sheet.close}
        title={titles[sheet.name ?? ''] ?? ''}
      >
        <ConfirmFirst>
          {sheet.is('totp') ? <AddTotp onDone={sheet.close} /> : null}
          {sheet.is('passkey') ? <AddPasskey onDone={sheet.close} /> : null}
          {sheet.is('recovery-codes') ? <RecoveryCodes onDone={sheet.close} /> : null}
          {sheet.is('ask') && data ? <AskOnNewDevices factors={data} onDone={sheet.close} /> : null}
        </ConfirmFirst>
      </Sheet>
      <Sheet opened={managed !== undefined} onClose={sheet.close} title={managed?.name ?? ''}>
        {managed ? <FactorSheet key={managed.id} factor={managed} onDone={sheet.close} /> : null}
      </Sheet>
    </Card>
  );
}

function Listed({ factors, open }: { factors: Factors; open: (sheet: string) => void }) {
  const { t } = useWords('factors');
  const { items, recoveryCodes, required, askOnNewDevices } = factors;
  const passkeys = factors.passkeysOffered && canPasskey();
  return (
    <>
      <div className={css.lead}>
        {required && items.length === 0 ? (
          <Note tone="warn">
            {required.overdue || !required.from
              ? t('required.now')
              : t('required.from', { when: date(required.from) })}
          </Note>
        ) : null}
        <p>{t(items.length === 0 ? 'lead.none' : 'lead.some')}</p>
      </div>
      <ul className={css.rows}>
        {items.map(factor => (
          <FactorRow key={factor.id} factor={factor} onManage={() => open(`factor-${factor.id}`)} />
        ))}
        {items.length > 0 || recoveryCodes ? (
          <Row
            icon={<IconListNumbers size={22} aria-hidden />}
            name={t('recovery.title')}
            facts={recoveryCodes ? t('recovery.left', { count: recoveryCodes.left }) : t('recovery.none')}
            warn={!recoveryCodes || recoveryCodes.left <= few}
          >
            <Button variant="default" onClick={() => open('recovery-codes')}>
              {t(recoveryCodes ? 'recovery.renew' : 'recovery.make')}
            </Button>
          </Row>
        ) : null}
        {items.length > 0 ? (
          <Row
            icon={<IconDeviceLaptop size={22} aria-hidden />}
            name={t('ask.title')}
            facts={t(askOnNewDevices ? 'ask.on' : 'ask.off')}
          >
            <Button variant="default" onClick={() => open('ask')}>
              {t('ask.change')}
            </Button>
          </Row>
        ) : null}
      </ul>
      <div className={css.adding}>
        {passkeys ? (
          <Button
            variant={items.length === 0 ? 'filled' : 'default'}
            leftSection={<IconFingerprint size={18} aria-hidden />}
            onClick={() => open('passkey')}
          >
            {t('passkey.add')}
          </Button>
        ) : null}
        <Button
          variant={items.length === 0 && !passkeys ? 'filled' : 'default'}
          leftSection={<IconDeviceMobile size={18} aria-hidden />}
          onClick={() => open('totp')}
        >
          {t('totp.add')}
        </Button>
        {passkeys ? null : <p className="lk-hint">{t('passkey.not-here')}</p>}
      </div>
    </>
  );
}

function FactorRow({ factor, onManage }: { factor: Factor; onManage: () => void }) {
  const { t } = useWords('factors');
  const facts = [
    factor.name === t(`kind.${factor.kind}`) ? null : t(`kind.${factor.kind}`),
    t('added', { when: date(factor.createdAt) }),
    factor.lastUsedAt ? t('used', { when: ago(factor.lastUsedAt) }) : null,
  ];
  return (
    <Row
      icon={
        factor.kind === 'passkey' ? (
          <IconFingerprint size={22} aria-hidden />
        ) : (
          <IconDeviceMobile size={22} aria-hidden />
        )
      }
      name={factor.name}
      facts={facts.filter(Boolean).join(' · ')}
    >
      <Button variant="default" aria-label={t('manage-one', { name: factor.name })} onClick={onManage}>
        {t('manage')}
      </Button>
    </Row>
  );
}

type RowProps = { icon: ReactNode; name: string; facts: string; warn?: boolean; children: ReactNode };

function Row({ icon, name, facts, warn = false, children }: RowProps) {
  return (
    <li className={css.row}>
      <span className={css.icon}>{icon}</span>
      <div className={css.words}>
        <strong>{name}</strong>
        <span className={warn ? css.warn : ''}>{facts}</span>
      </div>
      {children}
    </li>
  );
}
