// The desk's words in both languages: actions as the letter tells them, identity proofs, and why something is refused.
import type { Language } from '../problems.ts';
import type { Action, Proof, Why } from './rules.ts';

type Told = Record<Language, string>;

export const actionWords: Record<Action, { asked: Told; done: Told }> = {
  lift: {
    asked: {
      en: 'An administrator has asked to lift the lock on your account; another one has to approve.',
      'zh-CN': '有管理员申请解除您账号的锁定，须由另一位管理员批准。',
    },
    done: {
      en: 'The lock on your account was lifted. You can sign in again.',
      'zh-CN': '您账号的锁定已解除，可以重新登录。',
    },
  },
  'initial-password': {
    asked: {
      en: 'An administrator has asked for an initial password for your account; another one has to approve.',
      'zh-CN': '有管理员申请为您的账号发放初始密码，须由另一位管理员批准。',
    },
    done: {
      en: 'Your password was replaced by an initial one, which an administrator tells you. It works once, for 24 hours; then you choose your own. All devices were signed out.',
      'zh-CN':
        '您的密码已重置为初始密码，将由管理员告知您。初始密码 24 小时内有效，仅能使用一次，登录后须立即设置新密码。所有设备均已退出登录。',
    },
  },
  'unlock-code': {
    asked: {
      en: 'An administrator has asked for an unlock code for your account; another one has to approve.',
      'zh-CN': '有管理员申请为您的账号发放解锁码，须由另一位管理员批准。',
    },
    done: {
      en: 'An administrator has made an unlock code for your account, and tells it to you. It opens one device and is valid for 10 minutes. Nobody else needs it.',
      'zh-CN':
        '管理员已为您的账号生成解锁码，并将告知您。解锁码 10 分钟内有效，仅能解锁一台设备。请勿告诉他人。',
    },
  },
  'send-reset': {
    asked: {
      en: 'An administrator has asked to send you a link for a new password.',
      'zh-CN': '有管理员申请向您发送重设密码的链接。',
    },
    done: {
      en: 'An administrator has sent you a link and a code, in another message, by which you set a new password yourself. Your present password goes on working until then.',
      'zh-CN':
        '管理员已通过另一封邮件向您发送链接和验证码，请据此自行设置新密码。设置完成前，当前密码仍可使用。',
    },
  },
  'reset-factors': {
    asked: {
      en: 'An administrator has asked to remove sign-in methods from your account; another one has to approve.',
      'zh-CN': '有管理员申请移除您账号的登录验证方式，须由另一位管理员批准。',
    },
    done: {
      en: 'Sign-in methods were removed from your account because they were reported lost. Add new ones after signing in.',
      'zh-CN': '因报告丢失，您账号的登录验证方式已被移除。请在登录后重新添加。',
    },
  },
  'end-sessions': {
    asked: {
      en: 'An administrator has asked to sign you out of all devices.',
      'zh-CN': '有管理员申请让您的账号退出所有设备。',
    },
    done: {
      en: 'You were signed out of all devices. What you had not saved is kept on each of them.',
      'zh-CN': '您的账号已退出所有设备。各设备上未保存的内容会保留。',
    },
  },
  'verify-again': {
    asked: {
      en: 'An administrator has asked to have your e-mail address verified again; another one has to approve.',
      'zh-CN': '有管理员申请重新验证您的邮箱，须由另一位管理员批准。',
    },
    done: {
      en: 'Your e-mail address has to be verified again. Until then no codes are sent to it.',
      'zh-CN': '您的邮箱需要重新验证，验证前不会再向该邮箱发送验证码。',
    },
  },
  suspend: {
    asked: {
      en: 'An administrator has asked to suspend your account.',
      'zh-CN': '有管理员申请停用您的账号。',
    },
    done: {
      en: 'Your account was suspended. Your customers and records are kept.',
      'zh-CN': '您的账号已停用，您的客户和记录均已保留。',
    },
  },
  resume: {
    asked: {
      en: 'An administrator has asked to let your account work again; another one has to approve.',
      'zh-CN': '有管理员申请恢复您的账号，须由另一位管理员批准。',
    },
    done: {
      en: 'Your account works again. You can sign in as before.',
      'zh-CN': '您的账号已恢复，可以照常登录。',
    },
  },
};

export const proofWords: Record<Proof, Told> = {
  'in-person': { en: 'in person', 'zh-CN': '当面核实' },
  'call-back': { en: 'by calling back and knowing the voice', 'zh-CN': '回拨电话并辨认声音' },
  video: { en: 'by video', 'zh-CN': '视频核实' },
  chat: { en: 'in the company’s chat', 'zh-CN': '企业内部聊天工具' },
  manager: { en: 'vouched for by the manager', 'zh-CN': '由主管担保' },
  document: { en: 'by an identity document', 'zh-CN': '查验证件' },
  ticket: { en: 'inside a request to support', 'zh-CN': '在客服工单中证明身份' },
};

/** Why the desk does not do something now, to the administrator who asks. */
export const whyWords: Record<Why, Told> = {
  oneself: {
    en: 'Nobody helps himself at the desk. Use your account page, or let another administrator do it.',
    'zh-CN': '不能处理自己的账号。请使用“我的账号”页面，或由其他系统管理员处理。',
  },
  'not-active': {
    en: 'This account is not active. Let the person work again first.',
    'zh-CN': '该账号当前不可用，请先恢复账号。',
  },
  'not-suspended': { en: 'This account is not suspended.', 'zh-CN': '该账号未被停用。' },
  'suspended-already': { en: 'This account is suspended already.', 'zh-CN': '该账号已停用。' },
  'no-lock': { en: 'No lock stands on this account.', 'zh-CN': '该账号没有锁定。' },
  'no-factor': {
    en: 'There is no such sign-in method to remove.',
    'zh-CN': '没有可移除的登录验证方式。',
  },
  'no-session': { en: 'This person is signed in nowhere.', 'zh-CN': '该成员当前未在任何设备登录。' },
  'not-verified': {
    en: 'The address waits to be verified already.',
    'zh-CN': '该邮箱已处于待验证状态。',
  },
  'no-address': {
    en: 'There is no verified address to send it to.',
    'zh-CN': '没有已验证的邮箱可供发送。',
  },
  'ticket-unproven': {
    en: 'In this ticket nobody has proved to be this person, or the proof is more than a day old or was used already. Ask for another proof.',
    'zh-CN': '该工单中没有可用的身份证明：尚未证明、已超过一天或已被使用。请对方重新证明身份。',
  },
  'ticket-too-weak': {
    en: 'A code to the mailbox does not prove enough to remove sign-in methods. Let colleagues vouch, or identify the person in another way.',
    'zh-CN': '仅凭邮箱验证码不足以移除登录验证方式，请由同事确认身份，或以其他方式核实。',
  },
  'own-vouch': {
    en: 'You have vouched for this person yourself in that ticket. Let another administrator do this, or identify the person in another way.',
    'zh-CN': '您已在该工单中为此人确认身份，请由其他系统管理员处理，或以其他方式核实。',
  },
  'no-approver': {
    en: 'This account has administrator rights, and there is no third administrator who could approve. The person gets in by his own means (recovery codes, e-mail), or by emergency recovery on the server: npm run latchkey -- recover ADDRESS.',
    'zh-CN':
      '该账号拥有系统管理员权限，但没有第三位系统管理员可以批准。请由本人通过恢复码或邮箱找回，或在服务器上执行紧急恢复：npm run latchkey -- recover 邮箱。',
  },
};
