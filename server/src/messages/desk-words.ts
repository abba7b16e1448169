// The letter to somebody whom an administrator has helped at the unlock desk, or for whom help was asked.
type Told = { text: string; by: string; reason: string; proof: string; at: string; home: string };

const lines = (separator: string, facts: [string, string][]) =>
  facts
    .filter(([, value]) => value !== '')
    .map(([label, value]) => `${label}${separator}${value}`)
    .join('\n');

export const deskWords = {
  en: (d: Told) => ({
    subject: 'An administrator helped with your account',
    paragraphs: [
      d.text,
      lines(': ', [
        ['By', d.by],
        ['Reason', d.reason],
        ['You were identified', d.proof],
        ['Time', d.at],
      ]),
      'If you did not ask for this, somebody may be posing as you: tell another administrator at once, in person or by a number you know.',
      d.home,
    ],
  }),
  zh: (d: Told) => ({
    subject: '管理员处理了您的账号',
    paragraphs: [
      d.text,
      lines('：', [
        ['操作人', d.by],
        ['原因', d.reason],
        ['身份核实方式', d.proof],
        ['时间', d.at],
      ]),
      '如果您没有提出过请求，可能有人冒充您。请立即当面或拨打您熟悉的号码，告知其他系统管理员。',
      d.home,
    ],
  }),
};
