// A mail server on loopback that speaks real SMTP, keeps what it is given, and misbehaves when told to.
import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { makeCertificate } from './certificate.ts';

export type Received = { from: string; to: string[]; raw: string; mail: ParsedMail; secure: boolean };

type Habits = {
  /** TLS from the first byte. */
  implicit?: boolean;
  /** Offers STARTTLS. */
  starttls?: boolean;
  /** The only user and password it takes; without it nobody need sign in. */
  account?: { user: string; password: string };
};

/** Opens one; `replies` are the SMTP errors that the next mails get, 0 for a good one. */
export async function openPostOffice(habits: Habits = {}) {
  const received: Received[] = [];
  const replies: number[] = [];
  const commands: string[] = [];
  const { key, cert } = makeCertificate();
  const server = new SMTPServer({
    key,
    cert,
    logger: false,
    secure: habits.implicit ?? false,
    disabledCommands: [...(habits.starttls ? [] : ['STARTTLS']), ...(habits.account ? [] : ['AUTH'])],
    allowInsecureAuth: true,
    authOptional: habits.account === undefined,
    onAuth(auth, _session, done) {
      const right = auth.username === habits.account?.user && auth.password === habits.account?.password;
      done(right ? null : new Error('Invalid user or password'), { user: auth.username });
    },
    onMailFrom(address, _session, done) {
      commands.push(`MAIL ${address.address}`);
      done();
    },
    onRcptTo(address, _session, done) {
      commands.push(`RCPT ${address.address}`);
      const code = replies.shift() ?? 0;
      done(code === 0 ? null : Object.assign(new Error('not now or not here'), { responseCode: code }));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8');
        const { mailFrom, rcptTo } = session.envelope;
        void simpleParser(raw).then(mail => {
          const from = mailFrom ? mailFrom.address : '';
          received.push({ from, to: rcptTo.map(r => r.address), raw, mail, secure: session.secure });
          done();
        });
      });
    },
  });
  server.on('error', () => {}); // broken conversations are what the tests are about
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    port,
    url: `${habits.implicit ? 'smtps' : 'smtp'}://127.0.0.1:${port}`,
    /** What a client must trust to take its TLS for good. */
    cert,
    received,
    replies,
    /** The addresses it was told, in order: what left the mailer whether or not a mail came of it. */
    commands,
    close: () => new Promise<void>(resolve => server.close(() => resolve())),
  };
}

export type PostOffice = Awaited<ReturnType<typeof openPostOffice>>;
