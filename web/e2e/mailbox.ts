import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

/** A mail as it came, with its headers. */
export interface Mail {
  to: string;
  text: string;
}

/** A real mail server on this machine that takes mail for everybody and keeps it. */
export class Mailbox {
  readonly mails: Mail[] = [];
  private came: () => void = () => undefined;
  private readonly server: SMTPServer;

  private constructor() {
    this.server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData: (stream, session, done) => {
        void text(stream).then((said) => {
          this.mails.push({ to: session.envelope.rcptTo.map(({ address }) => address).join(), text: said });
          this.came();
          done();
        });
      },
    });
  }

  static async open(): Promise<Mailbox> {
    const mailbox = new Mailbox();
    await new Promise<void>((resolve) => mailbox.server.listen(0, '127.0.0.1', resolve));
    return mailbox;
  }

  /** As PARLOR_SMTP takes it. */
  get url(): string {
    const { port } = this.server.server.address() as AddressInfo;
    return `smtp://127.0.0.1:${port}?from=chat@parlor.test`;
  }

  /** The code in the newest mail to the address; waits for one. */
  async codeFor(address: string): Promise<string> {
    for (;;) {
      const mail = this.mails.findLast(({ to }) => to === address);
      const code = /^\s+(\d{6})\s*$/m.exec(mail?.text ?? '')?.[1];
      if (code) return code;
      await new Promise<void>((resolve) => (this.came = resolve));
    }
  }

  /** The text of the first mail to the address that has the words in it; waits for one. */
  async textFor(address: string, words: string): Promise<string> {
    for (;;) {
      const found = this.mails.filter(({ to }) => to === address).map(({ text }) => decoded(text)).find((one) => one.includes(words));
      if (found) return found;
      await new Promise<void>((resolve) => (this.came = resolve));
    }
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.server.close(resolve));
  }
}

/** A mail in quoted-printable (RFC 2045 section 6.7). */
function decoded(text: string): string {
  const bytes = text.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8').replaceAll('\r\n', '\n');
}
