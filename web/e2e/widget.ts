import type { FrameLocator, Locator, Page } from 'playwright-core';

/** The widget on a page, as whoever is in front of it sees it. */
export class WidgetOnPage {
  readonly chat: FrameLocator;

  constructor(readonly page: Page) {
    this.chat = page.frameLocator('iframe[title="Chat"]');
  }

  get launcher(): Locator {
    return this.page.getByRole('button', { name: 'Open chat' });
  }

  get log(): Locator {
    return this.chat.getByRole('log');
  }

  get composer(): Locator {
    return this.chat.getByRole('textbox', { name: 'Message' });
  }

  /** The message in the log with exactly this text. */
  said(text: string): Locator {
    return this.log.getByText(text, { exact: true });
  }

  async open(): Promise<void> {
    await this.launcher.click();
    await this.composer.waitFor();
    await this.reach();
  }

  /** Moves the pointer until the chat feels it: on a busy machine a browser gives to the page below what is clicked just after the chat was opened. */
  private async reach(): Promise<void> {
    const { x = 0, y = 0, width = 0, height = 0 } = (await this.page.locator('iframe[title="Chat"]').boundingBox()) ?? {};
    const feels = () => this.composer.evaluate(({ ownerDocument }) => ownerDocument.documentElement.matches(':hover'));
    for (let moves = 0; !(await feels()); moves += 1) await this.page.mouse.move(x + width / 2 + (moves % 2), y + height / 2);
  }
}
