// What a story says in words of the server, in both languages: signals, lanes, kinds of tries, stale clients.
import type { Language } from '../problems.ts';
import type { Because } from './rules.ts';

type Told = Record<Language, string>;
const w = (en: string, zh: string): Told => ({ en, 'zh-CN': zh });

const signals: Record<Because, Told> = {
  'no-notice': w('No notice that would explain this lock is known.', '没有与此锁定相关的公告。'),
  'no-maintenance': w('No maintenance window is known for this time.', '这段时间没有已知的系统维护。'),
  'own-slips': w(
    'The wrong passwords came from devices or networks that this account signs in from.',
    '错误密码来自该账号常用的设备或网络，应是本人输错。',
  ),
  'own-none': w(
    'The wrong passwords came from places this account has never signed in from.',
    '错误密码来自该账号从未登录过的地方，应是他人所为。',
  ),
  'own-some': w(
    'Some of the wrong passwords came from familiar places, others did not.',
    '错误密码一部分来自常用的设备或网络，一部分来自陌生的地方。',
  ),
  'own-placeless': w(
    'Where the wrong passwords came from cannot be told: the server sees its own address only.',
    '无法判断错误密码来自哪里：服务器只看到本机地址。',
  ),
  'own-unknown': w('Nothing is known of where the wrong passwords came from.', '没有错误密码来源的记录。'),
  'own-report': w('The owner said that a sign-in was not theirs.', '本人反馈某次登录并非自己操作。'),
  'own-no-matter': w('This lock does not come from wrong passwords.', '此锁定与输错密码无关。'),
  'no-support': w('Support has said nothing about this lock.', '客服没有关于此锁定的说明。'),
  alarm: w(
    'Passwords are being guessed for many accounts at once; the alarm is on.',
    '正有人对大量账号猜测密码，系统已进入警戒状态。',
  ),
  others: w('Other accounts were locked in the same time.', '同一时间还有其他账号被锁定。'),
  'few-others': w(
    'Few other accounts were locked in the same time, as happens on any day.',
    '同一时间仅有个别账号被锁定，属于平常情况。',
  ),
  'no-others': w('No other account was locked in this time.', '这段时间没有其他账号被锁定。'),
  'log-agrees': w(
    'The log holds this lock as it stands here, sealed and unaltered.',
    '日志中的记录与此锁定一致，已封存且未被改动。',
  ),
  'log-unsealed': w(
    'The log holds this lock as it stands here; its entry is about to be sealed.',
    '日志中的记录与此锁定一致，即将封存。',
  ),
  'log-missing': w('The log knows nothing of this lock.', '日志中没有此锁定的记录。'),
  'log-differs': w('The log tells of this lock differently.', '日志中的记录与此锁定不一致。'),
  'log-altered': w(
    'The log was altered at or before the entry of this lock.',
    '日志在此锁定的记录处或之前被改动过。',
  ),
  'log-no-matter': w('The log keeps no entry for this kind of lock.', '日志不单独记录此类锁定。'),
};

const lanes: Record<string, Told> = {
  knownDevice: w('known device', '已识别设备'),
  familiarNetwork: w('new device in a familiar network', '常用网络中的新设备'),
  strangers: w('unknown device', '陌生设备'),
  alarm: w('unknown device during an alarm', '陌生设备（警戒期间）'),
};

const kinds: Record<string, Told> = {
  wrong: w('Wrong password', '密码错误'),
  listed: w('A very common password', '过于常见的密码'),
  repeated: w('The same wrong password again; not counted', '重复同一个错误密码，不计次数'),
  former: w('A password that was changed; not counted', '已更换的旧密码，不计次数'),
};

const stale = {
  former: w(
    'It keeps sending a password that has been changed. Type the new one on that device, or remove the account from it.',
    '该设备一直在使用已更换的旧密码。请在该设备上更新密码，或移除其中的账号。',
  ),
  repeated: w(
    'It keeps sending the same wrong password. Correct the saved password on that device; if the device is not yours, you need do nothing, as it gains nothing by it.',
    '该设备一直在发送同一个错误密码。请更正该设备上保存的密码；如果不是您的设备，则无需处理，重复尝试不会让对方猜中密码。',
  ),
};

export const signalNote = (because: Because, language: Language) => signals[because][language];
export const laneWords = (lane: string, language: Language) => lanes[lane]?.[language] ?? lane;
export const kindWords = (kind: string, language: Language) => kinds[kind]?.[language] ?? kind;
export const staleWords = (former: boolean, language: Language) =>
  stale[former ? 'former' : 'repeated'][language];
