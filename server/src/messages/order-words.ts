// The letter about payments that are due, in both languages.
export type OrderLetters = {
  'payments-due': { count: string; lines: string; link: string };
};

type Told = Record<'count' | 'lines' | 'link', string>;

export const orderWords = {
  en: {
    'payments-due': (d: Told) => ({
      subject: d.count === '1' ? 'A payment is due' : `Payments due: ${d.count}`,
      paragraphs: [
        'These payments of your customers are due within three days, or have not come in time:',
        d.lines,
        'Where one has come, write it down with the order; all payments due are on this page:',
        d.link,
      ],
    }),
  },
  zh: {
    'payments-due': (d: Told) => ({
      subject: `您有 ${d.count} 笔款项待收`,
      paragraphs: [
        '以下客户款项将在三天内到期，或已经逾期：',
        d.lines,
        '如已收到款项，请在订单中登记。全部待收款项请查看：',
        d.link,
      ],
    }),
  },
};
