// The table of causes: a new reason to lock is a row here, with its scope, its ways out and its words.
import type { Language } from '../problems.ts';

/** What a lock may keep somebody from (A7); receiving customer information is none of them. */
export type Capability = 'sign-in' | 'read' | 'write' | 'delete' | 'export' | 'configure';

export type WayKind =
  | 'wait'
  | 'factor'
  | 'email-code'
  | 'recovery'
  | 'known-device'
  | 'administrator'
  | 'support'
  | 'new-password'
  | 'verify-email'
  | 'extension'
  | 'invitation'
  | 'ask-permission';

type Told = Record<Language, string>;

export type Cause = {
  scope: Capability[];
  waysOut: WayKind[];
  /** Why: one sentence to the person concerned. */
  why: Told;
  /** What to mind. */
  mind: Told;
  /** The same where the known devices themselves are locked: they are no way out then. */
  onDevice?: { why: Told; mind: Told };
};

export const causes = {
  'failed-attempts': {
    scope: ['sign-in'],
    waysOut: ['wait', 'factor', 'email-code', 'recovery', 'known-device', 'administrator'],
    why: {
      en: 'Somebody typed a wrong password for this name too often, so signing in from unknown devices pauses.',
      'zh-CN': '该账号的密码输入错误次数过多，为防止被他人猜中，陌生设备的登录已暂停。',
    },
    mind: {
      en: 'Devices on which you have signed in before keep working. If it was not you, nothing else is needed: the password has not been guessed.',
      'zh-CN': '您曾成功登录过的设备不受影响。如果不是您本人操作，无需担心：密码并未被猜中。',
    },
    onDevice: {
      why: {
        en: 'A wrong password was typed too often on your known devices, so signing in there pauses.',
        'zh-CN': '在您已识别的设备上输错密码次数过多，这些设备的登录已暂停。',
      },
      mind: {
        en: 'Nobody else can lock these devices. If it was not you, somebody has used one of them: sign in by another way and look at your list of devices.',
        'zh-CN':
          '他人无法在别处锁定这些设备。如果不是您本人操作，说明有人使用过其中某台设备：请通过其他方式登录，并检查设备列表。',
      },
    },
  },
  'password-exposed': {
    scope: ['sign-in'],
    waysOut: ['recovery', 'administrator'],
    why: {
      en: 'You said that a sign-in was not yours. Whoever it was knew the password, so it no longer opens anything.',
      'zh-CN': '您反馈某次登录并非本人操作。对方知道您的密码，因此该密码已作废。',
    },
    mind: {
      en: 'Set a new password by e-mail; choose one that you use nowhere else. Your customers and records are unchanged.',
      'zh-CN': '请通过邮箱设置新密码，并选用未在其他地方使用过的密码。您的客户和记录没有变化。',
    },
  },
  'password-initial': {
    scope: ['read', 'write', 'delete', 'export', 'configure'],
    waysOut: ['new-password', 'administrator'],
    why: {
      en: 'You have signed in with an initial password, which somebody else knows. Choose your own before you go on.',
      'zh-CN': '您使用的是初始密码，他人也知道该密码。请先设置自己的密码，再继续使用。',
    },
    mind: {
      en: 'The initial password is used up by this sign-in. If this page is closed before a new one is set, ask your administrator for another. Your customers and records are unchanged.',
      'zh-CN':
        '初始密码仅能登录一次，本次登录后即失效。若未设置新密码就关闭页面，请联系系统管理员重新发放。您的客户和记录没有变化。',
    },
  },
  'password-overdue': {
    scope: ['read', 'write', 'delete', 'export', 'configure'],
    waysOut: ['new-password', 'recovery'],
    why: {
      en: 'Your company asks for a new password from time to time, and yours is due.',
      'zh-CN': '贵公司要求定期更换密码，您的密码已到更换时间。',
    },
    mind: {
      en: 'You are signed in and nothing is lost: choose a new password and you go on where you were. Drafts on this device are kept.',
      'zh-CN': '您仍处于登录状态，数据没有丢失：设置新密码后即可回到刚才的页面，本设备上的草稿会保留。',
    },
  },
  'email-unverified': {
    scope: ['read', 'write', 'delete', 'export', 'configure'],
    waysOut: ['verify-email', 'administrator'],
    why: {
      en: 'The e-mail address of this account has not been verified in time, so nobody could help you back in by it.',
      'zh-CN': '该账号的邮箱未在期限内验证。未验证的邮箱无法用于找回账号。',
    },
    mind: {
      en: 'You are signed in and nothing is lost: enter the code from the message and you go on where you were. If no message arrives, an administrator can give you another week.',
      'zh-CN':
        '您仍处于登录状态，数据没有丢失：输入邮件中的验证码后即可回到刚才的页面。如果收不到邮件，系统管理员可以再延长一周。',
    },
  },
  'account-expired': {
    scope: ['sign-in', 'read', 'write', 'delete', 'export', 'configure'],
    waysOut: ['extension', 'administrator'],
    why: {
      en: 'This account was set up until a certain day, and that day has passed.',
      'zh-CN': '该账号设有使用期限，期限已过。',
    },
    mind: {
      en: 'Your customers and records are kept. Once an administrator extends the account, you sign in with the same password.',
      'zh-CN': '您的客户和记录均已保留。系统管理员延期后，使用原密码即可登录。',
    },
  },
  invited: {
    scope: ['sign-in', 'read', 'write', 'delete', 'export', 'configure'],
    waysOut: ['invitation', 'administrator'],
    why: {
      en: 'This account has no password yet: it is set by the link of the invitation.',
      'zh-CN': '该账号尚未设置密码，请通过邀请邮件中的链接设置。',
    },
    mind: {
      en: 'The link works for seven days and once. A new invitation replaces the one before.',
      'zh-CN': '链接 7 天内有效，只能使用一次；新的邀请会取代之前的邀请。',
    },
  },
  'permission-changed': {
    scope: ['read', 'write', 'delete', 'export', 'configure'],
    waysOut: ['ask-permission', 'administrator'],
    why: {
      en: 'An administrator has changed what this account may do.',
      'zh-CN': '系统管理员调整了该账号的权限。',
    },
    mind: {
      en: 'You stay signed in, and what you had entered is kept. What is still permitted works as before.',
      'zh-CN': '您无需重新登录，已填写的内容会保留；仍有权限的功能照常使用。',
    },
  },
  suspended: {
    scope: ['sign-in', 'read', 'write', 'delete', 'export', 'configure'],
    waysOut: ['administrator'],
    why: {
      en: 'An administrator has suspended this account.',
      'zh-CN': '系统管理员已停用该账号。',
    },
    mind: {
      en: 'Your customers and records are kept. Only an administrator can let you work again.',
      'zh-CN': '您的客户和记录均已保留，只有系统管理员可以恢复该账号。',
    },
  },
} as const satisfies Record<string, Cause>;

export type CauseName = keyof typeof causes;

/** What each way out means, in words. */
export const ways: Record<WayKind, { note: Told; href?: string }> = {
  wait: {
    note: {
      en: 'Wait until the time shown; the lock lifts itself.',
      'zh-CN': '等待至所示时间，锁定会自动解除。',
    },
  },
  factor: {
    note: {
      en: 'Use a passkey, your authenticator app or a recovery code; it opens this device at once.',
      'zh-CN': '使用通行密钥、身份验证器或恢复码，验证后本设备可立即登录。',
    },
    href: '/api/v1/session/proofs',
  },
  'email-code': {
    note: {
      en: 'Have a code sent to the e-mail address of the account; it opens this device at once.',
      'zh-CN': '向账号邮箱发送验证码，验证后本设备可立即登录。',
    },
    href: '/api/v1/session/messages',
  },
  recovery: {
    note: {
      en: 'Forgot the password? Set a new one by e-mail.',
      'zh-CN': '忘记密码？可通过邮箱重新设置。',
    },
    href: '/recover',
  },
  'known-device': {
    note: {
      en: 'Use a phone or computer on which you have signed in before; it is not locked.',
      'zh-CN': '使用曾成功登录过的手机或电脑，它们未被锁定。',
    },
  },
  administrator: {
    note: {
      en: 'Ask an administrator of your company to lift the lock.',
      'zh-CN': '联系贵公司的系统管理员解除锁定。',
    },
  },
  'new-password': {
    note: {
      en: 'Choose a new password now; you go on from there at once.',
      'zh-CN': '立即设置新密码，设置后即可继续使用。',
    },
    href: '/new-password',
  },
  'verify-email': {
    note: {
      en: 'Have a code sent to the address of the account and enter it; you go on at once.',
      'zh-CN': '向账号邮箱发送验证码，输入后即可继续使用。',
    },
    href: '/verify-email',
  },
  extension: {
    note: {
      en: 'Ask for more time here; your administrators are told at once.',
      'zh-CN': '在此申请延期，系统管理员会立即收到通知。',
    },
    href: '/api/v1/extensions',
  },
  invitation: {
    note: {
      en: 'Open the link of your invitation, or have a new one sent to the same address.',
      'zh-CN': '打开邀请邮件中的链接，或让系统向同一邮箱重新发送邀请。',
    },
  },
  'ask-permission': {
    note: {
      en: 'Ask for the permission; an administrator decides, and it works at once.',
      'zh-CN': '申请所需权限，系统管理员批准后立即生效。',
    },
    href: '/requests',
  },
  support: {
    note: {
      en: 'None of this helps? Write to support; nobody has to be signed in for it.',
      'zh-CN': '以上方法都不适用？无需登录即可联系客服。',
    },
    href: '/support',
  },
};

export function isCause(name: string): name is CauseName {
  return name in causes;
}
