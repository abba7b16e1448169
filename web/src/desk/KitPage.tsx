// The emergency kit: draw recovery codes, print one page, seal it, and rehearse one code before that (L15).
import { Button } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api.ts';
import type { Calls } from '../calls.ts';
import { ConfirmFirst } from '../factors/ConfirmFirst.tsx';
import { dateTime } from '../formats.ts';
import { TextField } from '../ui/fields.tsx';
import { Form } from '../ui/ime.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { Note } from '../ui/plain.tsx';
import { Failed, LoadingRecord, ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './desk.module.css';
import { KitSheet } from './KitSheet.tsx';

type Kit = Calls['GET /kit']['reply'];
export const kitKey = ['kit'];

export default function KitPage() {
  const { t } = useWords('desk');
  const kit = useQuery({ queryKey: kitKey, queryFn: () => api('GET /kit') });
  return (
    <Page title={t('kit.title')} lead={t('kit.lead')} width="reading">
      {kit.isPending ? <LoadingRecord /> : null}
      {kit.isError ? <Failed error={kit.error} onRetry={() => void kit.refetch()} /> : null}
      {kit.data ? <Steps kit={kit.data} /> : null}
    </Page>
  );
}

function Steps({ kit }: { kit: Kit }) {
  const { t } = useWords('desk');
  const [codes, setCodes] = useState<string[] | null>(null);
  const steps = [
    { key: 'step-codes', at: kit.codesLeft > 0 ? kit.codesMadeAt : null },
    { key: 'step-print', at: kit.printedAt },
    { key: 'step-rehearse', at: kit.rehearsedAt },
  ];
  return (
    <>
      <Card title={t('kit.steps')}>
        <ol className={css.steps}>
          {steps.map(({ key, at }) => (
            <li key={key} data-state={at ? 'good' : 'unknown'}>
              <strong>{t(`kit.${key}`)}</strong>
              <span className="lk-hint">{at ? t('kit.done-at', { when: dateTime(at) }) : t('kit.todo')}</span>
            </li>
          ))}
        </ol>
      </Card>
      <Card title={t('kit.step-codes')}>
        {codes ? (
          <Printing kit={kit} codes={codes} />
        ) : (
          <ConfirmFirst>
            <Draw kit={kit} onDrawn={setCodes} />
          </ConfirmFirst>
        )}
      </Card>
      {kit.codesLeft > 0 ? (
        <Card title={t('kit.step-rehearse')}>
          <Rehearse />
        </Card>
      ) : null}
    </>
  );
}

function Draw({ kit, onDrawn }: { kit: Kit; onDrawn: (codes: string[]) => void }) {
  const { t } = useWords('desk');
  const draw = useWrite('POST /factors/recovery-codes', {
    renews: [kitKey, ['factors']],
    onDone: answer => onDrawn(answer.body.codes),
  });
  return (
    <div className={css.form}>
      {kit.codesLeft > 0 ? (
        <>
          <p>{t('kit.codes-left', { count: kit.codesLeft })}</p>
          <Note tone="warn">{t('kit.renew-mind')}</Note>
        </>
      ) : null}
      <ProblemNote error={draw.error} />
      <Button loading={draw.isPending} onClick={() => draw.mutate({})}>
        {t(kit.codesLeft > 0 ? 'kit.renew' : 'kit.make')}
      </Button>
    </div>
  );
}

function Printing({ kit, codes }: { kit: Kit; codes: string[] }) {
  const { t } = useWords('desk');
  const noted = useWrite('POST /kit/printed', { renews: [kitKey] });
  function print() {
    const { dataset } = document.documentElement;
    dataset.printing = 'kit';
    window.print();
    delete dataset.printing;
  }
  return (
    <div className={css.form}>
      <KitSheet address={kit.address} name={kit.name} codes={codes} />
      <ProblemNote error={noted.error} />
      <div className="lk-row">
        <Button leftSection={<IconPrinter size={18} aria-hidden />} onClick={print}>
          {t('kit.print')}
        </Button>
        <Button variant="default" loading={noted.isPending} onClick={() => noted.mutate({})}>
          {t('kit.printed')}
        </Button>
      </div>
    </div>
  );
}

function Rehearse() {
  const { t } = useWords('desk');
  const [code, setCode] = useState('');
  const [tried, setTried] = useState(false);
  const rehearse = useWrite('POST /kit/rehearsal', {
    renews: [kitKey],
    onDone: () => {
      setCode('');
      setTried(false);
      toast(t('kit.rehearsed'));
    },
  });
  return (
    <Form
      className={css.form}
      onSubmit={() => {
        setTried(true);
        if (code.trim()) rehearse.mutate({ body: { code: code.trim() } });
      }}
    >
      <p>{t('kit.rehearse-why')}</p>
      <TextField
        label={t('kit.code')}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        value={code}
        onValue={setCode}
        error={tried && !code.trim() ? t('kit.code-missing') : null}
      />
      <ProblemNote error={rehearse.error} />
      <Button type="submit" loading={rehearse.isPending}>
        {t('kit.rehearse')}
      </Button>
    </Form>
  );
}
