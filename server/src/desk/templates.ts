// Reasons for common cases: those the product brings, until an administrator writes the workspace's own.
import type { z } from 'zod';
import * as audit from '../audit/audit.ts';
import type { Me, Visitor } from '../http.ts';
import { atomically, type World } from '../world.ts';
import { Templates } from './contract.ts';
import * as store from './store.ts';

export type Template = z.output<typeof Templates>[number];

const usual: Template[] = [
  {
    action: 'unlock-code',
    words: {
      en: 'Locked out on a new device while strangers keep guessing; identified and told a code.',
      'zh-CN': '更换设备后被锁定，且有陌生人持续尝试密码；核实身份后告知解锁码。',
    },
  },
  {
    action: 'lift',
    words: {
      en: 'Mistyped the password several times; identified.',
      'zh-CN': '本人多次输错密码，已核实身份。',
    },
  },
  {
    action: 'lift',
    words: {
      en: 'A saved old password on a phone or mail program locked the account; updated there.',
      'zh-CN': '手机或邮件客户端中保存的旧密码导致锁定，已更新。',
    },
  },
  {
    action: 'initial-password',
    words: {
      en: 'Forgot the password and has no access to the mailbox.',
      'zh-CN': '忘记密码，且无法使用邮箱。',
    },
  },
  {
    action: 'reset-factors',
    words: {
      en: 'Lost the phone with the authenticator; reported the loss.',
      'zh-CN': '装有身份验证器的手机丢失，已挂失。',
    },
  },
  {
    action: 'end-sessions',
    words: {
      en: 'Left a device signed in outside the company.',
      'zh-CN': '在公司以外的设备上忘记退出登录。',
    },
  },
  {
    action: 'verify-again',
    words: { en: 'Mail to this address comes back.', 'zh-CN': '发往该邮箱的邮件被退回。' },
  },
  {
    action: 'suspend',
    words: { en: 'Has left the company; customers are handed over.', 'zh-CN': '已离职，客户已交接。' },
  },
  { action: 'resume', words: { en: 'Back from leave.', 'zh-CN': '休假结束，恢复使用。' } },
];

/** The reasons to choose from. */
export async function list(world: World): Promise<Template[]> {
  const own = Templates.safeParse(await store.templates(world));
  return own.success ? own.data : usual;
}

/** Keeps the workspace's own reasons in place of those before. */
export async function keep(
  world: World,
  items: Template[],
  by: { me: Me; visitor: Visitor },
): Promise<Template[]> {
  return atomically(world, async tx => {
    await store.keepTemplates(tx, items);
    await audit.record(tx, {
      action: 'desk.templates',
      by: by.me,
      visitor: by.visitor,
      details: { count: items.length },
    });
    return items;
  });
}
