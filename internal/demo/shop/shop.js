// All that an integrator writes: ask your own backend for a token, and hand it to the chat.
async function chatToken(customer, mistake) {
  const response = await fetch('/chat-token', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ customer, mistake }),
  });
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

Smooch.init({
  integrationId: document.querySelector('script[data-integration]').dataset.integration,
  businessName: 'Lighthouse Lamps',
  customColors: { brandColor: '8a5a18', conversationColor: '8a5a18', actionColor: '8a5a18' },
  delegate: {
    // The chat asks for a fresh token before the old one ends.
    async onInvalidAuth() {
      return (await chatToken(localStorage.getItem('customer'))).jwt;
    },
  },
});

// The rest is the shop's own: who is signed in here.
const names = { ana: 'Ana', ben: 'Ben' };

function show(customer) {
  document.getElementById('who').textContent = customer ? `Signed in as ${names[customer]}` : 'Not signed in';
  document.getElementById('logout').hidden = !customer;
}

async function signIn(customer, mistake) {
  const answer = document.getElementById('answer');
  try {
    const { externalId, jwt } = await chatToken(customer, mistake);
    await Smooch.login(externalId, jwt);
    localStorage.setItem('customer', customer);
    show(customer);
    answer.hidden = true;
  } catch (error) {
    answer.hidden = false;
    answer.textContent = [
      error.message,
      `code: ${error.code}  reason: ${error.reason ?? '–'}  claim: ${error.claim ?? '–'}  status: ${error.status}`,
    ].join('\n');
  }
}

for (const button of document.querySelectorAll('button[data-customer]')) {
  button.addEventListener('click', () => signIn(button.dataset.customer, button.dataset.mistake));
}
document.getElementById('logout').addEventListener('click', async () => {
  await Smooch.logout();
  localStorage.removeItem('customer');
  show(null);
});
show(localStorage.getItem('customer'));
