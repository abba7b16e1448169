// The security questions of a recovery: all three at once; which answer is wrong is told to nobody.
import { useState } from 'react';
import type { Question, RecoveryCourse } from '../door/use-recovery.ts';
import { Form } from '../ui/ime.tsx';
import { PlainButton, PlainField } from '../ui/plain.tsx';
import { useWords } from '../words.ts';
import { questionWords } from './question.ts';

export default function AnswersStep({
  course,
  questions,
}: {
  course: RecoveryCourse;
  questions: Question[];
}) {
  const { t } = useWords('questions');
  const [answers, setAnswers] = useState(questions.map(() => ''));
  const [tried, setTried] = useState(false);
  const complete = answers.every(answer => answer.trim());
  function submit() {
    setTried(true);
    if (complete && !course.working) void course.answer(answers.map(answer => answer.trim()));
  }
  return (
    <Form className="lk-stack" onSubmit={submit}>
      {questions.map((question, at) => (
        <PlainField
          key={JSON.stringify(question)}
          label={questionWords(question, t)}
          autoComplete="off"
          autoFocus={at === 0}
          maxLength={100}
          value={answers[at] ?? ''}
          onValue={value => setAnswers(answers.map((answer, i) => (i === at ? value : answer)))}
          wrong={tried && !answers[at]?.trim() ? t('answers.missing') : null}
        />
      ))}
      <PlainButton type="submit" wide busy={course.working}>
        {t('answers.act')}
      </PlainButton>
      <p className="lk-hint">{t('answers.lost')}</p>
    </Form>
  );
}
