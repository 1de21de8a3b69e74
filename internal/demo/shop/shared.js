// A play in five acts: what is signed in, and which messages this browser can find, after each.
Smooch.init({ integrationId: document.querySelector('script[data-integration]').dataset.integration });

async function signIn(customer) {
  const { externalId, jwt } = await chatToken(customer, 'sdk');
  await Smooch.login(externalId, jwt);
}

const steps = {
  ana: async () => {
    await signIn('ana');
    await Smooch.sendMessage('Ana: where is my order?');
  },
  ben: async () => {
    await signIn('ben');
    await Smooch.sendMessage('Ben: do you have this in oak?');
  },
  leave: () => Smooch.logout(),
  guest: () => Smooch.sendMessage('A stranger: are you open?').then(() => undefined),
  back: () => signIn('ana'),
};

function showWhatIsKnown() {
  const user = Smooch.getUser();
  const name = user.givenName ?? (user.id ? 'a stranger' : undefined);
  document.getElementById('who').textContent = name ? `Here now: ${name}.` : 'Nobody is here.';
  const said = Smooch.getConversations().flatMap((conversation) => conversation.messages);
  document.getElementById('seen').replaceChildren(
    ...said.map((message) => Object.assign(document.createElement('li'), { textContent: message.text })),
  );
}

for (const button of document.querySelectorAll('button[data-step]')) {
  button.addEventListener('click', async () => {
    button.disabled = true;
    await steps[button.dataset.step]().catch((error) => console.error(error));
    button.disabled = false;
    showWhatIsKnown();
  });
}
Smooch.on('message', showWhatIsKnown);
