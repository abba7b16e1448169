// The one page that is printed and sealed: in both languages at once, for whoever opens it one day.
import { dateTime } from '../formats.ts';
import { useWords } from '../words.ts';
import css from './kit.module.css';

type KitSheetProps = { address: string; name: string; codes: string[] };

/** Not from the words of the reader's language: the paper outlives the reader. */
const paper = {
  title: ['Latchkey 应急恢复包', 'Emergency kit'],
  codes: [
    '一、在登录页面输入账号和密码后，选择“使用恢复码”，输入以下任意一个未划掉的恢复码。每个仅可使用一次，用后请划掉。',
    '1. On the sign-in page, after name and password, choose “Use a recovery code” and enter one that is not crossed out. Each works once; cross it out then.',
  ],
  shell: [
    '二、如果仍无法登录，请在服务器的安装目录中执行以下命令，可重设密码并解除锁定，无需邮件。第二条命令还会移除丢失的登录验证方式。每次使用都会通知全部系统管理员。',
    '2. If that fails, run this in the folder of the installation on the server: it sets a new password and lifts the locks, without mail. The second also removes lost sign-in methods. All administrators are told of each use.',
  ],
  seal: [
    '请封存于保险柜等安全处，并写明封存日期与封存人。一旦拆封，请重新生成恢复码并重新封存。',
    'Seal it and keep it in a safe, with date and name. Once it was opened, draw new codes and seal a new one.',
  ],
} as const;

function Both({ of: [zh, en] }: { of: readonly [string, string] }) {
  return (
    <>
      <p lang="zh-CN">{zh}</p>
      <p lang="en">{en}</p>
    </>
  );
}

export function KitSheet({ address, name, codes }: KitSheetProps) {
  const { t } = useWords('desk');
  const commands = [
    `npm run latchkey -- recover ${name}`,
    `npm run latchkey -- recover --remove-factors ${name}`,
  ];
  return (
    <article className={css.kit} aria-label={t('kit.title')}>
      <header>
        <h3>{paper.title.join(' · ')}</h3>
        <p>
          {address} · {name} · {dateTime(Date.now())}
        </p>
      </header>
      <Both of={paper.codes} />
      <ol>
        {codes.map(code => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <Both of={paper.shell} />
      <pre>{commands.join('\n')}</pre>
      <Both of={paper.seal} />
      <p className={css.line}>日期 Date: ____________　封存人 Sealed by: ____________</p>
    </article>
  );
}
