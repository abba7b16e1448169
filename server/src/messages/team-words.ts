// The letters about what colleagues do, in both languages.
export type TeamLetters = {
  notice: { text: string; lines: string; link: string };
  'notice-digest': { count: string; lines: string; link: string };
};

type Told = Record<'text' | 'lines' | 'link', string>;
type ToldDigest = Record<'count' | 'lines' | 'link', string>;

export const teamWords = {
  en: {
    notice: (d: Told) => ({
      subject: d.text,
      paragraphs: [
        `${d.text}.`,
        d.lines,
        d.link,
        'Which of these letters you get is yours to choose, under “Account”.',
      ],
    }),
    'notice-digest': (d: ToldDigest) => ({
      subject: `What is new for you: ${d.count}`,
      paragraphs: [
        'This waits for you and has not been read yet:',
        d.lines,
        d.link,
        'Which of these letters you get is yours to choose, under “Account”.',
      ],
    }),
  },
  zh: {
    notice: (d: Told) => ({
      subject: `通知：${d.text}`,
      paragraphs: [`${d.text}。`, d.lines, d.link, '您可以在“账号”页面选择接收哪些通知邮件。'],
    }),
    'notice-digest': (d: ToldDigest) => ({
      subject: `您有 ${d.count} 条未读通知`,
      paragraphs: ['以下通知您还没有查看：', d.lines, d.link, '您可以在“账号”页面选择接收哪些通知邮件。'],
    }),
  },
};
