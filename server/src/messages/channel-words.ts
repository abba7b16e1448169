// The letters about ways to be reached and about recoveries, in both languages.
type Filled<K extends string> = Record<K, string>;

/** What each of these letters has to be told; `kind` and `value` name an address. */
export type ChannelLetters = {
  'contact-code': { code: string; minutes: number };
  'contact-added': { kind: string; value: string; device?: string; address?: string };
  'contact-removed': { kind: string; value: string; device?: string; address?: string };
  'recovery-proved': { device: string; address: string; link: string };
  'password-recovered': { device: string; address: string; link: string };
  'questions-changed': { text: string; device?: string; address?: string };
};

const where =
  (separator: string, names: [string, string, string]) => (d: Filled<'device' | 'address' | 'at'>) =>
    [d.device, d.address, d.at]
      .map((value, i) => (value === '' ? '' : `${names[i]}${separator}${value}`))
      .filter(Boolean)
      .join('\n');

const en = where(': ', ['Device', 'Network address', 'Time']);
const zh = where('：', ['操作设备', '网络地址', '时间']);

export const channelWords = {
  en: {
    'contact-code': (d: Filled<'code' | 'minutes'>) => ({
      subject: 'Confirm this address for your Latchkey account',
      paragraphs: [
        'This address was given as a further way to reach you. Enter this code on the account page to confirm it:',
        d.code,
        `The code is valid for ${d.minutes} minutes and works once.`,
        'If you know nothing of it, do nothing: without the code the address is not used.',
      ],
    }),
    'contact-added': (d: Filled<'kind' | 'value' | 'device' | 'address' | 'at'>) => ({
      subject: 'Your account has a further address',
      paragraphs: [
        `From now on your account can also be recovered by this ${d.kind}: ${d.value}.`,
        en(d),
        'If it was you, there is nothing to do. If not, remove it under “Account”, change your password and tell your administrator.',
      ],
    }),
    'contact-removed': (d: Filled<'kind' | 'value' | 'device' | 'address' | 'at'>) => ({
      subject: 'An address was removed from your account',
      paragraphs: [
        `Your account can no longer be recovered by this ${d.kind}: ${d.value}.`,
        en(d),
        'If you know of it, there is nothing to do. If not, change your password and tell your administrator.',
      ],
    }),
    'questions-changed': (d: Filled<'text' | 'device' | 'address' | 'at'>) => ({
      subject: 'The security questions of your account were changed',
      paragraphs: [
        d.text,
        en(d),
        'If it was you, there is nothing to do. If not, sign in, remove them under “Account”, change your password and tell your administrator.',
      ],
    }),
    'recovery-proved': (d: Filled<'device' | 'address' | 'at' | 'link'>) => ({
      subject: 'A new password is about to be set for your account',
      paragraphs: [
        'Somebody has given back the code for a forgotten password and can now set a new one.',
        en(d),
        'If it is you, go on. If not, open this page and choose “This was not me”: that stops it at once.',
        d.link,
      ],
    }),
    'password-recovered': (d: Filled<'device' | 'address' | 'at' | 'link'>) => ({
      subject: 'Your Latchkey password was set anew',
      paragraphs: [
        'A new password was set for your account by “Forgot password”.',
        en(d),
        'If it was you, all is well. If not, open this page and choose “This was not me”: the new password stops working at once, and all sessions end.',
        d.link,
      ],
    }),
  },
  zh: {
    'contact-code': (d: Filled<'code' | 'minutes'>) => ({
      subject: '请验证您的 Latchkey 备用邮箱',
      paragraphs: [
        '该邮箱正被添加为您账号的备用邮箱，请在账号页面输入以下验证码：',
        d.code,
        `验证码 ${d.minutes} 分钟内有效，仅可使用一次。`,
        '如果您不了解此事，无需理会；未经验证，该邮箱不会被使用。',
      ],
    }),
    'contact-added': (d: Filled<'kind' | 'value' | 'device' | 'address' | 'at'>) => ({
      subject: '您的账号新增了备用联系方式',
      paragraphs: [
        `您的账号现在也可以通过以下${d.kind}找回：${d.value}`,
        zh(d),
        '如是本人操作，无需处理。如非本人操作，请在“账号”页面移除它，修改密码，并联系系统管理员。',
      ],
    }),
    'contact-removed': (d: Filled<'kind' | 'value' | 'device' | 'address' | 'at'>) => ({
      subject: '您的账号移除了备用联系方式',
      paragraphs: [
        `您的账号不能再通过以下${d.kind}找回：${d.value}`,
        zh(d),
        '如您知晓此事，无需处理。如非本人操作，请立即修改密码，并联系系统管理员。',
      ],
    }),
    'questions-changed': (d: Filled<'text' | 'device' | 'address' | 'at'>) => ({
      subject: '您账号的安全问题已变更',
      paragraphs: [
        d.text,
        zh(d),
        '如是本人操作，无需处理。如非本人操作，请登录后在“账号”页面移除安全问题，修改密码，并联系系统管理员。',
      ],
    }),
    'recovery-proved': (d: Filled<'device' | 'address' | 'at' | 'link'>) => ({
      subject: '您的账号即将设置新密码',
      paragraphs: [
        '有人通过“忘记密码”输入了正确的验证码，接下来可以设置新密码。',
        zh(d),
        '如是本人操作，请继续。如非本人操作，请打开以下页面并选择“不是我”，系统会立即中止：',
        d.link,
      ],
    }),
    'password-recovered': (d: Filled<'device' | 'address' | 'at' | 'link'>) => ({
      subject: '您的 Latchkey 密码已重新设置',
      paragraphs: [
        '您的账号刚刚通过“忘记密码”设置了新密码。',
        zh(d),
        '如是本人操作，请忽略此邮件。如非本人操作，请打开以下页面并选择“不是我”，新密码会立即失效，所有登录都会退出：',
        d.link,
      ],
    }),
  },
};
