// One's own security questions on the account page; it is there only where the workspace asks them.
import { Button } from '@mantine/core';
import { IconHelpHexagon } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { ConfirmFirst } from '../factors/ConfirmFirst.tsx';
import css from '../factors/factors.module.css';
import { date } from '../formats.ts';
import { Card } from '../ui/Page.tsx';
import { Sheet } from '../ui/Sheet.tsx';
import { useSheet } from '../ui/use-sheet.ts';
import { useWords } from '../words.ts';
import { questionWords } from './question.ts';
import { RemoveQuestions } from './RemoveQuestions.tsx';
import { SetQuestions } from './SetQuestions.tsx';

export const questionsKey = ['security-questions'];

export function QuestionsCard() {
  const { t } = useWords('questions');
  const own = useQuery({ queryKey: questionsKey, queryFn: () => api('GET /security-questions') });
  const sheet = useSheet();
  const { data } = own;
  if (!data?.offered) return null;
  const { set } = data;
  return (
    <Card title={t('title')} id="security-questions" flush>
      <div className={css.lead}>
        <p>{t(set ? 'lead.set' : 'lead.none')}</p>
      </div>
      <ul className={css.rows}>
        {set?.questions.map(question => (
          <li className={css.row} key={JSON.stringify(question)}>
            <span className={css.icon}>
              <IconHelpHexagon size={22} aria-hidden />
            </span>
            <div className={css.words}>
              <strong>{questionWords(question, t)}</strong>
              <span>{t('set-at', { when: date(set.at) })}</span>
            </div>
          </li>
        ))}
      </ul>
      <div className={css.adding}>
        <Button variant="default" onClick={() => sheet.open('questions')}>
          {t(set ? 'renew' : 'begin')}
        </Button>
        {set ? (
          <Button variant="default" onClick={() => sheet.open('questions-away')}>
            {t('remove.act')}
          </Button>
        ) : null}
      </div>
      <Sheet opened={sheet.is('questions')} onClose={sheet.close} title={t(set ? 'renew' : 'begin')}>
        <ConfirmFirst>
          <SetQuestions onDone={sheet.close} />
        </ConfirmFirst>
      </Sheet>
      <Sheet opened={sheet.is('questions-away')} onClose={sheet.close} title={t('remove.title')}>
        <ConfirmFirst>
          <RemoveQuestions onDone={sheet.close} />
        </ConfirmFirst>
      </Sheet>
    </Card>
  );
}
