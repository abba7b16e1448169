// The letters of support in both languages. None repeats what somebody typed: anybody may have typed the address.
export type SupportLetters = {
  'ticket-opened': { number: string; link: string };
  'ticket-answered': { number: string; link: string };
  'ticket-code': { number: string; code: string; minutes: number };
  'vouch-asked': { person: string; link: string };
};

type Told = Record<'number' | 'link', string>;
type ToldCode = Record<'number' | 'code' | 'minutes', string>;
type ToldVouch = Record<'person' | 'link', string>;

export const supportWords = {
  en: {
    'ticket-opened': (d: Told) => ({
      subject: `Your request to support, no. ${d.number}`,
      paragraphs: [
        'A request to support was opened with this e-mail address. Follow it, read answers and write on here:',
        d.link,
        'Whoever has this link can read the conversation: pass it on to nobody.',
        'If you opened no request, there is nothing to do.',
      ],
    }),
    'ticket-answered': (d: Told) => ({
      subject: `Support has answered, no. ${d.number}`,
      paragraphs: ['There is an answer to your request. Read it and write on here:', d.link],
    }),
    'ticket-code': (d: ToldCode) => ({
      subject: `Code for your request to support, no. ${d.number}`,
      paragraphs: [
        'Somebody asks support for help with your account. If that is you, enter this code on the page of the request:',
        d.code,
        `The code is valid for ${d.minutes} minutes and works once. It shows support that the account is yours, and opens nothing by itself.`,
        'If you did not ask for help, give the code to nobody, not even to someone who says they are from support.',
      ],
    }),
    'vouch-asked': (d: ToldVouch) => ({
      subject: 'A colleague asks you to vouch',
      paragraphs: [
        `${d.person} cannot sign in and asks you to tell support that it is really them.`,
        'Make sure in person, by video, or by calling a number that you knew before. An e-mail or chat message is not enough. Then open this page:',
        d.link,
        'If you cannot reach your colleague, or anything seems odd, do not vouch, and tell your administrator.',
      ],
    }),
  },
  zh: {
    'ticket-opened': (d: Told) => ({
      subject: `您的客服工单 ${d.number}`,
      paragraphs: [
        '有人使用此邮箱提交了客服工单。请打开以下链接查看进度、回复和继续沟通：',
        d.link,
        '任何人持有此链接都能查看沟通内容，请勿转发。',
        '如果您没有提交过工单，无需任何操作。',
      ],
    }),
    'ticket-answered': (d: Told) => ({
      subject: `客服已回复工单 ${d.number}`,
      paragraphs: ['您的工单有新回复，请打开以下链接查看并继续沟通：', d.link],
    }),
    'ticket-code': (d: ToldCode) => ({
      subject: `客服工单 ${d.number} 的验证码`,
      paragraphs: [
        '有人就您的账号向客服求助。如果是您本人，请在工单页面输入以下验证码：',
        d.code,
        `验证码 ${d.minutes} 分钟内有效，仅可使用一次。它只用于向客服证明账号属于您，本身不能登录。`,
        '如果您没有求助，请勿将验证码告知任何人，包括自称客服的人。',
      ],
    }),
    'vouch-asked': (d: ToldVouch) => ({
      subject: '同事请您协助确认身份',
      paragraphs: [
        `${d.person}无法登录，请您向客服确认确为其本人。`,
        '请当面、通过视频，或拨打您早已知道的号码核实。仅凭邮件或聊天消息不足以确认。核实后请打开以下页面：',
        d.link,
        '如果联系不上同事，或察觉任何异常，请不要确认，并告知系统管理员。',
      ],
    }),
  },
};
