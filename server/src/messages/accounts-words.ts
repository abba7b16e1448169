// The letters about an account's state: address, end, password due, permissions; in both languages.
import type { Time } from './words.ts';

/** What each of these letters has to be told. */
export type AccountsLetters = {
  'verify-email': { code: string; minutes: number };
  'account-ends': { until: Time; link: string };
  'password-due': { until: Time; link: string };
  'verify-due': { until: Time; link: string };
  'access-changed': { text: string; by: string; reason: string; link: string };
};

type Filled<K extends string> = Record<K | 'at' | 'home', string>;

export const accountsWords = {
  en: {
    'verify-email': (d: Filled<'code' | 'minutes'>) => ({
      subject: 'Verify your e-mail address',
      paragraphs: [
        'Enter this code in Latchkey to show that this address is yours:',
        d.code,
        `The code is valid for ${d.minutes} minutes and works once. A newer code replaces it.`,
        'If you did not ask for it, there is nothing to do.',
      ],
    }),
    'account-ends': (d: Filled<'until' | 'link'>) => ({
      subject: 'Your Latchkey account ends soon',
      paragraphs: [
        `Your account works until ${d.until}. After that nobody can sign in to it; customers and records are kept.`,
        'If you need it longer, ask for more time now. Your administrators are told at once:',
        d.link,
      ],
    }),
    'password-due': (d: Filled<'until' | 'link'>) => ({
      subject: 'A new password is due soon',
      paragraphs: [
        `Your company asks for a new password from time to time. Yours is due on ${d.until}.`,
        'Choose one now, while you have the time. After that day the change page comes first when you sign in, and nothing is lost:',
        d.link,
      ],
    }),
    'verify-due': (d: Filled<'until' | 'link'>) => ({
      subject: 'Please verify your e-mail address',
      paragraphs: [
        `The address of your account has to be verified by ${d.until}, so that it can help you back in.`,
        'It takes one code:',
        d.link,
      ],
    }),
    'access-changed': (d: Filled<'text' | 'by' | 'reason' | 'link'>) => ({
      subject: 'What your account may do has changed',
      paragraphs: [
        d.text,
        [`By: ${d.by}`, ...(d.reason ? [`Reason: ${d.reason}`] : []), `Time: ${d.at}`].join('\n'),
        'You need not sign in again. See what your account may do, or ask for a permission:',
        d.link,
      ],
    }),
  },
  zh: {
    'verify-email': (d: Filled<'code' | 'minutes'>) => ({
      subject: '验证您的邮箱',
      paragraphs: [
        '请在 Latchkey 中输入以下验证码，确认该邮箱属于您：',
        d.code,
        `验证码 ${d.minutes} 分钟内有效，只能使用一次；获取新验证码后，旧的即失效。`,
        '如果不是您本人操作，忽略本邮件即可。',
      ],
    }),
    'account-ends': (d: Filled<'until' | 'link'>) => ({
      subject: '您的 Latchkey 账号即将到期',
      paragraphs: [
        `您的账号可使用至 ${d.until}。到期后将无法登录，客户和记录会保留。`,
        '如需继续使用，请现在申请延期，系统管理员会立即收到通知：',
        d.link,
      ],
    }),
    'password-due': (d: Filled<'until' | 'link'>) => ({
      subject: '密码即将到更换时间',
      paragraphs: [
        `贵公司要求定期更换密码，您的密码应在 ${d.until} 前更换。`,
        '建议现在就更换。到期后登录时会先进入修改密码页面，数据不会丢失：',
        d.link,
      ],
    }),
    'verify-due': (d: Filled<'until' | 'link'>) => ({
      subject: '请验证您的邮箱',
      paragraphs: [`请在 ${d.until} 前验证账号邮箱，以便日后用它找回账号。`, '只需输入一次验证码：', d.link],
    }),
    'access-changed': (d: Filled<'text' | 'by' | 'reason' | 'link'>) => ({
      subject: '您的账号权限有变化',
      paragraphs: [
        d.text,
        [`操作人：${d.by}`, ...(d.reason ? [`原因：${d.reason}`] : []), `时间：${d.at}`].join('\n'),
        '无需重新登录。可在此查看账号权限或申请所需权限：',
        d.link,
      ],
    }),
  },
};
